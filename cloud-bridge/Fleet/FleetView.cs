using System.Text.Json;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.State;

namespace MotCua.CloudBridge.Fleet;

/// <summary>All centres as they stand now, in memory. Written by ingest, read by pages and APIs.</summary>
public sealed class FleetView
{
    /// <summary>Three times the country's centres. Certificates decide who may speak; this bounds the harm when they do not.</summary>
    public const int MaxCentres = 10_000;

    public const int MaxDevices = 256;

    private const int LastEventsAtStart = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<CentreId, Centre> centres = [];
    private long revision;

    /// <summary>The view as the store remembers it; what has changed since comes with the broker's retained messages.</summary>
    /// <exception cref="BridgeStoreException">The store cannot be read.</exception>
    public static FleetView Load(IBridgeStore store)
    {
        // Before the rest: what is committed meanwhile is told once more by the follower, which does no harm.
        var view = new FleetView { LoadedUpTo = (store as ICommitNews)?.Head() ?? 0 };
        foreach (var (log, end) in store.ReadLogs())
        {
            view.Touch(log.Centre)?.Held(log.Epoch, end);
        }

        foreach (var fact in store.ReadFacts())
        {
            if (fact.Body is { } body && TryParse(fact.Key.Kind, body) is { } parsed)
            {
                view.Apply(fact, parsed);
            }
        }

        foreach (var (id, centre) in view.centres)
        {
            centre.Add(store.ReadLastEvents(id, LastEventsAtStart));
        }

        return view;
    }

    /// <summary>Row of a shared store up to which this view was loaded; 0 for a store of one bridge.</summary>
    public long LoadedUpTo { get; private init; }

    /// <summary>Rises with every change.</summary>
    public long Revision
    {
        get
        {
            lock (gate)
            {
                return revision;
            }
        }
    }

    public StateMessage? StateOf(CentreId id)
    {
        lock (gate)
        {
            return centres.GetValueOrDefault(id)?.State;
        }
    }

    /// <summary>What a centre said of its configuration at its last birth; null while it was never born.</summary>
    public RunningConfiguration? ConfigurationOf(CentreId id)
    {
        lock (gate)
        {
            return centres.GetValueOrDefault(id)?.Configuration;
        }
    }

    /// <param name="parsed">The fact's body as its message; null when it is cleared.</param>
    /// <returns>Null when taken, else why there is no room.</returns>
    public string? Apply(Fact fact, object? parsed)
    {
        lock (gate)
        {
            if (Touch(fact.Key.Centre) is not { } centre)
            {
                return $"More than {MaxCentres} centres.";
            }

            if (fact.Key.Kind == FactKind.Device && parsed is not null && !centre.HasRoomFor(fact.Key.Id))
            {
                return $"A centre has at most {MaxDevices} devices.";
            }

            centre.Apply(fact, parsed);
            return null;
        }
    }

    public void Committed(LogAppend append) => Add(append.Log, append.After, append.Events);

    /// <summary>Of a shared store: some bridge committed. What the view has already is told again after a start, and adds nothing.</summary>
    public void Moved(LogNews news) => Add(news.Log, news.End, news.Events);

    private void Add(LogId log, LogEnd end, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        lock (gate)
        {
            if (Touch(log.Centre) is { } centre)
            {
                var fresh = (int)Math.Clamp(end.UpTo - centre.HeldOf(log.Epoch), 0, events.Count);
                centre.Held(log.Epoch, end);
                centre.Add([.. events.Skip(events.Count - fresh)]);
            }
        }
    }

    /// <summary>Something about a centre changed that stands elsewhere; pages that show it look again.</summary>
    public void Touched(CentreId id)
    {
        lock (gate)
        {
            Touch(id);
        }
    }

    /// <param name="since">A revision; 0 for all centres.</param>
    /// <param name="now">The revision that this answer stands for.</param>
    /// <returns>Centres that changed after it, worst first, then by name.</returns>
    public IReadOnlyList<CentreSummary> ChangedSince(long since, out long now)
    {
        lock (gate)
        {
            now = revision;
            return [.. centres.Values.Where(centre => centre.Revision > since).Select(centre => centre.Summarise())
                .OrderByDescending(summary => summary.Attention).ThenBy(summary => summary.Name, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc cref="ChangedSince"/>
    public IReadOnlyList<CentreSituation> SituationsSince(long since, out long now)
    {
        lock (gate)
        {
            now = revision;
            return [.. centres.Values.Where(centre => centre.Revision > since).Select(centre => centre.Situation())];
        }
    }

    /// <returns>Null for a centre that was never heard of.</returns>
    public CentreDetail? Find(CentreId id)
    {
        lock (gate)
        {
            return centres.GetValueOrDefault(id)?.Detail();
        }
    }

    /// <returns>The id of a centre that never said its name.</returns>
    public string NameOf(CentreId id)
    {
        lock (gate)
        {
            return centres.GetValueOrDefault(id)?.NameForPeople ?? id.Value;
        }
    }

    public bool Knows(CentreId id)
    {
        lock (gate)
        {
            return centres.ContainsKey(id);
        }
    }

    private Centre? Touch(CentreId id)
    {
        if (!centres.TryGetValue(id, out var centre))
        {
            if (centres.Count >= MaxCentres)
            {
                return null;
            }

            centres.Add(id, centre = new Centre(id));
        }

        centre.Revision = ++revision;
        return centre;
    }

    private static object? TryParse(FactKind kind, ReadOnlyMemory<byte> body)
    {
        try
        {
            return kind switch
            {
                FactKind.State => JsonSerializer.Deserialize(body.Span, StateJson.Default.StateMessage),
                FactKind.Birth => JsonSerializer.Deserialize(body.Span, StateJson.Default.BirthMessage),
                FactKind.Health => JsonSerializer.Deserialize(body.Span, StateJson.Default.HealthMessage),
                _ => JsonSerializer.Deserialize(body.Span, StateJson.Default.DeviceMessage),
            };
        }
        catch (JsonException)
        {
            return null; // An older program took it, this one does not understand it: the centre will say it again.
        }
    }
}
