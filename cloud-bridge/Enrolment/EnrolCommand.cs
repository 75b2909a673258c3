using System.Globalization;
using System.Security.Cryptography;
using MotCua.Protocols;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Enrolment;

/// <summary><c>cloud-bridge enrol</c>: gives a centre, the broker or a bridge its certificate, in a folder that fits a USB stick. Enrolling again renews: the old one holds until it ends.</summary>
public static class EnrolCommand
{
    private const int UsualDays = 3 * 365;

    // As the bridge takes it.
    private const int LongestRegion = 60;

    // X.520, ub-common-name.
    private const int LongestName = 64;

    private const string Usage = """
        cloud-bridge enrol CENTRE… --ca DIR --mqtt HOST:PORT --out DIR     a folder for each centre, with a key that is made here
        cloud-bridge enrol CENTRE --request FILE.csr --ca DIR --mqtt HOST:PORT --out DIR
                                                                           the same for a key that the box made ('edge enrol --out'): it never leaves the box
        cloud-bridge enrol --broker HOST,HOST… --ca DIR --out DIR          the broker, under every name and address that boxes and bridges connect to
        cloud-bridge enrol --bridge NAME --ca DIR --out DIR                a bridge; each needs its own
          --province FILE   the province's public key for the centres, DIR of --ca/province.pub unless told
          --days N          how long it holds, 1095 unless told
          --region NAME     the centres' region, for the province's alerts: a line each in DIR of --ca/regions.csv, for 'cloud-bridge regions'
          To renew, enrol again under the same name.
        """;

    /// <returns>Exit code: 0, 1 when nothing could be made, 2 for a wrong command line.</returns>
    public static int Run(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (CommandLine.TryRead(args, "ca", "mqtt", "out", "province", "days", "request", "broker", "bridge", "region") is not { } line
            || line["ca"] is not { } folder || line["out"] is not { } target || DaysOf(line) is not { } days || (line["region"] is { } region && (line.Words.Count == 0 || region.Length > LongestRegion || region.Any(letter => letter == ';' || char.IsControl(letter)))))
        {
            errors.WriteLine(Usage);
            return 2;
        }

        return CaCommand.Try(errors, () =>
        {
            using var authority = Authority.Open(folder, time);
            var life = TimeSpan.FromDays(days);
            switch (line)
            {
                case { Words: [_, ..] } when line["request"] is null && line["broker"] is null && line["bridge"] is null:
                    return Centres(line, authority, life, output, errors, target, folder, time);
                case { Words: [var id] } when line["request"] is { } file && line["broker"] is null && line["bridge"] is null:
                    return Request(line, id, file, authority, life, output, errors, target, folder, time);
                case { Words: [] } when line["broker"] is { } hosts && line["request"] is null && line["bridge"] is null:
                    return Broker(hosts.Split(','), authority, life, output, errors, target);
                case { Words: [] } when line["bridge"] is { } name && line["request"] is null:
                    return Bridge(name, authority, life, output, errors, target);
                default:
                    errors.WriteLine(Usage);
                    return 2;
            }
        });
    }

