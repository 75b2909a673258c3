using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MotCua.Edge.Configuration;
using MotCua.Edge.Enrolment;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Hosting;

/// <summary><c>enrol</c>: a box gets its certificate. Either it makes its own key and asks (<c>--out</c>), or the province has made one; both end with taking what the province hands out (<c>--take</c>).</summary>
internal static class EdgeEnrol
{
    private const string Usage = """
        edge enrol --out DIR [--config centre.yaml]     tạo khóa của hộp, ghi yêu cầu cấp chứng thư vào DIR · makes the box's key and a request for its certificate
        edge enrol --take DIR [--config centre.yaml]    nhận chứng thư tỉnh đã cấp trong DIR · takes what 'cloud-bridge enrol' has made
          --config  the centre's file, default /etc/motcua/centre.yaml; keys and certificates lie beside it
        """;

    public static int Run(string[] args, TimeProvider time, TextWriter output)
    {
        var config = "/etc/motcua/centre.yaml";
        if (args is [.., "--config", { Length: > 0 } given])
        {
            config = given;
            args = args[..^2];
        }

        try
        {
            switch (args)
            {
                case ["--out", { Length: > 0 } folder]:
                    return Ask(config, folder, output);
                case ["--take", { Length: > 0 } folder]:
                    return Take(config, folder, time, output);
                default:
                    output.WriteLine(Usage);
                    return EdgeArguments.UsageError;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ConfigurationException)
        {
            output.WriteLine(e.Message);
            return 1;
        }
    }

    // The key is made once: a request that is made again, or for a renewal, is for the same one.
    private static int Ask(string config, string folder, TextWriter output)
    {
        var options = CentreFile.Read(config);
        var keyFile = FilesOf(config, options).KeyFile;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(keyFile))
        {
            ReadKey(key, keyFile);
        }
        else
        {
            TrustFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem(), TrustFile.OwnerAndGroup, mayReplace: false);
        }

        Directory.CreateDirectory(folder);
        var request = Path.Combine(folder, $"{options.Centre}.csr");
        TrustFile.Write(request, CentreRequest.Make(options.Centre, key), TrustFile.Everyone, mayReplace: true);
        output.WriteLine($"Đã ghi {request}. Gửi tệp này cho tỉnh (không có bí mật); khóa riêng ở lại trong hộp: {keyFile}.");
        output.WriteLine("Tỉnh gửi lại một thư mục; nhận bằng: sudo edge enrol --take THƯ-MỤC");
        return 0;
    }

    private static int Take(string config, string bundle, TimeProvider time, TextWriter output)
    {
        var options = CentreFile.Read(config);
        // Whoever enrolled a hundred centres hands out one stick with all of them.
        var folder = Directory.Exists(Path.Combine(bundle, options.Centre.Value)) ? Path.Combine(bundle, options.Centre.Value) : bundle;
        var files = FilesOf(config, options);
        var bringsKey = File.Exists(Path.Combine(folder, BundleFiles.Key));
        var offered = new MqttTls(
            Path.Combine(folder, BundleFiles.Ca), Path.Combine(folder, BundleFiles.Certificate), bringsKey ? Path.Combine(folder, BundleFiles.Key) : files.KeyFile);
        var look = CertificateFiles.Look(offered, options.Centre, onStick: bringsKey);
        if (look.Problems.Count > 0)
        {
            output.WriteLine($"Không nhận, hộp giữ nguyên như cũ:\n  {string.Join("\n  ", look.Problems)}");
            return 1;
        }

        var province = Path.Combine(folder, BundleFiles.Province);
        using var trusted = ProvinceKey.FromPem(File.ReadAllText(province)); // Else the box would be connected and believe nobody.
        var (yaml, advice) = Connect(config, options, folder);
        if (bringsKey)
        {
            Copy(offered.KeyFile, files.KeyFile, TrustFile.OwnerAndGroup);
        }

        Copy(offered.CaFile, files.CaFile, TrustFile.Everyone);
        Copy(offered.CertificateFile, files.CertificateFile, TrustFile.Everyone);
        Copy(province, Path.Combine(FolderOf(config), options.Mqtt?.ProvinceKey ?? BundleFiles.Province), TrustFile.Everyone);
        if (yaml is not null)
        {
            TrustFile.Write(config, yaml, TrustFile.Everyone, mayReplace: true);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Đã nhận chứng thư của {options.Name} ({options.Centre}), hạn dùng đến {look.Until:dd/MM/yyyy}. {advice}"));
        if (look.Until <= time.GetUtcNow())
        {
            output.WriteLine("Chú ý: theo đồng hồ của hộp, chứng thư này đã hết hạn; kiểm tra ngày giờ của hộp hoặc xin tỉnh cấp lại.");
        }

        output.WriteLine("Khởi động lại để dùng: sudo systemctl restart motcua-edge");
        if (bringsKey)
        {
            output.WriteLine($"Xóa {folder}: trong đó còn khóa riêng của trung tâm.");
        }

        return 0;
    }

    /// <summary>A file that does not name the province's broker yet gets the section that the bundle holds; one that does stays as the installer wrote it.</summary>
    private static (string? Yaml, string Advice) Connect(string config, CentreOptions options, string folder)
    {
        var section = File.ReadAllText(Path.Combine(folder, BundleFiles.Uplink));
        var before = File.ReadAllText(config);
        if (options.Mqtt is { Tls: not null })
        {
            return (null, $"Mục mqtt của {config} được giữ nguyên.");
        }

        if (options.Mqtt is not null)
        {
            throw new IOException($"{config}: mục mqtt chưa có tls. Thay cả mục đó bằng phần sau, rồi chạy lại:\n{section}");
        }

        var yaml = $"{before.TrimEnd('\n')}\n\n{section}";
        CentreFile.Parse(config, Encoding.UTF8.GetBytes(yaml));
        return (yaml, $"Đã thêm mục mqtt vào {config}.");
    }

    private static MqttTls FilesOf(string config, CentreOptions options) => (options.Mqtt?.Tls ?? new MqttTls(BundleFiles.Ca, BundleFiles.Certificate, BundleFiles.Key)).Beside(FolderOf(config));

    private static string FolderOf(string config) => Path.GetDirectoryName(Path.GetFullPath(config))!;

    private static void Copy(string from, string to, UnixFileMode mode) => TrustFile.Write(to, File.ReadAllText(from), mode, mayReplace: true);

    private static void ReadKey(ECDsa key, string file)
    {
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException($"{file}: không phải khóa riêng dạng PEM.", e);
        }
    }
}
