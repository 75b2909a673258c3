using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MotCua.CloudBridge.Enrolment;

/// <summary>Whom a certificate names.</summary>
public enum CertificateKind
{
    /// <summary>A centre; its name is the centre's id.</summary>
    Centre,

    /// <summary>A bridge; its name begins with <see cref="Authority.BridgePrefix"/>, which no centre's can.</summary>
    Bridge,

    /// <summary>The broker; its name is the first of its hosts.</summary>
    Broker,
}

/// <summary>A certificate that somebody wants.</summary>
/// <param name="Hosts">Names and addresses of a broker; empty for anyone else.</param>
public sealed record CertificateWish(CertificateKind Kind, string Name, PublicKey Key, IReadOnlyList<string> Hosts)
{
    public CertificateWish(CertificateKind kind, string name, ECDsa key, params IReadOnlyList<string> hosts)
        : this(kind, name, PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _), hosts)
    {
    }
}

/// <summary>A certificate as the list has it.</summary>
/// <param name="Serial">Lower-case hexadecimal.</param>
/// <param name="Revoked">Null while it holds.</param>
/// <param name="Key">Fingerprint of its key, so that a key that was taken back stays out; null on a line from before it was noted.</param>
/// <param name="Hosts">Of a broker, separated by commas; empty for anyone else, and on a line from before it was noted, whose name holds them all.</param>
public sealed record IssuedCertificate(CertificateKind Kind, string Name, string Serial, DateTimeOffset Issued, DateTimeOffset Until, DateTimeOffset? Revoked, string? Key, string Hosts)
{
    public bool IsBrokerAt(string host) => Kind == CertificateKind.Broker && (Hosts.Length > 0 ? Hosts : Name).Split(',').Contains(host, StringComparer.OrdinalIgnoreCase);

    public bool HoldsAt(DateTimeOffset moment) => Revoked is null && moment < Until;
}
