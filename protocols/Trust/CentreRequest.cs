using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MotCua.Protocols.Trust;

/// <summary>A box asks for its certificate (PKCS#10, PEM): the name is its centre, the key is on P-256 and was made there; the private half never leaves it.</summary>
public sealed record CentreRequest(CentreId Centre, PublicKey Key)
{
    /// <summary>Longest request read, in characters; a true one has some 400.</summary>
    public const int MaxLength = 16 * 1024;

    private const string CommonName = "2.5.4.3";

    public static string Make(CentreId centre, ECDsa key) => new CertificateRequest(NameOf(centre.Value), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    /// <summary>A certificate's subject: one common name and nothing else.</summary>
    public static X500DistinguishedName NameOf(string name)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name);
        return builder.Build();
    }

    /// <summary>The one common name of a subject; null when there is more, or less.</summary>
    public static string? CommonNameOf(X500DistinguishedName subject)
    {
        try
        {
            return subject.EnumerateRelativeDistinguishedNames().ToList() is [{ HasMultipleElements: false } only] && only.GetSingleElementType().Value == CommonName ? only.GetSingleElementValue() : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Reads a request and checks that whoever made it has the private key. Extensions that it asks for are ignored.</summary>
    /// <returns>Null, with the reason in words, when no certificate may be made of it.</returns>
    public static CentreRequest? TryRead(string pem, out string reason)
    {
        if (pem.Length > MaxLength)
        {
            reason = $"A request has at most {MaxLength} characters.";
            return null;
        }

        try
        {
            var request = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256);
            if (CommonNameOf(request.SubjectName) is not { } name || !CentreId.IsValid(name))
            {
                reason = "The name of the request is not a centre id.";
                return null;
            }

            if (!IsP256(request.PublicKey))
            {
                reason = "The key of the request is not on P-256.";
                return null;
            }

            reason = "";
            return new CentreRequest(new CentreId(name), request.PublicKey);
        }
        catch (ArgumentException)
        {
            reason = "Not a certificate request in PEM.";
            return null;
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException) // The latter for a curve or an algorithm that this machine does not know.
        {
            reason = "The request is damaged, or its signature is not of its own key.";
            return null;
        }
    }

    private static bool IsP256(PublicKey key)
    {
        using var ecdsa = key.GetECDsaPublicKey();
        return ecdsa?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ProvinceKey.P256;
    }
}
