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
    /// <summary>Exit code: everything was taken, but <c>centre.yaml</c> names another broker than the province does.</summary>
    public const int Elsewhere = 3;

    private const string Usage = """
        edge enrol --out DIR [--new-key] [--config centre.yaml]
            tạo khóa của hộp, ghi yêu cầu cấp chứng thư vào DIR · makes the box's key and a request for its certificate
        edge enrol --take DIR [--new-province] [--move] [--config centre.yaml]
            nhận chứng thư tỉnh đã cấp trong DIR · takes what 'cloud-bridge enrol' has made
          --new-key       khóa cũ bị thu hồi hoặc có thể đã lộ · the old key was revoked or may be known
          --new-province  hộp chuyển sang tỉnh khác hoặc nơi cấp mới · the box moves to another province or authority
          --move          máy chủ của tỉnh đổi chỗ: sửa host và port trong centre.yaml · the broker moved: changes host and port
          --config        the centre's file, default /etc/motcua/centre.yaml; keys and certificates lie beside it
        """;

    // A section and two keys have some hundred bytes.
    private const int MaxBytes = 64 * 1024;

    public static int Run(string[] args, TimeProvider time, TextWriter output)
    {
        var config = "/etc/motcua/centre.yaml";
        var (newKey, newProvince, move) = (args.Contains("--new-key"), args.Contains("--new-province"), args.Contains("--move"));
        args = [.. args.Where(arg => arg is not ("--new-key" or "--new-province" or "--move"))];
        if (args is [.., "--config", { Length: > 0 } given])
        {
            config = given;
            args = args[..^2];
        }

        try
        {
            switch (args)
            {
                case ["--out", { Length: > 0 } folder] when !newProvince && !move:
                    return Ask(config, folder, newKey, output);
                case ["--take", { Length: > 0 } folder] when !newKey:
                    return Take(config, folder, newProvince, move, time, output);
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

    // The key is made once: a request that is made again, or for a renewal, is for the same one. A new one waits beside it until its certificate is there, so that the box stays connected.
    private static int Ask(string config, string folder, bool newKey, TextWriter output)
    {
        var options = CentreFile.Read(config);
        var current = FilesOf(config, options).KeyFile;
        var next = current + BundleFiles.NextKeySuffix;
        var keyFile = File.Exists(next) || (newKey && File.Exists(current)) ? next : current;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!newKey && File.Exists(keyFile))
        {
            ReadKey(key, keyFile);
        }
        else
        {
            TrustFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem(), TrustFile.OwnerAndGroup, mayReplace: newKey);
        }

        Directory.CreateDirectory(folder);
        var request = Path.Combine(folder, $"{options.Centre}.csr");
        TrustFile.Write(request, CentreRequest.Make(options.Centre, key), TrustFile.Everyone, mayReplace: true);
        output.WriteLine($"Đã ghi {request}. Gửi tệp này cho tỉnh (không có bí mật); khóa riêng ở lại trong hộp: {keyFile}.");
        output.WriteLine($"Dấu khóa: {KeyFingerprint.Aloud(KeyFingerprint.Of(key))}");
        output.WriteLine("Đọc dấu khóa cho tỉnh qua điện thoại: tỉnh phải thấy đúng như vậy khi cấp.");
        output.WriteLine("Tỉnh gửi lại một thư mục; nhận bằng: sudo edge enrol --take THƯ-MỤC; sau đó: sudo systemctl restart motcua-edge");
        return 0;
    }

    private static int Take(string config, string bundle, bool newProvince, bool move, TimeProvider time, TextWriter output)
    {
        var options = CentreFile.Read(config);
        // Whoever enrolled a hundred centres hands out one stick with all of them.
        var folder = Directory.Exists(Path.Combine(bundle, options.Centre.Value)) ? Path.Combine(bundle, options.Centre.Value) : bundle;
        var province = Path.Combine(folder, BundleFiles.Province);
        if (((string[])[BundleFiles.Ca, BundleFiles.Certificate, BundleFiles.Province, BundleFiles.Uplink]).FirstOrDefault(name => !File.Exists(Path.Combine(folder, name))) is { } missing)
        {
            output.WriteLine(
                $"Không nhận, hộp giữ nguyên như cũ: {folder} không có tệp {missing}. Tìm USB bằng lsblk, mở bằng: sudo mkdir -p /media/usb; sudo mount /dev/sda1 /media/usb (thay sda1 bằng tên ở lsblk). Mở rồi mà vẫn thiếu thì xin tỉnh gửi lại thư mục.");
            return 1;
        }

        var files = FilesOf(config, options);
        var bringsKey = File.Exists(Path.Combine(folder, BundleFiles.Key));
        var next = files.KeyFile + BundleFiles.NextKeySuffix;
        var offered = new MqttTls(Path.Combine(folder, BundleFiles.Ca), Path.Combine(folder, BundleFiles.Certificate), bringsKey ? Path.Combine(folder, BundleFiles.Key) : next);
        if (!bringsKey && (!File.Exists(next) || CertificateFiles.Look(offered, options.Centre, onStick: true).Problems.Count > 0))
        {
            offered = offered with { KeyFile = files.KeyFile };
        }

        var look = CertificateFiles.Look(offered, options.Centre, onStick: true);
        if (look.Problems.Count > 0)
        {
            output.WriteLine($"Không nhận, hộp giữ nguyên như cũ:\n  {string.Join("\n  ", look.Problems)}");
            return 1;
        }

        using var trusted = ProvinceKey.FromPem(ReadShort(province)); // Else the box would be connected and believe nobody.
        var provinceHere = Path.Combine(FolderOf(config), options.Mqtt?.ProvinceKey ?? BundleFiles.Province);
        if (!newProvince && OthersOf(files.CaFile, offered.CaFile, provinceHere, trusted) is { Count: > 0 } others)
        {
            output.WriteLine($"""
                Không nhận, hộp giữ nguyên như cũ: thư mục này không phải của tỉnh mà hộp đang tin. Khác:
                  {string.Join("\n  ", others)}
                Gọi tỉnh theo số đã biết và so từng cụm dấu khóa ở trên. Khác nhau: đừng nhận, báo tỉnh. Giống nhau, tức tỉnh đã đổi khóa hoặc hộp chuyển tỉnh, thì chạy:
                  sudo edge enrol --take {bundle} --new-province
                """);
            return 1;
        }

        var section = UplinkSection.Read(Path.Combine(folder, BundleFiles.Uplink), ReadShort(Path.Combine(folder, BundleFiles.Uplink)));
        var (yaml, advice, elsewhere) = Connect(config, options, section, bundle, move);
        if (offered.KeyFile != files.KeyFile)
        {
            Copy(offered.KeyFile, files.KeyFile, TrustFile.OwnerAndGroup);
            File.Delete(next);
        }

        Copy(offered.CaFile, files.CaFile, TrustFile.Everyone);
        Copy(offered.CertificateFile, files.CertificateFile, TrustFile.Everyone);
        Copy(province, provinceHere, TrustFile.Everyone);
        if (yaml is not null)
        {
            // Somebody may have closed it to others.
            TrustFile.Write(config, yaml, OperatingSystem.IsWindows() ? TrustFile.Everyone : File.GetUnixFileMode(config), mayReplace: true);
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

        return elsewhere ? Elsewhere : 0;
    }

    /// <summary>What a box trusts already and the bundle says otherwise; a box that trusts nobody yet takes the first.</summary>
    private static List<string> OthersOf(string caHere, string caOffered, string provinceHere, ProvinceKey offered)
    {
        var others = new List<string>();
        if (File.Exists(caHere) && CertificateFiles.NewAuthorities(caHere, caOffered) is { Count: > 0 } strangers)
        {
            others.AddRange(strangers.Select(key => $"{caHere}: {KeyFingerprint.Aloud(key)}"));
        }

        if (File.Exists(provinceHere) && FingerprintIn(provinceHere) != offered.Fingerprint())
        {
            others.Add($"{provinceHere}: {KeyFingerprint.Aloud(offered.Fingerprint())}");
        }

        return others;
    }

    private static string? FingerprintIn(string file)
    {
        try
        {
            using var key = ProvinceKey.FromPem(ReadShort(file));
            return key.Fingerprint();
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A file that does not name the province's broker yet gets the section that the bundle holds; one that does stays as the installer wrote it, unless told to follow the broker.</summary>
    private static (string? Yaml, string Advice, bool Elsewhere) Connect(string config, CentreOptions options, UplinkSection section, string bundle, bool move)
    {
        var before = File.ReadAllText(config);
        if (options.Mqtt is { Tls: not null } mqtt)
        {
            if (mqtt.Host == section.Host && mqtt.Port == section.Port)
            {
                return (null, $"Mục mqtt của {config} được giữ nguyên.", false);
            }

            var (here, there) = (string.Create(CultureInfo.InvariantCulture, $"{mqtt.Host}:{mqtt.Port}"), string.Create(CultureInfo.InvariantCulture, $"{section.Host}:{section.Port}"));
            var byHand = $"sửa hai dòng trong mục mqtt của {config} thành:\n{section.Lines}";
            if (!move)
            {
                return (null, $"\nCHÚ Ý: {config} nối tới {here}, tỉnh ghi {there}; hộp vẫn nối tới {here}. Nếu máy chủ của tỉnh đã đổi, {byHand}\nhoặc chạy: sudo edge enrol --take {bundle} --move", true);
            }

            var moved = section.MoveHere(before);
            return CentreFile.Parse(config, Encoding.UTF8.GetBytes(moved)).Mqtt is { } now && now.Host == section.Host && now.Port == section.Port
                ? (moved, $"Mục mqtt của {config} nay nối tới {there}, trước là {here}.", false)
                : throw new IOException($"Không tự sửa được mục mqtt, hộp giữ nguyên như cũ; {byHand}\nrồi chạy lại không có --move.");
        }

        if (options.Mqtt is not null)
        {
            throw new IOException($"{config}: mục mqtt chưa có tls. Thay cả mục đó bằng phần sau, rồi chạy lại:\n{section.Text}");
        }

        var yaml = $"{before.TrimEnd('\n')}\n\n{section.Text}";
        CentreFile.Parse(config, Encoding.UTF8.GetBytes(yaml));
        return (yaml, $"Đã thêm mục mqtt vào {config}.", false);
    }

    private static MqttTls FilesOf(string config, CentreOptions options) => (options.Mqtt?.Tls ?? new MqttTls(BundleFiles.Ca, BundleFiles.Certificate, BundleFiles.Key)).Beside(FolderOf(config));

    private static string FolderOf(string config) => Path.GetDirectoryName(Path.GetFullPath(config))!;

    private static string ReadShort(string file) => new FileInfo(file).Length <= MaxBytes ? File.ReadAllText(file) : throw new IOException($"{file}: dài quá {MaxBytes} byte.");

    private static void Copy(string from, string to, UnixFileMode mode) => TrustFile.Write(to, File.ReadAllText(from), mode, mayReplace: true);

    private static void ReadKey(ECDsa key, string file)
    {
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException($"{file}: không phải khóa riêng dạng PEM; tạo khóa mới: sudo edge enrol --out THƯ-MỤC --new-key, rồi gửi yêu cầu mới cho tỉnh", e);
        }
    }
}
