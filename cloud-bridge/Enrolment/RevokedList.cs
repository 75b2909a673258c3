using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace MotCua.CloudBridge.Enrolment;

/// <summary>What a list of revoked certificates says (RFC 5280, 5.1); the library writes such lists, but does not tell what is in one.</summary>
/// <param name="Number">Later lists have greater ones; 0 when it has none.</param>
/// <param name="Serials">Lower-case hexadecimal.</param>
internal sealed record RevokedList(BigInteger Number, IReadOnlyList<string> Serials)
{
    // Every line of the longest register, revoked.
    private const int MaxBytes = 32 * 1024 * 1024;

    private const string NumberExtension = "2.5.29.20";

    /// <exception cref="IOException">The file cannot be read as such a list.</exception>
    public static RevokedList Read(string file)
    {
        try
        {
            var pem = new FileInfo(file).Length <= MaxBytes ? File.ReadAllText(file) : throw new FormatException();
            return Read(new AsnReader(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]), AsnEncodingRules.DER));
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException or FormatException)
        {
            throw new IOException($"{file}: không đọc được; chép lại từ bản sao lưu · cannot be read; restore it from a backup", e);
        }
    }

    private static RevokedList Read(AsnReader reader)
    {
        var list = reader.ReadSequence().ReadSequence();
        if (Next(list, Asn1Tag.Integer))
        {
            list.ReadEncodedValue(); // Version.
        }

        list.ReadEncodedValue(); // Algorithm.
        list.ReadEncodedValue(); // Issuer.
        list.ReadEncodedValue(); // When it was made.
        if (Next(list, Asn1Tag.UtcTime) || Next(list, Asn1Tag.GeneralizedTime))
        {
            list.ReadEncodedValue(); // When it ends.
        }

        var serials = new List<string>();
        if (Next(list, Asn1Tag.Sequence))
        {
            for (var entries = list.ReadSequence(); entries.HasData;)
            {
                serials.Add(Convert.ToHexStringLower(entries.ReadSequence().ReadIntegerBytes().Span));
            }
        }

        var tag = new Asn1Tag(TagClass.ContextSpecific, 0);
        return new RevokedList(Next(list, tag) ? NumberIn(list.ReadSequence(tag).ReadSequence()) : BigInteger.Zero, serials);
    }

    private static BigInteger NumberIn(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            if (extension.ReadObjectIdentifier() != NumberExtension)
            {
                continue;
            }

            if (Next(extension, Asn1Tag.Boolean))
            {
                extension.ReadBoolean();
            }

            return new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadInteger();
        }

        return BigInteger.Zero;
    }

    private static bool Next(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);
}
