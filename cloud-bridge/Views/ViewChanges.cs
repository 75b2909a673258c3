namespace MotCua.CloudBridge.Views;

/// <summary>What a stretch of the log changed in the views, each row once, however often it changed.</summary>
public sealed class ViewChanges
{
    private readonly Dictionary<TicketView, Contribution?> tickets = [];
    private readonly HashSet<FaultView> faults = [];
    private readonly HashSet<CentreDesk> desks = [];

    public IReadOnlyCollection<TicketView> Tickets => tickets.Keys;

    public IReadOnlyCollection<FaultView> Faults => faults;

    public IReadOnlyCollection<CentreDesk> Desks => desks;

    /// <summary>Events of the stretch.</summary>
    public long Events { get; private set; }

    /// <summary>Events of types that this version does not know.</summary>
    public long Unknown { get; set; }

    /// <summary>Events whose bytes say nothing that can be used.</summary>
    public long Broken { get; set; }

    /// <summary>Events about tickets that are not there: those were issued in a part of the log that was lost.</summary>
    public long Orphaned { get; set; }

    public void Count(CentreDesk desk)
    {
        Events++;
        desks.Add(desk);
    }

    /// <summary>To be called before each change of the ticket.</summary>
    public void Changing(TicketView ticket)
    {
        if (!tickets.ContainsKey(ticket))
        {
            tickets.Add(ticket, Contribution.Of(ticket));
        }
    }

    public void Added(TicketView ticket) => tickets.Add(ticket, null);

    public void Changed(FaultView fault) => faults.Add(fault);

    /// <summary>By how much each row of the figures changes; rows that stay as they are do not come.</summary>
    public Dictionary<FigureKey, FigureCounts> Figures()
    {
        var figures = new Dictionary<FigureKey, FigureCounts>();
        foreach (var (before, after) in Moves())
        {
            Add(before, -1);
            Add(after, 1);
        }

        return figures.Where(row => row.Value != default).ToDictionary();

        void Add(Contribution? some, int sign)
        {
            if (some is { } one)
            {
                figures[one.Key] = figures.GetValueOrDefault(one.Key) + (sign > 0 ? one.Counts : -one.Counts);
            }
        }
    }

    /// <summary>By how much each count of a step of durations changes.</summary>
    public Dictionary<(FigureKey Key, DurationKind Kind, int Step), long> Durations()
    {
        var counts = new Dictionary<(FigureKey, DurationKind, int), long>();
        foreach (var (before, after) in Moves())
        {
            Add(before, -1);
            Add(after, 1);
        }

        return counts.Where(row => row.Value != 0).ToDictionary();

        void Add(Contribution? some, int sign)
        {
            AddStep(some?.Key, DurationKind.Waiting, some?.WaitingStep, sign);
            AddStep(some?.Key, DurationKind.Service, some?.ServiceStep, sign);
        }

        void AddStep(FigureKey? key, DurationKind kind, int? step, int sign)
        {
            if (key is { } row && step is { } of)
            {
                counts[(row, kind, of)] = counts.GetValueOrDefault((row, kind, of)) + sign;
            }
        }
    }

    private IEnumerable<(Contribution? Before, Contribution After)> Moves() => tickets.Select(pair => (pair.Value, Contribution.Of(pair.Key)));
}
