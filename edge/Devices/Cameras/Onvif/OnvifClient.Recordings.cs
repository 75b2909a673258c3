using System.Globalization;
using System.Xml.Linq;

namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <summary>What a device has kept of one camera.</summary>
/// <param name="Names">Its token, and what its source is called: any of them may stand in the file of a centre.</param>
/// <param name="Latest">By the device's clock; null when there is nothing.</param>
/// <param name="IsRunning">The device says that it records now.</param>
internal sealed record KeptRecording(IReadOnlyList<string> Names, DateTimeOffset? Latest, bool IsRunning);

// Profile G: what was recorded. Source: ONVIF Recording Search Service Specification (FindRecordings, GetRecordingSearchResults, EndSearch).
internal sealed partial class OnvifClient
{
    private const int MostRecordings = 64;
    private const int MostLooks = 8;

    private static readonly XNamespace Search = $"{Wsdl}/search/wsdl";

    private Uri? search;

    /// <summary>Finds where recordings are searched.</summary>
    /// <exception cref="OnvifFaultException">The device has no such service.</exception>
    public async Task FindSearchAsync(CancellationToken stop)
    {
        var answer = await CallAsync(device, new XElement(Device + "GetServices", new XElement(Device + "IncludeCapability", false)), stop);
        var service = answer.Elements().Take(64).FirstOrDefault(part => Inside(part, "Namespace")?.Value.Trim() == Search.NamespaceName);
        search = service is not null && Inside(service, "XAddr")?.Value.Trim() is { } text ? Here(text) : null;
        if (search is null)
        {
            throw new OnvifFaultException(isLogin: false, "thiết bị không có dịch vụ tìm bản ghi (Profile G)");
        }
    }

    /// <summary>Everything that the device has kept, newest times only.</summary>
    public async Task<IReadOnlyList<KeptRecording>> FindRecordingsAsync(CancellationToken stop)
    {
        var begun = await CallAsync(
            search!, new XElement(Search + "FindRecordings", new XElement(Search + "Scope"), new XElement(Search + "MaxMatches", MostRecordings), new XElement(Search + "KeepAliveTime", "PT30S")), stop);
        if (Inside(begun, "SearchToken")?.Value.Trim() is not { Length: > 0 and <= 64 } token)
        {
            throw new InvalidDataException("đầu ghi không bắt đầu tìm");
        }

        var found = new List<KeptRecording>();
        for (var look = 0; look < MostLooks; look++)
        {
            var results = await CallAsync(
                search!, new XElement(Search + "GetRecordingSearchResults", new XElement(Search + "SearchToken", token), new XElement(Search + "MaxResults", MostRecordings), new XElement(Search + "WaitTime", "PT3S")), stop);
            found.AddRange(results.Descendants().Where(part => part.Name.LocalName == "RecordingInformation").Take(MostRecordings - found.Count).Select(RecordingOf));
            if (Inside(results, "SearchState")?.Value.Trim() is "Completed" || found.Count == MostRecordings)
            {
                break;
            }
        }

        await EndSearchAsync(token, stop);
        return found;
    }

    // It ends by itself as well.
    private async Task EndSearchAsync(string token, CancellationToken stop)
    {
        try
        {
            await CallAsync(search!, new XElement(Search + "EndSearch", new XElement(Search + "SearchToken", token)), stop);
        }
        catch (Exception e) when (e is OnvifFaultException or InvalidDataException)
        {
            // Some know no end of a search that is complete.
        }
    }

    private static KeptRecording RecordingOf(XElement part)
    {
        string[] names = ["RecordingToken", "SourceId", "Name", "Address"];
        var times = part.Descendants().Where(one => one.Name.LocalName is "LatestRecording" or "DataTo").Take(32)
            .Select(one => DateTimeOffset.TryParse(one.Value.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? (DateTimeOffset?)at : null);
        return new KeptRecording([.. names.Select(name => Inside(part, name)?.Value.Trim() ?? "").Where(name => name.Length > 0)], times.Max(), Inside(part, "RecordingStatus")?.Value.Trim() == "Recording");
    }
}
