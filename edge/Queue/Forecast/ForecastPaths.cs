namespace MotCua.Edge.Queue.Forecast;

/// <summary>Plays the room forward many times with different chances.</summary>
/// <remarks>
/// Ticket by ticket in the order of calling, each to the counter that is free first among those which take it. All wait already, so this gives the same
/// calls as playing by the clock, and whoever stands behind the ticket asked for need not be played.
/// </remarks>
internal sealed class ForecastPaths
{
    /// <summary>The fifth smallest of the waits bounds exactly one tenth from below, and likewise from above.</summary>
    public const int Paths = 49;

    private const ulong AtCounters = 1UL << 61;

    // A moment is its millisecond, shifted, and the index of the counter that is free then: the first of some is found without a branch.
    private const int CounterBits = 7;
    private const long Never = long.MaxValue;

    private readonly SceneRoom room;
    private readonly ulong seed;
    private readonly EffectDraws effects;
    private readonly PathNewcomers newcomers;
    private readonly long[] free;
    private readonly (double From, double To) session;
    private readonly double pausesPerSecond;

    public ForecastPaths(SceneRoom room, ulong seed)
    {
        (this.room, this.seed) = (room, seed);
        (effects, newcomers) = (new EffectDraws(room), new PathNewcomers(room));
        free = new long[Math.Min(room.Taken.Length, SceneRoom.MostCounters)];
        session = room.Sessions.FirstOrDefault(s => s.From <= 0 && s.To > 0);
        pausesPerSecond = room.Memory.PausesPerSecond;
    }

    /// <summary>The path's waits in seconds, up to the last ticket asked for; infinite for those who are not called today.</summary>
    public void Play(int path, Span<double> waits)
    {
        var chance = Chance.Mix(seed, (ulong)path);
        effects.Draw(chance);
        newcomers.Draw(chance);
        for (var c = 0; c < free.Length; c++)
        {
            free[c] = Moment(c, FirstFree(c, Chance.Mix(chance, AtCounters + (ulong)room.Scene.Counters[c].Id.Value)));
        }

        for (var ticket = 0; ticket < waits.Length; ticket++)
        {
            var service = room.ServiceOf[ticket];
            var next = service < 0 ? Never : FirstOf(room.TakenBy[service]);
            while (newcomers.Any && next != Never && newcomers.TakeBefore(CounterOf(next), SecondsOf(next), room.Effective[ticket]) is { Service: >= 0 } newcomer)
            {
                Occupy(CounterOf(next), SecondsOf(next), newcomer.Service, 0, Chance.Mix(chance, newcomer.Key));
                next = FirstOf(room.TakenBy[service]);
            }

            if (next == Never)
            {
                waits[ticket] = double.PositiveInfinity;
                continue;
            }

            var now = SecondsOf(next);
            waits[ticket] = now;
            Occupy(CounterOf(next), now, service, now - room.Arrival[ticket], Chance.Mix(chance, room.KeyOf[ticket]));
        }
    }

    private long FirstOf(int[] counters)
    {
        var first = Never;
        foreach (var counter in counters)
        {
            first = Math.Min(first, free[counter]);
        }

        return first;
    }

    private static int CounterOf(long moment) => (int)(moment & ((1 << CounterBits) - 1));

    private static double SecondsOf(long moment) => (moment >> CounterBits) * 0.001;

    private static long Moment(int counter, double seconds) => double.IsInfinity(seconds) ? Never : ((long)(seconds * 1000) << CounterBits) + counter;

    // 21 bits of the draw each: whether the citizen comes, how long it takes, whether a pause follows. Its length takes another draw, since it is rare.
    private void Occupy(int counter, double now, int service, double waited, ulong draw)
    {
        var took = Part(draw, 0) < room.AbsentShares[AbsentHabits.Bin(waited, room.AbsentShares.Length)]
            ? Pick(room.EmptyCalls, draw)
            : effects.ServiceSeconds[service] * effects.CounterFactors[counter] * Pick(room.Factors[service], draw);
        var at = now + took + PauseAfter(took, draw);
        free[counter] = Moment(counter, at < session.To ? at : WithinSession(at, draw));
    }

    private double FirstFree(int counter, ulong draw)
    {
        var scene = room.Scene.Counters[counter];
        var passed = Math.Max(0, (room.Scene.Now - scene.Since).TotalSeconds);
        var unit = Chance.Unit(draw);
        switch (scene.Does)
        {
            case CounterDoes.Serve when room.ServingOf[counter] is >= 0 and var service:
                var median = effects.ServiceSeconds[service] * effects.CounterFactors[counter];
                var took = passed < room.EmptyCalls[^1] && Part(draw, 0) < room.AbsentShares[0]
                    ? NewestSeen.Beyond(room.EmptyCalls, passed, unit)
                    : median * NewestSeen.Beyond(room.Factors[service], passed / median, unit);
                return WithinSession(Math.Max(0, took - passed) + PauseAfter(took, draw), draw);

            case CounterDoes.Away when session.To > 0:
                // Away since before the session: not back from home or lunch. Otherwise a pause.
                return -passed < session.From
                    ? WithinSession(NewestSeen.Beyond(room.Returns, -session.From, unit) + session.From, draw)
                    : WithinSession(NewestSeen.Beyond(room.Pauses, passed, unit) - passed, draw);

            default:
                return WithinSession(0, draw);
        }
    }

    private double PauseAfter(double took, ulong draw) => Part(draw, 42) < took * pausesPerSecond ? Pick(room.Pauses, Chance.Mix(draw, 1)) : 0;

    // The earliest moment from this one on at which the counter may call.
    private double WithinSession(double at, ulong draw)
    {
        foreach (var (from, to) in room.Sessions)
        {
            if (at < from)
            {
                return from + Pick(room.Returns, Chance.Mix(draw, 2));
            }

            if (at < to)
            {
                return at;
            }
        }

        return double.PositiveInfinity;
    }

    private static double Part(ulong draw, int from) => ((draw >> from) & 0x1FFFFF) * (1.0 / (1 << 21));

    private static double Pick(double[] of, ulong draw) => of[(int)((((draw >> 21) & 0x1FFFFF) * (ulong)of.Length) >> 21)];
}
