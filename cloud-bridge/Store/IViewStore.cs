using MotCua.CloudBridge.Views;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>One generation of the views: what a version of the projection made of the log up to a row. Pages read the one that is whole; a rebuild fills another beside it.</summary>
/// <param name="Id">From 1; a later one replaces an earlier one.</param>
/// <param name="Version">Of the program's rules that made it.</param>
/// <param name="Row">Newest stretch of the log that is in it, as <see cref="EventPosition.Row"/>.</param>
/// <param name="IsWhole">Pages read it; of all generations exactly one, once there is any.</param>
/// <param name="Events">Events gone through.</param>
/// <param name="Unknown">Of them, of types that this version does not know.</param>
/// <param name="Broken">Of them, unusable.</param>
/// <param name="Orphaned">Of them, about tickets that are not there.</param>
public sealed record ViewGeneration(long Id, int Version, long Row, bool IsWhole, long Events, long Unknown, long Broken, long Orphaned);

/// <summary>How far the views are behind the log.</summary>
/// <param name="Rows">Stretches that are not in them.</param>
/// <param name="Oldest">When the province received the first of those; null when there are none.</param>
public sealed record ViewLag(long Rows, DateTimeOffset? Oldest);

/// <summary>The views of the log: tickets, daily figures, faults. Everything in them can be made again from the log.</summary>
/// <remarks>Every operation throws <see cref="BridgeStoreException"/> when the engine fails.</remarks>
public interface IViewStore : IOldViews
{
    /// <summary>A connection for one projection; used by one thread at a time.</summary>
    IViewWriter OpenWriter();

    /// <summary>All generations, the oldest first.</summary>
    IReadOnlyList<ViewGeneration> ReadGenerations();

    /// <param name="row">Newest stretch that somebody has.</param>
    ViewLag ReadLag(long row);

    /// <summary>Daily figures of all centres, or one, from the whole generation.</summary>
    /// <param name="to">Included.</param>
    IReadOnlyList<FigureRow> ReadFigures(DateOnly from, DateOnly to, CentreId? centre);

    /// <summary>How many waits and services each step of <see cref="DurationSteps"/> has, over the days together.</summary>
    /// <param name="to">Included.</param>
    IReadOnlyList<DurationRow> ReadDurations(DateOnly from, DateOnly to, CentreId? centre);

    /// <summary>Tickets of a centre on a day, in the order in which they were issued.</summary>
    /// <param name="after">Ordinal of the last one that the reader has; 0 from the beginning.</param>
    IReadOnlyList<TicketView> ReadTickets(CentreId centre, DateOnly day, long after, int limit);

    /// <returns>The ticket of a citizen's token; null when there is none, or its day is over.</returns>
    TicketView? FindTicket(string token);

    /// <summary>Faults that lasted at any moment between two, of one centre or all, oldest first.</summary>
    IReadOnlyList<FaultView> ReadFaults(DateTimeOffset from, DateTimeOffset to, CentreId? centre, int limit);
}

/// <param name="Counts">Of the tickets of that row.</param>
public sealed record FigureRow(FigureKey Key, FigureCounts Counts);

/// <param name="Step">As in <see cref="DurationSteps"/>.</param>
public sealed record DurationRow(CentreId Centre, string Service, DurationKind Kind, int Step, long Count);

/// <summary>One projection's hold on the views.</summary>
public interface IViewWriter : IDisposable
{
    /// <summary>Becomes the one that keeps the views up, or stays it.</summary>
    /// <returns>False while another bridge is. Who leads does so until its connection ends.</returns>
    bool TryLead();

    /// <summary>Begins a generation with nothing in it.</summary>
    ViewGeneration Begin(int version);

    /// <summary>Takes over what another generation knows of a centre's forgotten events, once.</summary>
    /// <param name="frozenUpTo">Events up to this row are in it already.</param>
    /// <param name="row">Of the rows when they are in another store; null: as they are.</param>
    void Carry(long generation, CentreId centre, IReadOnlyList<TicketView> tickets, IReadOnlyList<FaultView> faults, long frozenUpTo, long? row);

    /// <summary>What a generation knows of a centre.</summary>
    CentreDesk Load(long generation, CentreId centre);

    /// <summary>Writes all changes and the new position, or nothing.</summary>
    /// <param name="generation">As it was read; where it has moved since, nothing is written.</param>
    /// <param name="row">Newest stretch that is in the changes.</param>
    /// <exception cref="ViewsMovedException">Another projection wrote, or it is gone.</exception>
    ViewGeneration Commit(ViewGeneration generation, long row, ViewChanges changes);

    /// <summary>Pages read this generation from now on, and no longer the others.</summary>
    /// <returns>False when the one that is whole has come further meanwhile; then nothing changed.</returns>
    bool Switch(ViewGeneration generation);

    /// <summary>Removes rows of a generation that nobody reads, in pieces that hold nobody up.</summary>
    /// <returns>False when nothing of it is left.</returns>
    bool Clear(long generation);
}

/// <summary>Another projection has written to these views: nothing is wrong, and where they stand now can be read.</summary>
public sealed class ViewsMovedException() : BridgeStoreException("Another projection has written to these views.");
