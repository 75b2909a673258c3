using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <param name="Manufacturer">As the camera says it, at most 40 characters, as all of them.</param>
public sealed record CameraModel(string Manufacturer, string Model, string Firmware);

/// <summary>What a camera noticed by itself.</summary>
/// <param name="Topic">Without prefixes, such as <c>RuleEngine/CellMotionDetector/Motion</c>.</param>
/// <param name="IsOn">Null when it only says that something happened.</param>
internal sealed record CameraNotice(string Topic, bool? IsOn);

/// <summary>Speaks ONVIF with one camera, as little as is needed: who it is, what time it has, where a picture is, and what it notices.</summary>
/// <remarks>
/// Our own few words instead of generated services: those bring megabytes and no bounds. Every answer has a size and every call the caller's deadline. Services are asked at the
/// camera's own address, whatever host they name: behind a router it is wrong, and a hostile camera could send us anywhere. Used by one caller at a time.
/// </remarks>
internal sealed partial class OnvifClient(Uri device, CameraLogin? login, TimeProvider time)
{
    private const int MostNotices = 32;
    private const string Wsdl = "http://www.onvif.org/ver10";

    private static readonly XNamespace Device = $"{Wsdl}/device/wsdl";
    private static readonly XNamespace Media = $"{Wsdl}/media/wsdl";
    private static readonly XNamespace Events = $"{Wsdl}/events/wsdl";
    private static readonly XNamespace Notify = "http://docs.oasis-open.org/wsn/b-2";

    private Uri? media;
    private Uri? events;
    private (DateTimeOffset Camera, long At)? clock;

    /// <summary>What the camera's clock shows now, by our monotonic clock since it was asked; null before.</summary>
    public DateTimeOffset? CameraNow => clock is var (camera, at) ? camera + time.GetElapsedTime(at) : null;

    /// <summary>Asks for the camera's time, which needs no password.</summary>
    public async Task<DateTimeOffset> ReadClockAsync(CancellationToken stop)
    {
        var asked = time.GetTimestamp();
        var answer = await CallAsync(device, new XElement(Device + "GetSystemDateAndTime"), stop, anonymous: true);
        var utc = Inside(answer, "UTCDateTime") ?? throw new InvalidDataException("camera không nói giờ UTC");
        var (date, hour) = (Inside(utc, "Date"), Inside(utc, "Time"));
        if (Number(date, "Year") is < 1970 or > 2100)
        {
            throw new InvalidDataException("giờ của camera sai");
        }

        DateTimeOffset shown;
        try
        {
            shown = new DateTimeOffset(Number(date, "Year"), Number(date, "Month"), Number(date, "Day"), Number(hour, "Hour"), Number(hour, "Minute"), Math.Min(59, Number(hour, "Second")), TimeSpan.Zero);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException("giờ của camera sai", e);
        }

        // On the way the time went on; half of it, as nobody knows which way was slower.
        clock = (shown + (time.GetElapsedTime(asked) / 2), time.GetTimestamp());
        return CameraNow!.Value;
    }

    /// <summary>Who the camera is.</summary>
    public async Task<CameraModel> ReadModelAsync(CancellationToken stop)
    {
        var answer = await CallAsync(device, new XElement(Device + "GetDeviceInformation"), stop);
        return new CameraModel(Short("Manufacturer"), Short("Model"), Short("FirmwareVersion"));

        string Short(string name) => string.Concat((Inside(answer, name)?.Value.Trim() ?? "").Where(letter => !char.IsControl(letter)).Take(40));
    }

    /// <summary>Finds where pictures and events are to be had.</summary>
    public async Task FindServicesAsync(CancellationToken stop)
    {
        var answer = await CallAsync(device, new XElement(Device + "GetCapabilities", new XElement(Device + "Category", "All")), stop);
        (media, events) = (AddressIn("Media"), AddressIn("Events"));

        Uri? AddressIn(string service) => Inside(answer, service) is { } part && Inside(part, "XAddr")?.Value.Trim() is { } text ? Here(text) : null;
    }

    /// <summary>Where a still picture of the first profile is; null when the camera offers none.</summary>
    public async Task<Uri?> FindSnapshotAsync(CancellationToken stop)
    {
        if (media is null)
        {
            return null;
        }

        var profiles = await CallAsync(media, new XElement(Media + "GetProfiles"), stop);
        if (profiles.Elements().FirstOrDefault(part => part.Name.LocalName == "Profiles")?.Attribute("token")?.Value is not { Length: <= 64 } token)
        {
            return null;
        }

        var answer = await CallAsync(media, new XElement(Media + "GetSnapshotUri", new XElement(Media + "ProfileToken", token)), stop);
        return Inside(answer, "Uri")?.Value.Trim() is { } text ? Here(text) : null;
    }

