using MotCua.CloudBridge.Views;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store.Sql;

/// <summary>Writes views of one generation after another; every write asks first that nobody else wrote.</summary>
internal sealed class ViewWriter(ISqlConnection connection) : IViewWriter
{
    // So much is removed of old views at once: a few ten milliseconds.
    private const long ClearedAtOnce = 5_000;

    /// <summary>First of all in a transaction that is about more than one generation.</summary>
    public const string LockWhole = "UPDATE view_generations SET whole = whole WHERE gen = (SELECT max(gen) FROM view_generations WHERE whole = 1)";

    public bool TryLead() => connection.TryLead();

    public ViewGeneration Begin(int version)
    {
        var id = 0L;
        connection.Transact(() =>
        {
            // Not while somebody forgets events: what begins after that must know of it.
            connection.Run(LockWhole);
            id = connection.Query("SELECT coalesce(max(gen), 0) + 1 FROM view_generations", row => row.GetInt64(0)).Single();
            connection.Run("INSERT INTO view_generations VALUES ($1, $2, 0, 0, 0, 0, 0, 0)", id, (long)version);
        });
        return new ViewGeneration(id, version, 0, false, 0, 0, 0, 0);
    }

    public void Carry(long generation, CentreId centre, IReadOnlyList<TicketView> tickets, IReadOnlyList<FaultView> faults, long frozenUpTo, long? row)
    {
        var changes = new ViewChanges();
        foreach (var ticket in tickets)
        {
            ticket.FrozenUpTo = Math.Max(ticket.FrozenUpTo, frozenUpTo);
            changes.Added(ticket);
        }

        foreach (var fault in faults)
        {
            fault.FrozenUpTo = Math.Max(fault.FrozenUpTo, frozenUpTo);
            changes.Changed(fault);
        }

        var desk = new CentreDesk(centre, DeskState.Empty with { Tickets = tickets.Select(one => one.Ordinal).LastOrDefault(), Faults = faults.Select(one => one.Ordinal).LastOrDefault() }, [], []);
        connection.Transact(() =>
        {
            // One after another, so that of two rebuilds which take the same over one finds it done.
            if (connection.Run("UPDATE view_generations SET position = position WHERE gen = $1", generation) == 0)
            {
                throw new ViewsMovedException();
            }

            if (connection.Query("SELECT 1 FROM view_desks WHERE gen = $1 AND centre = $2", _ => true, generation, centre.Value).Count > 0)
            {
                return; // Taken over before, or by another.
            }

            Put(generation, changes, row);
            connection.Put(ViewTables.Desks, [ViewRows.Of(generation, desk)]);
        });
    }

    public CentreDesk Load(long generation, CentreId centre)
    {
        var state = connection.Query(
            $"SELECT {ViewRows.DeskColumns} FROM view_desks WHERE gen = $1 AND centre = $2", ViewRows.ReadDesk, generation, centre.Value).FirstOrDefault(DeskState.Empty);
        var tickets = connection.Query($"SELECT {ViewTables.Tickets.ColumnNames} FROM view_tickets WHERE gen = $1 AND centre = $2 AND live = 1", ViewRows.ReadTicket, generation, centre.Value);
        // Pending times of a fault that is over: the lowest three bits of its doubts.
        var faults = connection.Query(
            $"SELECT {ViewTables.Faults.ColumnNames} FROM view_faults WHERE gen = $1 AND centre = $2 AND (to_ms IS NULL OR doubts % 8 <> 0)", ViewRows.ReadFault, generation, centre.Value);
        return new CentreDesk(centre, state, tickets, faults);
    }

    public ViewGeneration Commit(ViewGeneration generation, long row, ViewChanges changes)
    {
        var gen = generation.Id;
        var after = generation with
        {
            Row = row, Events = generation.Events + changes.Events, Unknown = generation.Unknown + changes.Unknown, Broken = generation.Broken + changes.Broken,
            Orphaned = generation.Orphaned + changes.Orphaned,
        };
        connection.Transact(() =>
        {
            var moved = connection.Run(
                "UPDATE view_generations SET position = $1, events = $2, unknown = $3, broken = $4, orphaned = $5 WHERE gen = $6 AND position = $7 AND whole = $8",
                row, after.Events, after.Unknown, after.Broken, after.Orphaned, gen, generation.Row, generation.IsWhole ? 1L : 0L);
            if (moved != 1)
            {
                throw new ViewsMovedException();
            }

            Put(gen, changes, null);
            connection.Put(ViewTables.Desks, [.. changes.Desks.Select(desk => ViewRows.Of(gen, desk))]);
        });
        return after;
    }

    public bool Switch(ViewGeneration generation)
    {
        var switched = false;
        connection.Transact(() =>
        {
            // All generations are locked in one order, so that no commit of the one that is whole comes between.
            connection.Run(LockWhole);
            var ahead = connection.Query("SELECT position FROM view_generations WHERE whole = 1 AND position > $1", row => row.GetInt64(0), generation.Row);
            if (ahead.Count > 0)
            {
                return;
            }

            connection.Run("UPDATE view_generations SET whole = 0 WHERE whole = 1");
            switched = connection.Run("UPDATE view_generations SET whole = 1 WHERE gen = $1 AND position = $2", generation.Id, generation.Row) == 1
                ? true : throw new ViewsMovedException();
        });
        return switched;
    }

    public bool Clear(long generation)
    {
        foreach (var name in ViewTables.Names)
        {
            var keys = name switch
            {
                "view_desks" => "gen, centre",
                "view_figures" => "gen, day, centre, hour, service",
                "view_durations" => "gen, day, centre, hour, service, kind, step",
                _ => "gen, centre, ordinal",
            };
            if (connection.Run($"DELETE FROM {name} WHERE ({keys}) IN (SELECT {keys} FROM {name} WHERE gen = $1 LIMIT $2)", generation, ClearedAtOnce) > 0)
            {
                return true;
            }
        }

        connection.Run("DELETE FROM view_generations WHERE gen = $1 AND whole = 0", generation);
        return false;
    }

    public void Dispose() => connection.Dispose();

    private void Put(long gen, ViewChanges changes, long? row)
    {
        connection.Put(ViewTables.Tickets, [.. changes.Tickets.Select(ticket => ViewRows.Of(gen, ticket, row))]);
        connection.Put(ViewTables.Figures, [.. changes.Figures().Select(pair => ViewRows.Of(gen, pair.Key, pair.Value))]);
        connection.Put(ViewTables.Durations, [.. changes.Durations().Select(pair => ViewRows.Of(gen, pair.Key, pair.Value))]);
        connection.Put(ViewTables.Faults, [.. changes.Faults.Select(fault => ViewRows.Of(gen, fault, row))]);
    }
}
