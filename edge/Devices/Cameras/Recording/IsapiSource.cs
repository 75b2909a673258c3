using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using MotCua.Edge.Devices.Cameras.Onvif;

namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>A recorder that speaks ISAPI: its clock, its disks, and for each track what it kept of the last day.</summary>
/// <remarks>
/// Source: ISAPI developer guide (ContentMgmt/Storage, ContentMgmt/search, System/time). Room is counted in MB. The field of the search position is spelled as the guide spells it.
/// </remarks>
internal sealed class IsapiSource(Recorder recorder, Uri url, TimeProvider time) : IRecorderSource
{
    private const int PageRows = 50;
    private const int MostPages = 12;

    // A disk that sleeps, or one track of many that is bad, costs the others nothing.
    private static readonly TimeSpan TrackWithin = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Back = TimeSpan.FromHours(24);

    // What a file is called that is still being written, and clocks that differ.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    private readonly RecorderHttp http = new(recorder.Login, recorder.AllowsBasic);

    /// <inheritdoc/>
    public async Task<RecorderAnswer> AskAsync(CancellationToken stop)
    {
        var (clock, at, disks) = await Deadline.KeepAsync(AskItselfAsync, RecorderEye.Within, time, stop);
        var newest = ImmutableDictionary.CreateBuilder<string, DateTimeOffset?>(StringComparer.Ordinal);
        Exception? failure = null;
        foreach (var channel in recorder.Cameras.Select(camera => camera.Channel))
        {
            try
            {
                newest[channel] = await Deadline.KeepAsync(within => NewestAsync(channel, clock, within), TrackWithin, time, stop);
            }
            catch (Exception e) when (e is InvalidDataException or SocketException || (e is IOException && (e as CameraTroubleException)?.Fault != RecorderFaults.LoginRefused))
            {
                failure = e; // Nothing is known of this one.
            }
        }

        return failure is null || newest.Count > 0 ? new RecorderAnswer(clock, at, newest.ToImmutable(), FreeOf(disks), DiskTroubleOf(disks)) : throw failure;
    }

    private async Task<(DateTimeOffset Clock, long At, XElement Disks)> AskItselfAsync(CancellationToken stop)
    {
        var shown = Text(await GetAsync("/ISAPI/System/time", stop), "localTime") ?? throw new InvalidDataException("đầu ghi không nói giờ");
        var (clock, at) = (ClockOf(shown), time.GetTimestamp());
        return (clock, at, await GetAsync("/ISAPI/ContentMgmt/Storage", stop));
    }

    /// <summary>In per cent of all disks that are there; null when it names none.</summary>
    internal static double? FreeOf(XElement storage)
    {
        var (free, all) = (0.0, 0.0);
        foreach (var disk in DisksOf(storage))
        {
            free += Number(disk, "freeSpace");
            all += Number(disk, "capacity");
        }

        return all > 0 ? Math.Clamp(100 * free / all, 0, 100) : null;
    }

    /// <summary>In words for a technician; null when all disks are well.</summary>
    internal static string? DiskTroubleOf(XElement storage)
    {
        var states = DisksOf(storage).Select(disk => Text(disk, "status")!.ToLowerInvariant()).ToList();
        if (states.Count == 0)
        {
            return "đầu ghi không có ổ cứng";
        }

        // Words of the guide only: a recorder may write anything there.
        return states.FirstOrDefault(state => state is not ("ok" or "idle" or "normal" or "sleeping")) switch
        {
            null => null,
            "error" => "ổ cứng hỏng (error)",
            "unformatted" => "ổ cứng chưa định dạng (unformatted)",
            "smartfailed" => "ổ cứng sắp hỏng (SMARTFailed)",
            "offline" => "ổ cứng mất kết nối (offline)",
            "mismatch" => "ổ cứng không khớp (mismatch)",
            "formating" or "formatting" => "ổ cứng đang được định dạng",
            "reparing" or "repairing" => "ổ cứng đang được sửa chữa",
            _ => "ổ cứng có trạng thái lạ",
        };
    }

    private static IEnumerable<XElement> DisksOf(XElement storage) =>
        storage.DescendantsAndSelf().Where(part => part.Name.LocalName is "hdd" or "nas" && Text(part, "status")?.ToLowerInvariant() is not (null or "notexist")).Take(64);

