using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours;
using MotCua.Edge.Devices.Neighbours.Probes;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>Makes the watch over a centre's neighbours; nothing of it is loaded in a centre that names none.</summary>
internal static class NeighbourParts
{
    public static NeighbourWatch? Of(CentreOptions options, EdgeSeams seams, IDeviceReports reports) => options.Neighbours.IsEmpty
        ? null
        : new NeighbourWatch(
            options.Neighbours.Select(one => (one.Neighbour, ProbeOf(one, seams))), seams.Time,
            new Random(seams.Random.Next()), // Its own: the uplink draws from the other on its own thread.
            reports);

    /// <summary>The kind as the file spells it, which the province is told.</summary>
    public static string NameOf(NeighbourKind kind) => Loop.WireWord.Of(kind);

    private static IProbe ProbeOf(NeighbourEntry one, EdgeSeams seams)
    {
        var watch = one.Watch;
        return watch.Method switch
        {
            WatchMethod.Ping => new PingProbe(watch.Host),
            WatchMethod.Tcp => new TcpProbe(watch.Host, watch.Port),
            WatchMethod.Dns => new DnsProbe(watch.Host, watch.Resolver, forInternet: one.Neighbour.Kind == NeighbourKind.Internet),
            WatchMethod.Http => new HttpProbe(watch.Where!, () => seams.Identity.Clock.Now() == ClockTrust.Unsynced ? null : seams.Time.GetUtcNow()),
            WatchMethod.Ipp => new IppProbe(watch.Where!),
            _ => new SnmpProbe(watch.Host, watch.Port, watch.Community!, one.Neighbour.Kind == NeighbourKind.OfficePrinter, seams.Time),
        };
    }
}
