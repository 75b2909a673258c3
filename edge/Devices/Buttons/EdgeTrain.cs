using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>The raw edges of a line at a moment, for whoever must tell a worn contact from a disturbance.</summary>
/// <param name="Fault">The fault at whose begin they were kept; null for those of now.</param>
/// <param name="At">When, in <see cref="TimeProvider.GetTimestamp"/> units.</param>
/// <param name="Edges">Oldest first, with the kernel's stamps.</param>
public sealed record EdgeRecord(FaultCode? Fault, long At, ImmutableArray<LineEdge> Edges);

/// <summary>Keeps the newest edges of one line, and those that stood there when a fault began. Any thread may look.</summary>
internal sealed class EdgeTrain(TimeProvider time)
{
    /// <summary>A kilobyte a button. Older edges are overwritten: a press with bounces has a dozen, a disturbed line shows its rhythm in fewer.</summary>
    public const int Kept = 64;

    // What a person reads in the detail of a fault.
    private const int WidthsTold = 12;

    private readonly Lock gate = new();
    private LineEdge[]? ring;
    private long taken;
    private EdgeRecord? atFault;

    public void Add(LineEdge edge)
    {
        lock (gate)
        {
            // Most buttons of a bench or a drawer never see one.
            (ring ??= new LineEdge[Kept])[taken++ % Kept] = edge;
        }
    }

    /// <summary>Keeps what stands here now, until the next fault.</summary>
    public void Keep(FaultCode fault)
    {
        lock (gate)
        {
            atFault = new EdgeRecord(fault, time.GetTimestamp(), Newest());
        }
    }

    /// <summary>The edges of now, and those at the begin of the last fault; null when there was none since the start.</summary>
    public (EdgeRecord Now, EdgeRecord? AtFault) Read()
    {
        lock (gate)
        {
            return (new EdgeRecord(null, time.GetTimestamp(), Newest()), atFault);
        }
    }

    /// <summary>How long the last levels lasted, in µs, oldest first: <c>20 133 15</c>; empty with less than two edges.</summary>
    public string Widths()
    {
        var edges = Read().Now.Edges;
        var text = new StringBuilder();
        for (var i = Math.Max(1, edges.Length - WidthsTold); i < edges.Length; i++)
        {
            var micros = (edges[i].Timestamp - edges[i - 1].Timestamp) * 1_000_000d / time.TimestampFrequency;
            text.Append(text.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{micros:0}");
        }

        return text.ToString();
    }

    private ImmutableArray<LineEdge> Newest()
    {
        var count = (int)Math.Min(taken, Kept);
        var edges = ImmutableArray.CreateBuilder<LineEdge>(count);
        for (var i = taken - count; i < taken; i++)
        {
            edges.Add(ring![i % Kept]);
        }

        return edges.MoveToImmutable();
    }
}