    private static int Centres(CommandLine line, Authority authority, TimeSpan life, TextWriter output, TextWriter errors, string target, string folder, TimeProvider time)
    {
        if (line.Words.Where(id => !CentreId.IsValid(id)).ToList() is [var wrong, ..])
        {
            errors.WriteLine($"'{wrong}': mã trung tâm có 2–32 ký tự a–z, 0–9, '-', bắt đầu bằng chữ · not a centre id");
            return 2;
        }

        if (UplinkOf(line, authority, folder, output, errors) is not { } uplink)
        {
            return 2;
        }

        var ids = line.Words.Distinct(StringComparer.Ordinal).ToList();
        var keys = ids.ConvertAll(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256));
        try
        {
            TellHeld(authority, ids, output, time.GetUtcNow());
            var made = authority.Issue([.. ids.Zip(keys, (id, key) => new CertificateWish(CertificateKind.Centre, id, key))], life);
            foreach (var ((row, pem), key) in made.Zip(keys))
            {
                new CentreBundle(new CentreId(row.Name), uplink, authority.CertificatePem, pem, row.Until).Write(target, key.ExportPkcs8PrivateKeyPem());
            }

            NoteRegion(line, folder, ids, output);
            output.WriteLine($"{made.Count} trung tâm, hết hạn {Day(made[0].Row.Until)}: {target}. Mỗi thư mục có khóa riêng: giao tận tay, chép xong thì xóa khỏi USB.");
            output.WriteLine($"{made.Count} centres until {Day(made[0].Row.Until)}, in {target}. Each folder holds a private key: hand it over, and delete it when it is on the box.");
            TellProvince(authority, uplink, output);
            return 0;
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }
    }

    private static int Request(
        CommandLine line, string id, string file, Authority authority, TimeSpan life, TextWriter output, TextWriter errors, string target, string folder, TimeProvider time)
    {
        var pem = new FileInfo(file).Length <= CentreRequest.MaxLength ? File.ReadAllText(file) : throw new IOException($"{file}: more than {CentreRequest.MaxLength} bytes.");
        if (CentreRequest.TryRead(pem, out var reason) is not { } request)
        {
            errors.WriteLine($"{file}: {reason}");
            return 1;
        }

        // Whoever sends a request writes the name into it himself; whose it is, the operator says.
        if (request.Centre.Value != id)
        {
            errors.WriteLine($"{file}: yêu cầu là của {request.Centre}, không phải {id}; không cấp · the request is of another centre");
            return 1;
        }

        if (CentreBundle.HoldsKey(target, request.Centre) is { } waiting)
        {
            errors.WriteLine($"{waiting}: còn khóa riêng của lần cấp trước, có thể chưa giao; giao rồi thì xóa tệp này, hoặc dùng --out khác · a key that may not be delivered yet; delete it or use another --out");
            return 1;
        }

        if (UplinkOf(line, authority, folder, output, errors) is not { } uplink)
        {
            return 2;
        }

        TellHeld(authority, [id], output, time.GetUtcNow());
        output.WriteLine($"Dấu khóa của hộp · the box's key: {KeyFingerprint.Aloud(KeyFingerprint.Of(request.Key.ExportSubjectPublicKeyInfo()))}");
        var (row, signed) = authority.Issue([new CertificateWish(CertificateKind.Centre, request.Centre.Value, request.Key, [])], life)[0];
        output.WriteLine($"So với dòng «Dấu khóa» trên hộp; khác thì đừng giao thư mục và chạy: cloud-bridge revoke {row.Serial} --ca {folder} · compare it with what the box says; revoke when it differs");
        new CentreBundle(request.Centre, uplink, authority.CertificatePem, signed, row.Until).Write(target, key: null);
        NoteRegion(line, folder, [id], output);
        output.WriteLine($"{row.Name}, hết hạn {Day(row.Until)}: {Path.Combine(target, row.Name)}. Thư mục này không có bí mật; khóa riêng vẫn ở trong hộp.");
        output.WriteLine($"{row.Name} until {Day(row.Until)}. Nothing in the folder is secret; the private key is in the box.");
        TellProvince(authority, uplink, output);
        return 0;
    }

    // The authority stands on a machine of its own; the bridge is told by a file.
    private static void NoteRegion(CommandLine line, string folder, IReadOnlyList<string> ids, TextWriter output)
    {
        if (line["region"] is not { } region)
        {
            return;
        }

        var file = Path.Combine(folder, "regions.csv");
        File.AppendAllLines(file, ids.Select(id => $"{id};{region}"));
        output.WriteLine($"Khu vực «{region}»: {file}. Trên máy chủ cầu nối: cloud-bridge regions --store … --file regions.csv · tell the bridge with this file");
    }

    private static int Broker(string[] hosts, Authority authority, TimeSpan life, TextWriter output, TextWriter errors, string target)
    {
        if (hosts.FirstOrDefault(host => !IsHost(host)) is { } wrong)
        {
            errors.WriteLine($"--broker: '{wrong}' không phải tên máy hay địa chỉ · is neither a host name nor an address");
            return 2;
        }

        if (hosts[0].Length > LongestName)
        {
            errors.WriteLine($"--broker: tên đầu tiên dài quá {LongestName} ký tự; ghi một tên ngắn hơn lên đầu · the first name is too long; put a shorter one first");
            return 2;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (row, pem) = authority.Issue([new CertificateWish(CertificateKind.Broker, hosts[0], key, hosts)], life)[0];
        var folder = ServerBundle.WriteBroker(target, authority, pem, key.ExportPkcs8PrivateKeyPem());
        output.WriteLine($"Máy chủ MQTT, hết hạn {Day(row.Until)}: {folder}. Chép thư mục này thành /etc/motcua/broker trên máy chủ; mosquitto.conf nói phần còn lại.");
        output.WriteLine($"The broker until {Day(row.Until)}. Copy {folder} to /etc/motcua/broker there; its mosquitto.conf says the rest.");
        return 0;
    }

    private static int Bridge(string name, Authority authority, TimeSpan life, TextWriter output, TextWriter errors, string target)
    {
        if (name.Length is 0 or > 20 || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
        {
            errors.WriteLine("--bridge: 1–20 ký tự a–z, 0–9, '-' · characters");
            return 2;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (row, pem) = authority.Issue([new CertificateWish(CertificateKind.Bridge, Authority.BridgePrefix + name, key)], life)[0];
        var folder = ServerBundle.WriteBridge(target, row.Name, authority.CertificatePem, pem, key.ExportPkcs8PrivateKeyPem());
        output.WriteLine($"{row.Name}, hết hạn {Day(row.Until)}: {folder}. Tệp acl của máy chủ MQTT phải có «user {row.Name}».");
        output.WriteLine($"{row.Name} until {Day(row.Until)}, in {folder}. The broker's acl must have 'user {row.Name}'.");
        return 0;
    }

    private static CentreUplink? UplinkOf(CommandLine line, Authority authority, string folder, TextWriter output, TextWriter errors)
    {
        var colon = line["mqtt"]?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !IsHost(line["mqtt"]![..colon]) || !int.TryParse(line["mqtt"].AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
        {
            errors.WriteLine("--mqtt HOST:PORT: máy chủ MQTT như hộp nhìn thấy · the broker as the boxes see it, such as mqtt.phutho.example:8883");
            return null;
        }

        var host = line["mqtt"]![..colon];
        var file = line["province"] ?? Path.Combine(folder, Hosting.KeysCommand.PublicFile);
        if (!File.Exists(file))
        {
            errors.WriteLine($"{file}: không có khóa công khai của tỉnh; chỉ ra bằng --province · the province's public key is not there; say where with --province");
            return null;
        }

        // Read, not copied: the private key beside it has nearly the same name.
        using var province = ProvinceKey.FromPem(File.ReadAllText(file));
        if (!authority.Issued.Any(row => row.IsBrokerAt(host)))
        {
            output.WriteLine($"Chú ý: chưa có chứng thư máy chủ cho {host}; hộp sẽ từ chối nối. Chạy: cloud-bridge enrol --broker {host} · no broker certificate names this host yet");
        }

        return new CentreUplink(host, port, province.PublicPem(), province.Fingerprint());
    }

    private static void TellHeld(Authority authority, List<string> ids, TextWriter output, DateTimeOffset now)
    {
        foreach (var held in authority.Issued.Where(row => row.Kind == CertificateKind.Centre && ids.Contains(row.Name) && row.HoldsAt(now)))
        {
            output.WriteLine($"{held.Name}: chứng thư {held.Serial} vẫn còn hiệu lực đến {Day(held.Until)}; hộp cũ bị mất thì hãy thu hồi · the old one holds until it ends or is revoked");
        }
    }

    // A box that belongs to another province asks its installer to compare these.
    private static void TellProvince(Authority authority, CentreUplink uplink, TextWriter output)
    {
        output.WriteLine($"Dấu khóa · fingerprint {BundleFiles.Ca}: {KeyFingerprint.Aloud(authority.Fingerprint)}");
        output.WriteLine($"Dấu khóa · fingerprint {BundleFiles.Province}: {KeyFingerprint.Aloud(uplink.ProvinceFingerprint)}");
    }

    private static int? DaysOf(CommandLine line) =>
        line["days"] is not { } text ? UsualDays : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 7300 ? days : null;

    private static bool IsHost(string text) => text.Length <= 255 && Uri.CheckHostName(text) != UriHostNameType.Unknown;

    private static string Day(DateTimeOffset moment) => moment.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
