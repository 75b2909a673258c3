namespace MotCua.Edge.Queue.Forecast;

/// <summary>A scene in the numbers that a simulation walks through: services and counters by index, seconds from now.</summary>
internal sealed class SceneRoom
{
    /// <summary>Tickets that a forecast looks at; whoever stands behind them is told nothing. Bounds the time of a forecast.</summary>
    public const int MostAhead = 1_000;

    /// <summary>Counters have numbers up to 99.</summary>
    public const int MostCounters = 128;

    /// <param name="count">Tickets to look at, from the first.</param>
    public SceneRoom(ForecastScene scene, ForecastMemory memory, int count)
    {
        Scene = scene;
        Memory = memory;
        Count = Math.Min(count, MostAhead);
        var index = new Dictionary<ServiceCode, int>();
        foreach (var counter in scene.Counters)
        {
            foreach (var service in counter.Services)
            {
                index.TryAdd(service, index.Count);
            }

            if (counter.Serving is { } serving)
            {
                index.TryAdd(serving, index.Count);
            }
        }

        ServiceOf = new int[Count];
        Arrival = new double[Count];
        Effective = new double[Count];
        KeyOf = new ulong[Count];
        for (var i = 0; i < Count; i++)
        {
            var ticket = scene.Waiting[i];
            (ServiceOf[i], KeyOf[i]) = (index.GetValueOrDefault(ticket.Service, -1), (ulong)ticket.Key);
            (Arrival[i], Effective[i]) = ((ticket.Arrival - scene.Now).TotalSeconds, (ticket.EffectiveArrival - scene.Now).TotalSeconds);
        }

        Services = [.. index.Keys];
        Taken = [.. scene.Counters.Select(counter => counter.Services.Distinct().Select(service => index[service]).ToArray())];
        TakenBy = [.. Services.Select((_, service) => Enumerable.Range(0, Math.Min(Taken.Length, MostCounters)).Where(counter => Taken[counter].Contains(service)).ToArray())];
        ServingOf = [.. scene.Counters.Select(counter => counter is { Does: CounterDoes.Serve, Serving: { } serving } ? index[serving] : -1)];
        Factors = [.. Services.Select(service => memory.Times.ShapeOf(service).Factors(memory.Times.Priors))];
        AbsentShares = memory.Times.Absent.Shares(memory.Times.Priors);
        EmptyCalls = memory.Times.Absent.Lengths.Sorted(ForecastPriors.EmptyCalls);
        Pauses = memory.Pauses.Sorted(ForecastPriors.Pauses);
        Returns = memory.Returns.Sorted(ForecastPriors.LateReturns);
        Sessions = [.. scene.Sessions.Select(s => ((s.From - scene.Now).TotalSeconds, (s.To - scene.Now).TotalSeconds))];
        Kinds = [.. memory.Arrivals.Kinds.Where(kind => Services.Any(s => s.Value == kind.Service))
            .Select(kind => (Array.FindIndex(Services, s => s.Value == kind.Service), kind.CreditMinutes * 60.0, kind.Arrivals))];
        PriorityPerSecond = memory.Arrivals.All > 0 ? memory.Arrivals.PerSecond(scene.Now) * Kinds.Sum(k => k.Item3) / memory.Arrivals.All : 0;
    }

    public ForecastScene Scene { get; }

    public ForecastMemory Memory { get; }

    /// <summary>Waiting tickets that are looked at.</summary>
    public int Count { get; }

    /// <summary>What counters take or serve. It depends on no ticket, so that one ticket more changes no draw of the others.</summary>
    public ServiceCode[] Services { get; }

    /// <summary>The service of each ticket, or -1 if no counter takes it.</summary>
    public int[] ServiceOf { get; }

    /// <summary>Before now, so below zero.</summary>
    public double[] Arrival { get; }

    public double[] Effective { get; }

    public ulong[] KeyOf { get; }

    /// <summary>The services of each counter.</summary>
    public int[][] Taken { get; }

    /// <summary>The counters of each service.</summary>
    public int[][] TakenBy { get; }

    /// <summary>What each counter serves now, or -1.</summary>
    public int[] ServingOf { get; }

    public double[][] Factors { get; }

    /// <summary>By the wait until the call, see <see cref="AbsentHabits.Bin"/>.</summary>
    public double[] AbsentShares { get; }

    public double[] EmptyCalls { get; }

    public double[] Pauses { get; }

    public double[] Returns { get; }

    public (double From, double To)[] Sessions { get; }

    /// <summary>Service, credit in seconds and weight of those who may come and enter ahead.</summary>
    public (int Service, double Credit, double Weight)[] Kinds { get; }

    public double PriorityPerSecond { get; }
}
