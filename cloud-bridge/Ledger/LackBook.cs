using MotCua.Protocols;

namespace MotCua.CloudBridge.Ledger;

/// <summary>All lacks of one kind of a centre.</summary>
public sealed class LackGroup(CentreId centre, LackKind what)
{
    private readonly List<LedgerLack> first = [];

    public CentreId Centre => centre;

    public LackKind What => what;

    /// <summary>How many there are.</summary>
    public long Places { get; private set; }

    /// <summary>Events in them together, at most <see cref="LedgerDay.Most"/>.</summary>
    public long Events { get; private set; }

    /// <summary>The first of them, in the order in which they were found.</summary>
    public IReadOnlyList<LedgerLack> First => first;

    internal void Add(LedgerLack lack, int most)
    {
        Places++;
        Events = Math.Min(LedgerDay.Most, Events + LedgerDay.Length(lack.From, lack.To));
        if (first.Count < most)
        {
            first.Add(lack);
        }
    }
}

/// <summary>Lacks by centre and kind: how many there are, and the first exactly. A centre that lacks very much hides nothing of another, and takes no more room than others.</summary>
/// <param name="most">Of each centre and kind that are kept exactly.</param>
internal sealed class LackBook(int most)
{
    private static readonly LackKind[] Kinds = Enum.GetValues<LackKind>();

    private readonly Dictionary<(CentreId Centre, LackKind What), LackGroup> groups = [];

    /// <summary>By centre, then by kind.</summary>
    public IEnumerable<LackGroup> All => groups.Values.OrderBy(group => group.Centre.Value, StringComparer.Ordinal).ThenBy(group => group.What);

    public IEnumerable<LackGroup> Of(CentreId centre) => Kinds.Select(what => groups.GetValueOrDefault((centre, what))).OfType<LackGroup>();

    public void Add(LedgerLack lack)
    {
        if (!groups.TryGetValue((lack.Centre, lack.What), out var group))
        {
            groups.Add((lack.Centre, lack.What), group = new LackGroup(lack.Centre, lack.What));
        }

        group.Add(lack, most);
    }
}
