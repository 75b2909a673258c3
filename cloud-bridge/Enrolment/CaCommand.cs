using System.Globalization;
using System.Security.Cryptography;

namespace MotCua.CloudBridge.Enrolment;

/// <summary><c>cloud-bridge ca</c>, <c>certificates</c> and <c>revoke</c>: the authority, what it gave out, and taking it back.</summary>
public static class CaCommand
{
    /// <summary>Exit code when a certificate ends soon or has ended, for a timer that asks every week.</summary>
    public const int EndsSoon = 3;

    private const int WarnDays = 30;

    // Twenty years: as long as the boxes last; nobody will visit 148 centres to change it earlier.
    private static readonly TimeSpan Life = TimeSpan.FromDays(20 * 365);

    private const string CaUsage = """
        cloud-bridge ca --out DIR [--name "Tỉnh Phú Thọ"]
          Makes the province's certificate authority in DIR. Keep DIR on a machine or a stick of its own, not on the broker or the bridge, and keep a copy of it.
        """;

    private const string ListUsage = """
        cloud-bridge certificates --ca DIR [--all true]
          Lists what was given out and holds, what ends soonest first; with --all also what ended or was revoked.
          Exit code 3: something ends within 30 days.
        """;

    private const string RevokeUsage = """
        cloud-bridge revoke CENTRE|bridge.NAME|SERIAL --ca DIR
          Takes certificates back and writes DIR/crl.pem: copy it to the broker and reload that.
        """;

    /// <returns>Exit code: 0, 1 when the files could not be written, 2 for a wrong command line.</returns>
    public static int Make(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (CommandLine.TryRead(args, "out", "name") is not { Words.Count: 0 } line || line["out"] is not { } folder || line["name"] is { Length: > 60 })
        {
            errors.WriteLine(CaUsage);
            return 2;
        }

        return Try(errors, () =>
        {
            Authority.Create(folder, line["name"] ?? "Một Cửa Edge", Life, time);
            output.WriteLine($"Đã tạo nơi cấp chứng thư trong {folder}. Giữ kín {Authority.KeyFile}, sao lưu cả thư mục và để ngoài máy chủ.");
            output.WriteLine($"The authority is in {folder}. {Authority.KeyFile} is secret: keep the folder off the servers, and keep a copy.");
            return 0;
        });
    }

    /// <inheritdoc cref="Make"/>
    public static int List(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (CommandLine.TryRead(args, "ca", "all") is not { Words.Count: 0 } line || line["ca"] is not { } folder || line["all"] is not (null or "true" or "false"))
        {
            errors.WriteLine(ListUsage);
            return 2;
        }

        return Try(errors, () =>
        {
            using var authority = Authority.Open(folder, time);
            var now = time.GetUtcNow();
            // Who has a newer one needs not hear of the old one's end.
            var newest = authority.Issued.Where(row => row.HoldsAt(now)).GroupBy(row => (row.Kind, row.Name)).Select(same => same.MaxBy(row => row.Until)!).ToHashSet();
            var soon = newest.Count(row => row.Until - now < TimeSpan.FromDays(WarnDays));
            output.WriteLine($"{"số · serial",-34}{"loại · kind",-14}{"tên · name",-36}hết hạn · until");
            foreach (var row in authority.Issued.Where(row => line["all"] == "true" || row.HoldsAt(now)).OrderBy(row => row.Until))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Serial,-34}{Words(row.Kind),-14}{row.Name,-36}{row.Until:yyyy-MM-dd}{State(row, newest, now)}"));
            }

            output.WriteLine();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{newest.Count} tên còn hiệu lực · names hold; {soon} hết hạn trong {WarnDays} ngày · end within {WarnDays} days. CA: {authority.Until:yyyy-MM-dd}"));
            return soon > 0 ? EndsSoon : 0;
        });
    }

    /// <inheritdoc cref="Make"/>
    public static int Revoke(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (CommandLine.TryRead(args, "ca") is not { Words: [var whom] } line || line["ca"] is not { } folder)
        {
            errors.WriteLine(RevokeUsage);
            return 2;
        }

        return Try(errors, () =>
        {
            using var authority = Authority.Open(folder, time);
            var revoked = authority.Revoke(whom);
            if (revoked == 0)
            {
                errors.WriteLine($"Không có chứng thư nào còn hiệu lực mang tên hoặc số này · nothing that holds has this name or serial: {whom}");
                return 1;
            }

            output.WriteLine($"Đã thu hồi {revoked} chứng thư của {whom}. Chép {Path.Combine(folder, Authority.RevokedFile)} sang máy chủ MQTT rồi chạy ở đó: systemctl restart mosquitto");
            output.WriteLine($"{revoked} certificates of {whom} are revoked. Copy {Authority.RevokedFile} to the broker and restart it; until then they are still taken.");
            return 0;
        });
    }

    internal static int Try(TextWriter errors, Func<int> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static string Words(CertificateKind kind) => kind switch { CertificateKind.Centre => "trung tâm", CertificateKind.Bridge => "cầu nối", _ => "máy chủ" };

    private static string State(IssuedCertificate row, HashSet<IssuedCertificate> newest, DateTimeOffset now) => row switch
    {
        { Revoked: { } at } => string.Create(CultureInfo.InvariantCulture, $"  đã thu hồi · revoked {at:yyyy-MM-dd}"),
        _ when row.Until <= now => "  đã hết hạn · ended",
        _ when !newest.Contains(row) => "  đã có bản mới hơn · a newer one holds",
        _ when row.Until - now < TimeSpan.FromDays(WarnDays) => "  SẮP HẾT HẠN · ENDS SOON",
        _ => "",
    };
}
