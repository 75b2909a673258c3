using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MotCua.Protocols.Trust;

namespace MotCua.Protocols.Tests.Trust;

public sealed class CentreRequestTests
{
    private static readonly CentreId Centre = new("pt-viet-tri");

    [Fact]
    public void A_request_is_read_as_it_was_made()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = CentreRequest.TryRead(CentreRequest.Make(Centre, key), out var reason);
        Assert.Equal("", reason);
        Assert.Equal(Centre, request?.Centre);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), request?.Key.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void OpenSSL_finds_the_request_in_order_and_makes_one_that_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("request-");
        try
        {
            var (made, theirs) = (Path.Combine(folder.FullName, "made.csr"), Path.Combine(folder.FullName, "theirs.csr"));
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            File.WriteAllText(made, CentreRequest.Make(Centre, key));
            Assert.Equal(0, OpenSsl("req", "-in", made, "-noout", "-verify"));
            Assert.Equal(0, OpenSsl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", made, "-subj", "/CN=pt-viet-tri", "-out", theirs));
            Assert.Equal(Centre, CentreRequest.TryRead(File.ReadAllText(theirs), out _)?.Centre);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("CN=Việt Trì")]
    [InlineData("CN=bridge.1")]
    [InlineData("CN=a")]
    [InlineData("CN=pt-viet-tri, O=Somebody")]
    [InlineData("CN=pt-viet-tri, CN=pt-lam-thao")]
    [InlineData("O=pt-viet-tri")]
    [InlineData("")]
    public void A_name_that_is_not_one_centre_is_refused(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(CentreRequest.TryRead(new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequestPem(), out var reason));
        Assert.Contains("centre id", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_kind_is_refused()
    {
        using var rsa = RSA.Create(2048);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Null(CentreRequest.TryRead(new CertificateRequest("CN=pt-viet-tri", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem(), out var first));
        Assert.Null(CentreRequest.TryRead(new CertificateRequest("CN=pt-viet-tri", other, HashAlgorithmName.SHA256).CreateSigningRequestPem(), out var second));
        Assert.All([first, second], reason => Assert.Contains("P-256", reason, StringComparison.Ordinal));
    }

    /// <summary>Somebody who saw a request must not get a certificate of another name for its key, nor one for a key that he has not.</summary>
    [Fact]
    public void A_request_that_was_changed_at_any_byte_is_refused_or_says_the_same()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var der = new CertificateRequest(CentreRequest.NameOf(Centre.Value), key, HashAlgorithmName.SHA256).CreateSigningRequest();
        for (var i = 0; i < der.Length; i++)
        {
            var changed = (byte[])der.Clone();
            changed[i] ^= 1;
            var read = CentreRequest.TryRead(PemEncoding.WriteString("CERTIFICATE REQUEST", changed), out var reason);
            Assert.True(read is null ? reason.Length > 0 : read.Centre == Centre && read.Key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()), $"byte {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----\n")]
    public void Rubbish_is_refused_in_words(string text)
    {
        Assert.Null(CentreRequest.TryRead(text, out var reason));
        Assert.NotEmpty(reason);
        Assert.Null(CentreRequest.TryRead(text + new string(' ', CentreRequest.MaxLength), out reason));
        Assert.NotEmpty(reason);
    }

    private static int OpenSsl(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode;
    }
}
