using System.Security.Cryptography;

namespace MotCua.Protocols.Trust;

/// <summary>The province's signing key, ECDSA on P-256. The bridge holds the private half, every centre the public one, as PEM files.</summary>
public sealed class ProvinceKey : IDisposable
{
    internal const string P256 = "1.2.840.10045.3.1.7";

    private readonly ECDsa key;

    private ProvinceKey(ECDsa key) => this.key = key;

    public static ProvinceKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pem">A PKCS#8 private or a SubjectPublicKeyInfo public key.</param>
    /// <exception cref="CryptographicException">Not a P-256 key.</exception>
    public static ProvinceKey FromPem(string pem)
    {
        var imported = ECDsa.Create();
        try
        {
            imported.ImportFromPem(pem);
        }
        catch (ArgumentException e)
        {
            imported.Dispose();
            throw new CryptographicException("Not a PEM key.", e);
        }

        // By name, not by length: there are other curves of 256 bits.
        var curve = imported.ExportParameters(includePrivateParameters: false).Curve.Oid;
        if (curve.Value != P256)
        {
            imported.Dispose();
            throw new CryptographicException($"The province's key is on P-256; this one is on {curve.FriendlyName ?? curve.Value ?? "another curve"}.");
        }

        return new ProvinceKey(imported);
    }

    public string PrivatePem() => key.ExportPkcs8PrivateKeyPem();

    /// <summary>Of the public half; see <see cref="KeyFingerprint"/>.</summary>
    public string Fingerprint() => KeyFingerprint.Of(key);

    public string PublicPem() => key.ExportSubjectPublicKeyInfoPem();

    // IEEE P1363 (r ‖ s) is the form that JWS prescribes (RFC 7518 §3.4); OpenSSL's own is DER.
    internal byte[] Sign(ReadOnlySpan<byte> data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => key.Dispose();
}
