using MotCua.Fleet.Centres;
using MotCua.Fleet.Lines;

namespace MotCua.Fleet;

/// <summary>A thread with a share of the centres: their days, their loops and their sockets. What a centre does happens here and nowhere else.</summary>
internal sealed class FleetThread
{
    // Pauses before a re-connect end on a timer's thread, which cannot wake a poll; nobody waits longer for it.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider time = TimeProvider.System;
    private readonly IReadOnlyList<VirtualCentre> centres;
    private readonly DateTimeOffset begin;
    private readonly double speed;
    private readonly PollSet sockets = new();
    private readonly PriorityQueue<VirtualCentre, long> days = new();
    private readonly Thread thread;
    private volatile bool stopping;

    /// <param name="begin">Where the world stands when it starts.</param>
    /// <param name="speed">As in <see cref="FleetOptions.Speed"/>.</param>
    public FleetThread(IReadOnlyList<VirtualCentre> centres, FleetLine line, int seed, DateTimeOffset begin, double speed)
    {
        (this.centres, this.begin, this.speed) = (centres, begin, speed);
        foreach (var centre in centres)
        {
            centre.Connect(new PolledLink(sockets, time), line, Days.DayChance.Of(seed, centre.Number, "reconnect"));
            days.Enqueue(centre, centre.NextAct.UtcTicks);
        }

        thread = new Thread(Run) { IsBackground = true, Name = "fleet" };
    }

    /// <summary>What ended the thread before its time; null while all is well.</summary>
    public Exception? Failure { get; private set; }

    public void Start() => thread.Start();

    /// <summary>Ends the thread; the centres say goodbye.</summary>
    public void Stop()
    {
        stopping = true;
        thread.Join();
        foreach (var centre in centres)
        {
            centre.Goodbye();
        }
    }

    private void Run()
    {
        try
        {
            var started = time.GetTimestamp();
            var lookedAt = started;
            while (!stopping)
            {
                var rest = PassDays(begin + (time.GetElapsedTime(started) * speed));
                rest = StepAll(rest);
                sockets.Wait(rest);
                if (time.GetElapsedTime(lookedAt) >= LookEvery)
                {
                    sockets.Look();
                    lookedAt = time.GetTimestamp();
                }
            }
        }
        catch (Exception e) // Told to whoever waits for the fleet.
        {
            Failure = e;
        }
    }

    /// <returns>How long nothing happens in anybody's day.</returns>
    private TimeSpan PassDays(DateTimeOffset now)
    {
        if (speed <= 0)
        {
            return LongestRest;
        }

        while (days.TryPeek(out var centre, out var at) && at <= now.UtcTicks)
        {
            centre.Advance(now);
            days.DequeueEnqueue(centre, centre.NextAct.UtcTicks);
        }

        return days.TryPeek(out _, out var next) && TimeSpan.FromTicks(next - now.UtcTicks) / speed is var rest && rest < LongestRest ? rest : LongestRest;
    }

    private TimeSpan StepAll(TimeSpan rest)
    {
        var now = time.GetTimestamp();
        var next = long.MaxValue;
        foreach (var centre in centres)
        {
            next = Math.Min(next, centre.Step(now));
        }

        var untilNext = next == long.MaxValue ? LongestRest : time.GetElapsedTime(now, next);
        return untilNext <= TimeSpan.Zero ? TimeSpan.Zero : untilNext < rest ? untilNext : rest;
    }
}
