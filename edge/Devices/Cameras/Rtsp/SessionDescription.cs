using System.Globalization;
using System.Text;

namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>A track of a stream.</summary>
/// <param name="Kind"><c>video</c> or <c>audio</c>.</param>
/// <param name="Codec">Such as <c>H264</c>, in capitals.</param>
/// <param name="Control">What names it in a request.</param>
/// <param name="Parameters">Of its format, such as <c>sprop-parameter-sets</c>.</param>
internal sealed record MediaTrack(string Kind, int Payload, string Codec, int ClockRate, int Channels, string Control, IReadOnlyDictionary<string, string> Parameters);

/// <summary>What a stream holds (SDP, RFC 8866); of all that may stand there only what is needed to take it.</summary>
internal static class SessionDescription
{
    /// <summary>In place of a name that is none.</summary>
    public const string Unknown = "?";

    private const int MostTracks = 8;

    // RFC 3551, table 4: those that need no rtpmap.
    private static readonly Dictionary<int, (string Codec, int Rate)> Static = new() { [0] = ("PCMU", 8000), [8] = ("PCMA", 8000), [26] = ("JPEG", 90000) };

    public static IReadOnlyList<MediaTrack> Read(ReadOnlySpan<byte> body)
    {
        var tracks = new List<MediaTrack>();
        MediaTrack? open = null;
        foreach (var raw in Encoding.Latin1.GetString(body).Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                Close(tracks, open);
                open = Begin(line[2..]);
            }
            else if (open is not null && line.StartsWith("a=", StringComparison.Ordinal))
            {
                open = With(open, line[2..]);
            }
        }

        Close(tracks, open);
        return tracks;
    }

    // It is shown and sent on, so it says no more than a codec.
    private static bool IsCodec(string word) => word.Length is > 0 and <= 16 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-');

    private static void Close(List<MediaTrack> tracks, MediaTrack? open)
    {
        if (open is not null && tracks.Count < MostTracks)
        {
            tracks.Add(open);
        }
    }

    private static MediaTrack? Begin(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || words[0] is not ("video" or "audio") || !int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var payload))
        {
            return null;
        }

        var (codec, rate) = Static.GetValueOrDefault(payload, ("", 90000));
        return new MediaTrack(words[0], payload, codec, rate, 1, "", new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static MediaTrack With(MediaTrack track, string attribute)
    {
        if (attribute.StartsWith("control:", StringComparison.Ordinal))
        {
            return track with { Control = attribute["control:".Length..].Trim() };
        }

        if (attribute.StartsWith($"rtpmap:{track.Payload} ", StringComparison.Ordinal))
        {
            var words = attribute[(attribute.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim().Split('/');
            return track with
            {
                Codec = IsCodec(words[0]) ? words[0].ToUpperInvariant() : Unknown,
                ClockRate = words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate > 0 ? rate : track.ClockRate,
                Channels = words.Length > 2 && int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var channels) && channels is > 0 and <= 8 ? channels : 1,
            };
        }

        if (attribute.StartsWith($"fmtp:{track.Payload} ", StringComparison.Ordinal))
        {
            var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var part in attribute[(attribute.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split(';', StringSplitOptions.TrimEntries))
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                found[equals < 0 ? part : part[..equals]] = equals < 0 ? "" : part[(equals + 1)..];
            }

            return track with { Parameters = found };
        }

        return track;
    }
}
