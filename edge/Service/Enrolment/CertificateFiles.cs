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

    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <param name="onStick">The key lies on a stick on its way to the box, which knows no permissions.</param>
    public static CertificateLook Look(MqttTls files, CentreId centre, bool onStick = false)
    {
        var problems = new List<string>();
        using var authorities = new CertificateBag();
        using var own = new CertificateBag();
        Read(files.CaFile, "chứng thư của tỉnh", authorities.Add, problems);
        Read(files.CertificateFile, "chứng thư của trung tâm", own.Add, problems);
        using var key = ECDsa.Create();
        var hasKey = Read(files.KeyFile, "khóa riêng của trung tâm", pem => key.ImportFromPem(pem), problems);
        if (hasKey && !onStick && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(files.KeyFile) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
        {
            problems.Add($"{files.KeyFile}: ai trên máy cũng đọc được khóa riêng; chạy: sudo chmod 640 {files.KeyFile}");
        }

        if (own.First is not { } certificate)
        {
            return new CertificateLook(problems, Until: null);
        }

        if (hasKey && !certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        {
            problems.Add($"{files.CertificateFile} và {files.KeyFile} không cùng một cặp; nhận lại chứng thư bằng «edge enrol --take»");
        }

        if (CentreRequest.CommonNameOf(certificate.SubjectName) is var name && name != centre.Value)
        {
            problems.Add($"{files.CertificateFile}: cấp cho «{name ?? certificate.Subject}», hộp này là «{centre}»");
        }

        if (certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } usage && !usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == ClientAuth))
        {
            problems.Add($"{files.CertificateFile}: là chứng thư của máy chủ, không phải của trung tâm");
        }

        if (authorities.First is not null && !authorities.Signed(certificate))
        {
            problems.Add($"{files.CertificateFile}: không do nơi cấp trong {files.CaFile} ký");
        }

        return new CertificateLook(problems, new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
    }

    private static bool Read(string file, string what, Action<string> take, List<string> problems)
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
            problems.Add($"{file}: không có tệp {what}; nhận bằng «edge enrol --take»");
        }
        catch (UnauthorizedAccessException)
        {
            problems.Add($"{file}: dịch vụ không được quyền đọc {what}; chạy: sudo chgrp motcua {file}; sudo chmod 640 {file}");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            problems.Add($"{file}: không phải {what} dạng PEM");
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
