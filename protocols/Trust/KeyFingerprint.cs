using System.Security.Cryptography;

namespace MotCua.Protocols.Trust;

/// <summary>A short word for a public key that two people compare over the telephone: SHA-256 of its SubjectPublicKeyInfo.</summary>
public static class KeyFingerprint
{
    private const int Group = 4;

    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(ReadOnlySpan<byte> subjectPublicKeyInfo) => Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo));

    /// <inheritdoc cref="Of(ReadOnlySpan{byte})"/>
    public static string Of(AsymmetricAlgorithm key) => Of(key.ExportSubjectPublicKeyInfo());

    /// <summary>In groups, as it is read to somebody.</summary>
    public static string Aloud(string fingerprint) => string.Join(' ', fingerprint.Chunk(Group).Select(group => new string(group)));
}
