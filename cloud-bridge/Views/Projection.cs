using System.Text.Json;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Views;

/// <summary>Goes through the log, all centres in the order of commit, and brings one generation of the views up. Used by one thread.</summary>
/// <param name="mostInMemory">Tickets and faults.</param>
/// <remarks><code>stretches after the generation's row ─► desks of their centres ─► what changed and the new row, in one transaction</code></remarks>
public sealed class Projection(IBridgeStore store, IViewWriter writer, ViewGeneration generation, int mostInMemory = Projection.MostInMemory)
{
    /// <summary>Number of these rules: views that another number made are made again.</summary>
    public const int Version = 1;

    // A commit for so much: large enough that its price is nothing for each event, small enough that ingest waits some tenths of a second for it at most.
    private const int MostEvents = 10_000;
    private const int MostRows = 1_000;
    private const int RowsAtOnce = 64;

    /// <summary>The day of a thousand centres, some 60 MB. Past it the centres that were silent longest are forgotten, down to three quarters, and read again when they speak.</summary>
    public const int MostInMemory = 120_000;

    private readonly Dictionary<CentreId, (CentreDesk Desk, long Row)> desks = [];

    public ViewGeneration Generation { get; private set; } = generation;

    /// <returns>How many stretches were taken; 0 when there is nothing new.</returns>
    /// <exception cref="ViewsMovedException">Another projection writes this generation.</exception>
    public int Step()
    {
        try
        {
            var changes = new ViewChanges();
            var (row, rows) = (Generation.Row, 0);
            while (rows < MostRows && changes.Events < MostEvents)
            {
                var stretches = store.ReadStretches(row, RowsAtOnce);
                foreach (var stretch in stretches)
                {
                    Take(stretch, changes);
                    row = stretch.Row;
                }

                rows += stretches.Count;
                if (stretches.Count < RowsAtOnce)
                {
                    break;
                }
            }

            if (rows > 0)
            {
                Generation = writer.Commit(Generation, row, changes);
                Forget();
            }

            return rows;
        }
        catch
        {
            desks.Clear(); // They may know what was not written.
            throw;
        }
    }

    private void Take(StoredStretch stretch, ViewChanges changes)
    {
        var centre = stretch.Log.Centre;
        var desk = desks.TryGetValue(centre, out var known) ? known.Desk : writer.Load(Generation.Id, centre);
        desks[centre] = (desk, stretch.Row);

        foreach (var one in stretch.Events)
        {
            changes.Count(desk);
            if (TryRead(one) is { } read)
            {
                desk.Apply(read, stretch.Row, changes);
            }
            else
            {
                changes.Broken++;
            }
        }
    }

    private void Forget()
    {
        var rows = desks.Values.Sum(one => (long)one.Desk.Size);
        if (rows <= mostInMemory)
        {
            return;
        }

        foreach (var (centre, (desk, _)) in desks.OrderBy(one => one.Value.Row).ToList())
        {
            desks.Remove(centre);
            rows -= desk.Size;
            if (rows <= mostInMemory / 4 * 3)
            {
                return;
            }
        }
    }

    // Ingest asks an event for its place in the chain only: what else stands in it may be anything.
    private static ReadEvent? TryRead(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return EventCodec.Read(bytes.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or OverflowException or ArgumentException or FormatException)
        {
            return null;
        }
    }
}
