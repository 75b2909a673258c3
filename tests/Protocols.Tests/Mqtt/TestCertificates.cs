using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MotCua.Protocols.Mqtt;

namespace MotCua.Protocols.Tests.Mqtt;

/// <summary>A small authority in a temporary folder: PEM files for a broker on 127.0.0.1 and its clients.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("certificates-");
    private readonly ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;
    private byte serial;

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=Test province", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority = request.CreateSelfSigned(From, From.AddYears(50));
        File.WriteAllText(CaFile, authority.ExportCertificatePem());
    }

    public string CaFile => PathOf("ca.pem");

    public MqttTls Issue(string name, DateTimeOffset? until = null, bool asLocalhost = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        if (asLocalhost)
        {
            names.AddDnsName("localhost");
        }

        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, From, until ?? From.AddYears(40), [++serial]);
        File.WriteAllText(PathOf($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return FilesOf(name);
    }

    public MqttTls FilesOf(string name) => new(CaFile, PathOf($"{name}.pem"), PathOf($"{name}.key"));

    public void Dispose()
    {
        authority.Dispose();
        authorityKey.Dispose();
        folder.Delete(recursive: true);
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}
