using System.Text;

namespace MotCua.Testing;

// Profile G: what it has kept, by its own clock.
public sealed partial class OnvifDouble
{
    /// <summary>What it has kept: token, name of the source, its newest moment; null while nothing was kept.</summary>
    public List<(string Token, string Source, DateTimeOffset? Latest, bool IsRunning)> Recordings { get; } = [];

    /// <summary>Searches that were begun and not ended.</summary>
    public int Searches { get; private set; }

    /// <summary>Whether it keeps recordings at all.</summary>
    public bool HasRecordings { get; init; }

    // The list comes in two parts, as that of a slow disk does.
    private int told;

    private string? AnswerOfRecordings(string name)
    {
        switch (name)
        {
            case "GetServices":
                return HasRecordings
                    ? $"<tds:GetServicesResponse>{Service("device", "device_service")}{Service("media", "media")}{Service("events", "events")}{Service("search", "search")}</tds:GetServicesResponse>"
                    : null;
            case "FindRecordings" when HasRecordings:
                (told, Searches) = (0, Searches + 1);
                return "<tse:FindRecordingsResponse><tse:SearchToken>search-7</tse:SearchToken></tse:FindRecordingsResponse>";
            case "GetRecordingSearchResults" when HasRecordings:
                return ResultsOfSearch();
            case "EndSearch" when HasRecordings:
                Searches--;
                return $"<tse:EndSearchResponse><tse:Endpoint>{Now:yyyy-MM-ddTHH:mm:ssZ}</tse:Endpoint></tse:EndSearchResponse>";
            default:
                return null;
        }
    }

    private string Service(string name, string path) =>
        $"<tds:Service><tds:Namespace>http://www.onvif.org/ver10/{name}/wsdl</tds:Namespace><tds:XAddr>http://192.168.7.7:{Port}/onvif/{path}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>";

    private string ResultsOfSearch()
    {
        var rows = new StringBuilder();
        var part = Recordings.Skip(told).Take(Math.Max(1, Recordings.Count / 2)).ToList();
        told += part.Count;
        foreach (var (token, source, latest, isRunning) in part)
        {
            rows.Append($"<tt:RecordingInformation><tt:RecordingToken>{token}</tt:RecordingToken><tt:Source><tt:SourceId>urn:{token}</tt:SourceId><tt:Name>{source}</tt:Name><tt:Location>x</tt:Location><tt:Description>x</tt:Description><tt:Address>rtsp://10.0.0.9/{token}</tt:Address></tt:Source>");
            rows.Append(latest is { } at ? $"<tt:EarliestRecording>{at.AddDays(-3):yyyy-MM-ddTHH:mm:ssZ}</tt:EarliestRecording><tt:LatestRecording>{at:yyyy-MM-ddTHH:mm:ssZ}</tt:LatestRecording>" : "");
            rows.Append($"<tt:Content>x</tt:Content><tt:Track><tt:TrackToken>v</tt:TrackToken><tt:TrackType>Video</tt:TrackType><tt:Description>x</tt:Description></tt:Track><tt:RecordingStatus>{(isRunning ? "Recording" : "Stopped")}</tt:RecordingStatus></tt:RecordingInformation>");
        }

        return $"<tse:GetRecordingSearchResultsResponse><tse:ResultList><tt:SearchState>{(told >= Recordings.Count ? "Completed" : "Searching")}</tt:SearchState>{rows}</tse:ResultList></tse:GetRecordingSearchResultsResponse>";
    }
}
