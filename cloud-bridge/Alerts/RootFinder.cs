using System.Collections.Frozen;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Alerts;

/// <summary>Says what explains a cause, by all that is wrong at one moment. Pure; made anew for each moment.</summary>
/// <remarks>
/// In this order: the province or a region lost a good part of its centres at once; the centre itself is lost, or was so a moment ago; several of its devices fell silent
/// together; a declared fault that this one depends on; itself.
/// </remarks>
internal sealed class RootFinder
{
    private const int LongestChain = 8;

    // What stands in a socket of the hall and hangs on the network, and what hangs on the box by a wire: only a power cut takes both.
    private static readonly FrozenSet<string> OnNetwork = new[]
    {
        "neighbour.router-silent", "neighbour.pc-silent", "neighbour.printer-silent", "neighbour.recorder-silent", "neighbour.silent", "camera.unreachable", "camera.no-answer", "tv.away",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OnWire = new[] { "printer.offline", "device.not-answering", "speech.speaker-absent", "speech.speaker-failed" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly GroupRules rules;
    private readonly ILookup<CentreId, Track> present;
    private readonly HashSet<Track> active;
    private readonly Dictionary<CentreId, Track> lost = [];
    private readonly Dictionary<CauseKey, RootKey> groups = [];

    /// <param name="tracks">All that is there, what is held down too, and what counts as being there.</param>
    /// <param name="active">Of them, those that belong in an alert.</param>
    /// <param name="places">All centres with their regions; an empty region is none.</param>
    public RootFinder(GroupRules rules, IReadOnlyCollection<Track> tracks, IEnumerable<Track> active, IReadOnlyDictionary<CentreId, string> places)
    {
        (this.rules, this.active) = (rules, [.. active]);
        present = tracks.Where(track => track.Key.Centre is not null).ToLookup(track => track.Key.Centre!.Value);
        foreach (var track in tracks.Where(track => track.Key.Code == ProvinceFaults.CentreLost && track.Key.Centre is not null))
        {
            lost[track.Key.Centre!.Value] = track;
        }

        List<Track> gone = [.. lost.Values.Where(track => track.IsPresent).OrderBy(track => track.Onset)];
        foreach (var region in gone.GroupBy(track => places.GetValueOrDefault(track.Key.Centre!.Value, ""), StringComparer.Ordinal).Where(region => region.Key.Length > 0))
        {
            Group([.. region], rules.RegionLeast, rules.RegionPercent, places.Values.Count(one => one == region.Key), RootKey.LineOf(region.Key));
        }

        // One region that is lost is no trouble of the province, however few regions there are.
        if (gone.Select(track => places.GetValueOrDefault(track.Key.Centre!.Value, "")).Distinct(StringComparer.Ordinal).Take(2).Count() == 2 || places.Values.All(region => region.Length == 0))
        {
            Group(gone, rules.ProvinceLeast, rules.ProvincePercent, places.Count, RootKey.Province);
        }
    }

    public RootKey RootOf(Track track)
    {
        if (track.Key.Centre is not { } centre)
        {
            return RootKey.Of(track.Key);
        }

        if (track.Key.Code == ProvinceFaults.CentreLost)
        {
            return groups.GetValueOrDefault(track.Key) ?? RootKey.Of(track.Key);
        }

        // What failed right before the line went, or is not up yet since it came back, went with it; what was broken long before is a fault of its own.
        if (lost.TryGetValue(centre, out var line) && line.Alert is { } alert && track.Onset >= line.Onset - TimeSpan.FromSeconds(rules.PowerSeconds))
        {
            return alert.Root;
        }

        return IsPowerCut(track, centre) ? RootKey.PowerOf(centre) : RootKey.Of(Explanation(track, centre).Key);
    }

    /// <summary>Tracks of one list that began together, when they are enough.</summary>
    private void Group(List<Track> gone, int least, int percent, int of, RootKey root)
    {
        var (first, together) = (0, TimeSpan.FromMinutes(rules.TogetherMinutes));
        for (var last = 0; last < gone.Count; last++)
        {
            while (gone[last].Onset - gone[first].Onset > together)
            {
                first++;
            }

            var count = last - first + 1;
            if (count >= least && count * 100L >= (long)percent * of)
            {
                for (var i = first; i <= last; i++)
                {
                    groups[gone[i].Key] = root;
                }
            }
        }
    }

    private bool IsPowerCut(Track track, CentreId centre)
    {
        if (!track.IsPresent || !IsSilence(track))
        {
            return false;
        }

        var window = TimeSpan.FromSeconds(rules.PowerSeconds);
        List<Track> silent = [.. present[centre].Where(one => one.IsPresent && IsSilence(one) && (one.Onset - track.Onset).Duration() <= window)];
        return silent.Select(one => one.Key.Subject).Distinct(StringComparer.Ordinal).Count() >= rules.PowerLeast
            && silent.Any(one => OnNetwork.Contains(one.Key.Code)) && silent.Any(one => OnWire.Contains(one.Key.Code));
    }

    private static bool IsSilence(Track track) => OnNetwork.Contains(track.Key.Code) || OnWire.Contains(track.Key.Code);

    private Track Explanation(Track track, CentreId centre)
    {
        for (var i = 0; i < LongestChain && track.Terms.DependsOn is { } code; i++)
        {
            if (present[centre].Where(one => one.Key.Code == code && active.Contains(one)).OrderBy(one => one.Onset).ThenBy(one => one.Key.Subject, StringComparer.Ordinal).FirstOrDefault() is not { } above)
            {
                break;
            }

            track = above;
        }

        return track;
    }
}
