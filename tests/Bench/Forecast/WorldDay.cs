namespace MotCua.Bench.Forecast;

/// <summary>A day of a simulated centre, event by event. Chance is drawn when a thing happens and not before, so a day can be forked and go on differently.</summary>
internal sealed class WorldDay
{
    private readonly WorldCentre centre;
    private readonly IDayWatcher? watcher;
    private readonly double[] factors;
    private readonly double arrivalsPerSecond;
    private readonly List<WorldTicket> waiting;
    private Random random;
    private double nextArrival;
    private long lastKey;

    public WorldDay(WorldCentre centre, Random random, IDayWatcher watcher)
    {
        (this.centre, this.random, this.watcher) = (centre, random, watcher);
        arrivalsPerSecond = (centre.Busy ? random.Next(150, 301) : random.Next(30, 71)) / WorldCentre.RateOfDay;

        // A slow day is slow for everybody; each service has its own days as well.
        var day = random.LogNormal(1, 0.12);
        factors = [.. centre.Scale.Select(scale => scale * day * random.LogNormal(1, 0.07))];

        // One in twelve clerks is stood in for today.
        Counters = [.. centre.Counters.Select((services, i) => new WorldCounter(i + 1, services, random.Next(12) == 0 ? random.LogNormal(1, 0.15) : centre.Clerks[i]))];
        foreach (var counter in Counters)
        {
            GoHome(counter, 0);
        }

        waiting = [];
        nextArrival = AfterArrival(6 * 3600);
    }

    private WorldDay(WorldDay day, Random random)
    {
        (centre, this.random, factors, arrivalsPerSecond, lastKey) = (day.centre, random, day.factors, day.arrivalsPerSecond, day.lastKey);
        Now = day.Now;
        waiting = [.. day.waiting.Select(ticket => new WorldTicket(ticket))];
        Counters = [.. day.Counters.Select(counter => new WorldCounter(counter))];
        nextArrival = AfterArrival(Now);
        foreach (var counter in Counters)
        {
            GoOnDifferently(counter);
        }
    }

    /// <summary>Second of the day.</summary>
    public double Now { get; private set; }

    public WorldCounter[] Counters { get; }

    /// <summary>In the order of calling, as far as it is known.</summary>
    public IEnumerable<WorldTicket> Waiting => waiting.OrderByDescending(t => t.Overtaken >= WorldCentre.MostOvertakings).ThenBy(t => t.Effective).ThenBy(t => t.Key);

    /// <summary>The newest ticket that was called.</summary>
    public WorldTicket? Called { get; private set; }

    /// <summary>The same day with the same truth, seen from now; what has not happened yet may happen otherwise.</summary>
    public WorldDay Fork(Random chance) => new(this, chance);

    /// <summary>Does what comes next.</summary>
    /// <returns>False when the day is over. Who waits then was not served.</returns>
    public bool Step()
    {
        var counter = Counters.MinBy(c => c.Until)!;
        var at = Math.Min(nextArrival, counter.Until);
        if (double.IsInfinity(at))
        {
            return false;
        }

        Now = at;
        if (nextArrival <= counter.Until)
        {
            nextArrival = AfterArrival(at);
            Arrive();
        }
        else
        {
            End(counter);
        }

        return true;
    }

    private static (double From, double To)? SessionAt(double at) =>
        Array.Find(WorldCentre.Sessions, s => s.From <= at && at < s.To) is { To: > 0 } session ? session : null;

    private void Arrive()
    {
        var (kind, credit) = (random.NextDouble(), 0.0);
        foreach (var (share, minutes) in WorldCentre.Priorities)
        {
            credit = kind >= 0 && kind < share ? minutes * 60 : credit;
            kind -= share;
        }

        var ticket = new WorldTicket(++lastKey, centre.AnyService(random), Now, credit);
        waiting.Add(ticket);
        watcher?.Issued(this, ticket);
        var free = Array.FindIndex(Counters, c => c.Does == CounterDoing.Free && SessionAt(Now) is not null && c.Services.Contains(ticket.Service));
        if (free >= 0)
        {
            CallNext(Counters[free]);
        }
    }