    /// <summary>Asks to be told what the camera notices.</summary>
    /// <returns>Where notices are to be pulled; null when it tells nothing.</returns>
    public async Task<Uri?> SubscribeAsync(TimeSpan lasting, CancellationToken stop)
    {
        if (events is null)
        {
            return null;
        }

        var answer = await CallAsync(
            events, new XElement(Events + "CreatePullPointSubscription", new XElement(Events + "InitialTerminationTime", Span(lasting))), stop, $"{Events}/EventPortType/CreatePullPointSubscriptionRequest");
        return Inside(answer, "Address")?.Value.Trim() is { } text ? Here(text) : null;
    }

    /// <summary>Waits for notices, as long as it says and no longer.</summary>
    public async Task<IReadOnlyList<CameraNotice>> PullAsync(Uri subscription, TimeSpan waiting, CancellationToken stop)
    {
        var body = new XElement(Events + "PullMessages", new XElement(Events + "Timeout", Span(waiting)), new XElement(Events + "MessageLimit", MostNotices));
        var answer = await CallAsync(subscription, body, stop, $"{Events}/PullPointSubscription/PullMessagesRequest");
        return [.. answer.Elements().Where(part => part.Name.LocalName == "NotificationMessage").Take(MostNotices).Select(NoticeOf).OfType<CameraNotice>()];
    }

    /// <summary>Keeps a subscription for so long from now.</summary>
    public Task RenewAsync(Uri subscription, TimeSpan lasting, CancellationToken stop) =>
        CallAsync(subscription, new XElement(Notify + "Renew", new XElement(Notify + "TerminationTime", Span(lasting))), stop, "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/RenewRequest");

    /// <summary>Ends it: cameras keep few.</summary>
    public Task UnsubscribeAsync(Uri subscription, CancellationToken stop) =>
        CallAsync(subscription, new XElement(Notify + "Unsubscribe"), stop, "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/UnsubscribeRequest");

    private static CameraNotice? NoticeOf(XElement message)
    {
        var topic = Inside(message, "Topic")?.Value.Trim();
        var data = Inside(message, "Data");
        if (topic is not { Length: > 0 and <= 200 })
        {
            return null;
        }

        var value = data?.Elements().FirstOrDefault(item => item.Name.LocalName == "SimpleItem")?.Attribute("Value")?.Value.Trim().ToLowerInvariant();
        bool? isOn = value switch { "true" or "1" => true, "false" or "0" => false, _ => null };
        return new CameraNotice(string.Join('/', topic.Split('/').Select(word => word.Split(':')[^1])), isOn);
    }

    private static XElement? Inside(XElement within, string name) => within.Descendants().FirstOrDefault(part => part.Name.LocalName == name);

    private static int Number(XElement? within, string name) =>
        within is not null && int.TryParse(Inside(within, name)?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidDataException("giờ của camera sai");

    private static string Span(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"PT{(int)span.TotalSeconds}S");

    private Uri? Here(string text) => Uri.TryCreate(text, UriKind.Absolute, out var named) && named.Scheme is "http" or "https" ? new UriBuilder(device) { Path = named.AbsolutePath, Query = named.Query }.Uri : null;

    private async Task<XElement> CallAsync(Uri where, XElement body, CancellationToken stop, string? action = null, bool anonymous = false)
    {
        // A camera without a battery lives in 1970 and finds a digest of today too new; so its own clock stamps them, and is asked again when it was set meanwhile.
        for (var again = false; ; again = true)
        {
            if (!anonymous && login is not null && (clock is null || again))
            {
                await ReadClockAsync(stop);
            }

            var request = SoapCall.Write(body, anonymous ? null : login, CameraNow ?? time.GetUtcNow(), RandomNumberGenerator.GetBytes(16), action, action is null ? null : where.AbsoluteUri);
            var (status, answer, _) = await HttpExchange.AskAsync(where, request, SoapCall.ContentType, BoundedXml.MostBytes, stop);
            try
            {
                return answer.Length > 0 ? SoapCall.Read(answer) : throw new InvalidDataException($"trả lời HTTP {status}");
            }
            catch (InvalidDataException) when (status is 401 or 403)
            {
                // A page of a web server in place of SOAP; to try again would only count.
                throw new OnvifFaultException(isLogin: true, $"trả lời HTTP {status}");
            }
            catch (OnvifFaultException e) when (e.IsLogin && !again && !anonymous && login is not null)
            {
                // Once more, by the clock that it has now.
            }
        }
    }
}