    private static string? Text(XElement within, string name) => within.Descendants().FirstOrDefault(part => part.Name.LocalName == name)?.Value.Trim();

    private static double Number(XElement within, string name) =>
        double.TryParse(Text(within, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1e15 ? number : 0;

    // Without a zone it is local, and local is Vietnam.
    private static DateTimeOffset ClockOf(string shown) =>
        DateTimeOffset.TryParse(shown, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var clock)
            ? shown.Length > 19 ? clock : new DateTimeOffset(clock.DateTime, TimeSpan.FromHours(7))
            : throw new InvalidDataException("giờ của đầu ghi sai");

    private static string Write(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // What must be there first: a camera that records by events has hundreds of clips in a day. A day back only tells since when there is none.
    private async Task<DateTimeOffset?> NewestAsync(string track, DateTimeOffset clock, CancellationToken stop)
    {
        var (newest, isWhole) = await SearchAsync(track, clock, recorder.NewestWithin, stop);
        if (!isWhole)
        {
            throw new InvalidDataException("đầu ghi có quá nhiều bản ghi để xem hết");
        }

        return newest is null && recorder.NewestWithin < Back && await SearchAsync(track, clock, Back, stop) is (var older, true) ? older : newest;
    }

    // Only what was asked for: the answer repeats the span of the search.
    private async Task<(DateTimeOffset? Newest, bool IsWhole)> SearchAsync(string track, DateTimeOffset clock, TimeSpan back, CancellationToken stop)
    {
        DateTimeOffset? newest = null;
        var (from, id) = (0, new Guid(RandomNumberGenerator.GetBytes(16)));
        for (var page = 0; page < MostPages; page++)
        {
            var (body, _) = await http.AskAsync(Of("/ISAPI/ContentMgmt/search"), Encoding.UTF8.GetBytes(SearchFor(track, clock, back, id, from).ToString(SaveOptions.DisableFormatting)), stop);
            var answer = BoundedXml.Read(body, RecorderHttp.MostBytes);
            var state = answer.Name.LocalName == "CMSearchResult" ? Text(answer, "responseStatusStrg")?.ToUpperInvariant() : null;
            var items = answer.Descendants().Where(part => part.Name.LocalName == "searchMatchItem").Take(PageRows).ToList();
            if (state is not ("OK" or "MORE" or "NO MATCHES") || (items.Count == 0 && state != "NO MATCHES"))
            {
                throw new InvalidDataException("không hiểu đầu ghi trả lời gì khi tìm bản ghi");
            }

            foreach (var end in items.Select(item => EndOf(item, clock)))
            {
                newest = newest is { } known && known > end ? known : end;
            }

            from += items.Count;
            if (state != "MORE")
            {
                return (newest, true);
            }
        }

        return (newest, false);
    }

    private DateTimeOffset EndOf(XElement item, DateTimeOffset clock) =>
        DateTimeOffset.TryParse(Text(item, "endTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) && end.Year is > 1 and < 9999
            ? recorder.IsUtc ? end : new DateTimeOffset(end.DateTime, clock.Offset)
            : throw new InvalidDataException("giờ của bản ghi sai");

    private XElement SearchFor(string track, DateTimeOffset clock, TimeSpan back, Guid id, int from)
    {
        var now = recorder.IsUtc ? clock.ToUniversalTime() : clock;
        return new XElement(
            "CMSearchDescription", new XElement("searchID", id), new XElement("trackIDList", new XElement("trackID", track)),
            new XElement("timeSpanList", new XElement("timeSpan", new XElement("startTime", Write(now - back)), new XElement("endTime", Write(now + Ahead)))),
            new XElement("maxResults", PageRows), new XElement("searchResultPostion", from), new XElement("metadataList", new XElement("metadataDescriptor", "//recordType.meta.std-cgi.com")));
    }

    private async Task<XElement> GetAsync(string path, CancellationToken stop) => BoundedXml.Read((await http.AskAsync(Of(path), null, stop)).Body, RecorderHttp.MostBytes);

    private Uri Of(string path) => new UriBuilder(url) { Path = path, Query = "" }.Uri;
}