    private void End(WorldCounter counter)
    {
        var length = Now - counter.Since;
        switch (counter.Does)
        {
            case CounterDoing.Serve when counter.Absent:
                watcher?.NotThere(counter, length);
                break;

            case CounterDoing.Serve:
                watcher?.Served(counter, length);
                break;

            case CounterDoing.Pause:
                watcher?.Paused(length);
                break;

            case CounterDoing.Home when SessionAt(Now) is { } session:
                watcher?.Returned(Now - session.From);
                break;
        }

        if (SessionAt(Now) is null)
        {
            GoHome(counter, Now);
        }
        else if (counter.Does == CounterDoing.Serve && random.NextDouble() < 1 - Math.Exp(-centre.PausesPerHour * length / 3600))
        {
            counter.Begin(CounterDoing.Pause, Now, Now + PauseLength());
        }
        else
        {
            CallNext(counter);
        }
    }

    private void CallNext(WorldCounter counter)
    {
        var eligible = Waiting.Where(ticket => counter.Services.Contains(ticket.Service));
        if (eligible.FirstOrDefault() is not { } ticket)
        {
            // Free until somebody comes; at the end of the session the clerk goes.
            counter.Begin(CounterDoing.Free, Now, SessionAt(Now)!.Value.To);
            return;
        }

        foreach (var passed in waiting.Where(t => t.Arrival < ticket.Arrival && counter.Services.Contains(t.Service)))
        {
            passed.Overtaken++;
        }

        waiting.Remove(ticket);
        Called = ticket;
        watcher?.Called(ticket, Now);

        // The longer the wait, the more have left.
        var absent = random.NextDouble() < AbsentAfter(Now - ticket.Arrival);
        counter.Serve(ticket, absent, Now, Now + Length(counter, ticket.Service, absent));
    }

    private static double AbsentAfter(double seconds) => Math.Min(0.15, 0.03 + (0.0007 * seconds / 60));

    private void GoHome(WorldCounter counter, double now)
    {
        var next = Array.FindIndex(WorldCentre.Sessions, session => session.From > now);
        counter.Begin(CounterDoing.Home, now, next < 0 ? double.PositiveInfinity : WorldCentre.Sessions[next].From + Late());
    }

    // A fork keeps what can be seen and draws the rest again: how long the present service, pause or absence still lasts.
    private void GoOnDifferently(WorldCounter counter)
    {
        var passed = Now - counter.Since;
        switch (counter.Does)
        {
            case CounterDoing.Serve:
                var (share, length) = (AbsentAfter(counter.Waited), 0.0);
                for (var tries = 0; tries < 300 && length <= passed; tries++)
                {
                    counter.Absent = random.NextDouble() < share;
                    length = Length(counter, counter.Serving, counter.Absent);
                }

                counter.Until = counter.Since + (length > passed ? length : passed * (1 + (0.3 * random.Exponential())));
                break;

            case CounterDoing.Pause:
                counter.Until = Now + Beyond(PauseLength, passed);
                break;

            case CounterDoing.Home when SessionAt(Now) is { } session:
                counter.Until = Now + Beyond(Late, Now - session.From);
                break;

            case CounterDoing.Home:
                GoHomeAgain(counter);
                break;
        }
    }

    private void GoHomeAgain(WorldCounter counter)
    {
        var since = counter.Since;
        GoHome(counter, Now);
        counter.Since = since;
    }

    private double Beyond(Func<double> draw, double passed)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if (draw() is var length && length > passed)
            {
                return length - passed;
            }
        }

        return passed * 0.3 * random.Exponential();
    }

    private double Length(WorldCounter counter, int service, bool absent) => absent
        ? 60 + (60 * random.NextDouble())
        : Math.Max(15, WorldService.All[service].Minutes(random) * 60 * factors[service] * counter.Slowness);

    private double PauseLength() => 120 + random.Gamma(1.6, 300);

    private double Late() => random.Gamma(1.2, 100);

    private double AfterArrival(double at)
    {
        // Thinning: candidates at the highest rate of the day, kept in proportion.
        do
        {
            at += random.Exponential() / (WorldCentre.HighestRate * arrivalsPerSecond);
        }
        while (at < 24 * 3600 && random.NextDouble() * WorldCentre.HighestRate >= WorldCentre.RateAt(at));

        return at < 24 * 3600 ? at : double.PositiveInfinity;
    }
}
