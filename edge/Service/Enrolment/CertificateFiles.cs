using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Enrolment;

/// <summary>What was found about the certificate of a centre.</summary>
/// <param name="Problems">In words for whoever can mend them, each with its file; empty when the files can be used.</param>
/// <param name="Until">When the certificate ends; null when it cannot be read.</param>
public sealed record CertificateLook(IReadOnlyList<string> Problems, DateTimeOffset? Until);

/// <summary>Looks at the files of mutual TLS before a library does, which would say of all of them only that something is wrong.</summary>
internal static class CertificateFiles
{
    // A certificate has some 700 bytes; an authority that is being changed has two.
    private const int MaxBytes = 64 * 1024;

    // What a person types next; the restart is part of it, since the service reads these files when it connects.
    private const string Ask = "chạy: sudo edge enrol --out THƯ-MỤC rồi gửi yêu cầu mới cho tỉnh";
    private const string AskAnew = "chạy: sudo edge enrol --out THƯ-MỤC --new-key rồi gửi yêu cầu mới cho tỉnh";
    private const string Take = "nhận lại thư mục của tỉnh: sudo edge enrol --take THƯ-MỤC; sau đó: sudo systemctl restart motcua-edge";

    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <param name="onStick">Files lie on a stick on their way to the box, which knows no permissions.</param>
    /// <param name="forService">Whoever looks may read everything, and asks for a service that may not: judged by mode and group.</param>
    public static CertificateLook Look(MqttTls files, CentreId centre, bool onStick = false, bool forService = false)
    {
        var problems = new List<string>();
        using var authorities = new CertificateBag();
        using var own = new CertificateBag();
        Read(files.CaFile, "chứng thư của tỉnh", authorities.Add, problems, Take, Take);
        Read(files.CertificateFile, "chứng thư của trung tâm", own.Add, problems, Take, Take);
        using var key = ECDsa.Create();
        var hasKey = Read(files.KeyFile, "khóa riêng của trung tâm", pem => key.ImportFromPem(pem), problems, Ask, AskAnew);
        if (forService)
        {
            problems.AddRange(((string[])[files.CaFile, files.CertificateFile, files.KeyFile]).Where(file => File.Exists(file) && !ServiceReads(file)).Select(NotForService));
        }

        if (hasKey && !onStick && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(files.KeyFile) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
        {
            problems.Add($"{files.KeyFile}: ai trên máy cũng đọc được khóa riêng; chạy: sudo chmod 640 {files.KeyFile}; nếu người lạ dùng được máy này thì {AskAnew}");
        }

        if (own.First is not { } certificate)
        {
            return new CertificateLook(problems, Until: null);
        }

        if (hasKey && !certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        {
            problems.Add($"{files.CertificateFile} và {files.KeyFile} không cùng một cặp; {Ask}");
        }

        if (CentreRequest.CommonNameOf(certificate.SubjectName) is var name && name != centre.Value)
        {
            problems.Add($"{files.CertificateFile}: cấp cho «{name ?? certificate.Subject}», hộp này là «{centre}»; xin tỉnh thư mục của «{centre}» rồi {Take}");
        }

        if (certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } usage && !usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == ClientAuth))
        {
            problems.Add($"{files.CertificateFile}: là chứng thư của máy chủ, không phải của trung tâm; {Ask}");
        }

        if (authorities.First is not null && !authorities.Signed(certificate))
        {
            problems.Add($"{files.CertificateFile}: không do nơi cấp trong {files.CaFile} ký; {Take}");
        }

        return new CertificateLook(problems, new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
    }

    /// <summary>Authorities that a file offers and another does not hold.</summary>
    /// <returns>Fingerprints of their keys; none when all are known. A file that cannot be read holds nobody.</returns>
    public static IReadOnlyList<string> NewAuthorities(string known, string offered)
    {
        using var here = new CertificateBag();
        using var there = new CertificateBag();
        Read(known, "", here.Add, [], "", "");
        Read(offered, "", there.Add, [], "", "");
        return [.. there.Keys().Except(here.Keys())];
    }

    private static bool ServiceReads(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var mode = File.GetUnixFileMode(file);
        return mode.HasFlag(UnixFileMode.OtherRead) || (mode.HasFlag(UnixFileMode.GroupRead) && FileGroup.Of(file) == FileGroup.Of(Path.GetDirectoryName(Path.GetFullPath(file))!));
    }

    private static string NotForService(string file) => $"{file}: dịch vụ không được quyền đọc; chạy: sudo chgrp motcua {file}; sudo chmod 640 {file}; sudo systemctl restart motcua-edge";

    private static bool Read(string file, string what, Action<string> take, List<string> problems, string whenMissing, string whenDamaged)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MaxBytes })
            {
                throw new CryptographicException();
            }

            take(File.ReadAllText(file));
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add($"{file}: không có tệp {what}; {whenMissing}");
        }
        catch (UnauthorizedAccessException)
        {
            problems.Add(NotForService(file));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            problems.Add($"{file}: không phải {what} dạng PEM; {whenDamaged}");
        }
        catch (IOException e)
        {
            problems.Add($"{file}: {e.Message}");
        }

        return false;
    }

    private sealed class CertificateBag : IDisposable
    {
        private readonly X509Certificate2Collection all = [];

        public X509Certificate2? First => all.Count > 0 ? all[0] : null;

        /// <exception cref="CryptographicException">It holds none, or one that cannot be read.</exception>
        public void Add(string pem)
        {
            all.ImportFromPem(pem);
            if (all.Count == 0)
            {
                throw new CryptographicException();
            }
        }

        public IEnumerable<string> Keys() => all.Select(one => KeyFingerprint.Of(one.PublicKey.ExportSubjectPublicKeyInfo()));

        // When it ends is another question, which a box without a clock cannot answer here.
        public bool Signed(X509Certificate2 certificate)
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(all);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
            return chain.Build(certificate);
        }

        public void Dispose()
        {
            foreach (var one in all)
            {
                one.Dispose();
            }
        }
    }
}
