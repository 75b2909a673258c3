using MotCua.Fleet.Days;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.Fleet;

/// <summary>What a fleet is made of.</summary>
/// <param name="Centres">How many, 1 to 3,321.</param>
/// <param name="Seed">The same seed makes the same centres and the same days.</param>
/// <param name="Begin">Where the days begin.</param>
internal sealed record FleetOptions(int Centres, int Seed, DateTimeOffset Begin)
{
    /// <summary>Number of the first centre, from 1.</summary>
    public int First { get; init; } = 1;

    public WorkingHours Hours { get; init; }

    /// <summary>False: nothing breaks and no line is cut by itself.</summary>
    public bool Troubles { get; init; } = true;

    /// <summary>How much faster than time the days go by; 0: they stand still.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Budget of a centre's card; past it the oldest go with a declared gap. 4 MB are some 10,000 events, a month offline.</summary>
    public long CardBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Threads that the centres are shared out to.</summary>
    public int Threads { get; init; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Identity of a centre's journal, by its number; null: from the seed. A fleet that meets a bridge which knows an older one of the same seed needs fresh ones.</summary>
    public Func<int, EpochId>? EpochOf { get; init; }
}

/// <summary>Where the centres send to.</summary>
/// <param name="TlsOf">Files of a centre's mutual TLS; null for a plain line.</param>
internal sealed record FleetLine(string Host, int Port, ProvinceKey Province, Func<CentreId, MqttTls>? TlsOf = null);
