namespace MotCua.Bench.Forecast;

internal enum CounterDoing
{
    Free,
    Serve,
    Pause,
    Home,
}

/// <summary>A counter of the simulated centre and what it does until when.</summary>
internal sealed class WorldCounter(int id, int[] services, double slowness)
{
    public WorldCounter(WorldCounter other)
        : this(other.Id, other.Services, other.Slowness) =>
        (Does, Since, Until, Serving, Waited, Absent) = (other.Does, other.Since, other.Until, other.Serving, other.Waited, other.Absent);

    public int Id { get; } = id;

    public int[] Services { get; } = services;

    public double Slowness { get; } = slowness;

    public CounterDoing Does { get; private set; }

    public double Since { get; set; }

    public double Until { get; set; }

    public int Serving { get; private set; }

    /// <summary>How long the ticket at the counter had waited.</summary>
    public double Waited { get; private set; }

    /// <summary>The called citizen is not there; nobody knows before the third call.</summary>
    public bool Absent { get; set; }

    public void Begin(CounterDoing does, double now, double until) => (Does, Since, Until) = (does, now, until);

    public void Serve(WorldTicket ticket, bool absent, double now, double until)
    {
        (Serving, Waited, Absent) = (ticket.Service, now - ticket.Arrival, absent);
        Begin(CounterDoing.Serve, now, until);
    }
}

/// <summary>A ticket of the simulated centre; times in seconds of the day.</summary>
internal sealed class WorldTicket(long key, int service, double arrival, double credit)
{
    public WorldTicket(WorldTicket other)
        : this(other.Key, other.Service, other.Arrival, other.Credit) => Overtaken = other.Overtaken;

    public long Key { get; } = key;

    public int Service { get; } = service;

    public double Arrival { get; } = arrival;

    public double Credit { get; } = credit;

    public double Effective => Arrival - Credit;

    public int Overtaken { get; set; }
}

/// <summary>What a box at the centre sees of the day.</summary>
internal interface IDayWatcher
{
    void Issued(WorldDay day, WorldTicket ticket);

    void Called(WorldTicket ticket, double now);

    void Served(WorldCounter counter, double seconds);

    void NotThere(WorldCounter counter, double seconds);

    void Paused(double seconds);

    void Returned(double late);
}
