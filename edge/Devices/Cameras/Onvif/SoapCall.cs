using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <summary>A request in SOAP 1.2, with name and password as a digest (WS-Security UsernameToken Profile 1.1, 3.1).</summary>
internal static class SoapCall
{
    public const string ContentType = "application/soap+xml; charset=utf-8";

    private static readonly XNamespace Envelope = "http://www.w3.org/2003/05/soap-envelope";
    private static readonly XNamespace Addressing = "http://www.w3.org/2005/08/addressing";
    private static readonly XNamespace Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static readonly XNamespace Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    // Of SOAP 1.2 (5.4.6) and ONVIF Core (5.8.2.4): those that are told. A camera may write anything there.
    private static readonly string[] Codes =
    [
        "Sender", "Receiver", "NotAuthorized", "FailedAuthentication", "ActionNotSupported", "OperationProhibited", "InvalidArgVal", "InvalidArgs", "NoProfile", "NoEntity", "NotSupported", "OutofMemory",
        "TooManyElements", "WellFormed", "TagMismatch", "Namespace", "MissingAttr", "UnknownAction", "Action", "InvalidMessageContentExpression", "InvalidTopicExpression",
    ];

    private const string Digest = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
    private const string Base64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

    /// <param name="at">By the camera's own clock, which judges how old the digest is; ours would be refused by a camera that lives in another year.</param>
    /// <param name="nonce">Fresh randomness.</param>
    /// <param name="action">Of a request about a subscription; null for all others.</param>
    /// <param name="to">Where the subscription is.</param>
    public static byte[] Write(XElement body, CameraLogin? login, DateTimeOffset at, ReadOnlySpan<byte> nonce, string? action = null, string? to = null)
    {
        var head = new XElement(Envelope + "Header");
        if (action is not null)
        {
            head.Add(new XElement(Addressing + "Action", action), new XElement(Addressing + "To", to));
        }

        if (login is not null)
        {
            var created = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            head.Add(new XElement(
                Security + "Security",
                new XElement(
                    Security + "UsernameToken", new XElement(Security + "Username", login.User), new XElement(Security + "Password", new XAttribute("Type", Digest), DigestOf(nonce, created, login.Password)),
                    new XElement(Security + "Nonce", new XAttribute("EncodingType", Base64), Convert.ToBase64String(nonce)), new XElement(Utility + "Created", created))));
        }

        var envelope = new XElement(Envelope + "Envelope", head, new XElement(Envelope + "Body", body));
        return Encoding.UTF8.GetBytes(envelope.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>What the answer holds.</summary>
    /// <exception cref="OnvifFaultException">The camera refused.</exception>
    /// <exception cref="InvalidDataException">No SOAP.</exception>
    public static XElement Read(ReadOnlyMemory<byte> bytes)
    {
        var body = BoundedXml.Read(bytes) is { Name.LocalName: "Envelope" } envelope ? envelope.Elements().FirstOrDefault(part => part.Name.LocalName == "Body") : null;
        var answer = body?.Elements().FirstOrDefault() ?? throw new InvalidDataException("trả lời không phải SOAP");
        if (answer.Name.LocalName != "Fault")
        {
            return answer;
        }

        var codes = answer.Descendants().Where(part => part.Name.LocalName == "Value").Select(part => part.Value.Trim().Split(':')[^1]).ToList();
        var reason = answer.Descendants().FirstOrDefault(part => part.Name.LocalName is "Text" or "faultstring")?.Value;
        throw new OnvifFaultException(codes.Contains("NotAuthorized") || codes.Contains("FailedAuthentication"), $"camera từ chối: {string.Join('/', codes.Where(Codes.Contains).DefaultIfEmpty("không rõ"))}")
        {
            Heard = reason is null ? null : string.Concat(reason.Where(letter => !char.IsControl(letter)).Take(80)),
        };
    }

    // The profile asks for SHA-1; it protects a password that the camera asks for in this way and no other.
#pragma warning disable CA5350
    private static string DigestOf(ReadOnlySpan<byte> nonce, string created, string password) =>
        Convert.ToBase64String(SHA1.HashData((byte[])[.. nonce, .. Encoding.UTF8.GetBytes(created), .. Encoding.UTF8.GetBytes(password)]));
#pragma warning restore CA5350
}

/// <summary>A camera said no.</summary>
internal sealed class OnvifFaultException(bool isLogin, string message) : IOException(message)
{
    /// <summary>It does not accept the login, or finds the digest too old.</summary>
    public bool IsLogin { get; } = isLogin;

    /// <summary>The camera's own words.</summary>
    public string? Heard { get; init; }
}
