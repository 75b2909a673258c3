using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Enrolment.Tests;

/// <summary>A province's authority in a folder of its own, which hands out whatever a test wants, right or wrong.</summary>
internal sealed class TestAuthority : IDisposable
{
    public static readonly DateTimeOffset Until = new(2029, 11, 22, 17, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;
    private readonly ProvinceKey province = ProvinceKey.Create();
    private byte serial;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Tỉnh thử", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        certificate = request.CreateSelfSigned(From, From.AddYears(50));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("authority-").FullName;

    /// <summary>Makes a bundle as the province does, with a key.</summary>
    /// <returns>Its folder.</returns>
    public string Bundle(string name, DateTimeOffset? until = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var folder = Bundle(name, new PublicKey(own), until);
        File.WriteAllText(Path.Combine(folder, BundleFiles.Key), own.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(Path.Combine(folder, BundleFiles.Key), TrustFile.OwnerAndGroup);
        return folder;
    }

    /// <summary>Makes a bundle for a key that somebody else has.</summary>
    public string Bundle(string name, PublicKey own, DateTimeOffset? until = null, string usage = "1.3.6.1.5.5.7.3.2")
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        var request = new CertificateRequest(CentreRequest.NameOf(name), own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        using var made = request.Create(certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), From, until ?? Until, [++serial]);
        File.WriteAllText(Path.Combine(folder, BundleFiles.Ca), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, BundleFiles.Certificate), made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, BundleFiles.Province), province.PublicPem());
        File.WriteAllText(Path.Combine(folder, BundleFiles.Uplink), "mqtt:\n  host: \"mqtt.phutho.example\"\n  port: 8883\n  province-key: province.pub\n  tls: { ca: ca.pem, cert: centre.pem, key: centre.key }\n");
        return folder;
    }

    public static MqttTls FilesIn(string folder) => new MqttTls(BundleFiles.Ca, BundleFiles.Certificate, BundleFiles.Key).Beside(folder);

    public void Dispose()
    {
        province.Dispose();
        certificate.Dispose();
        key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
