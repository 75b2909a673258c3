namespace MotCua.Edge.Queue.Forecast;

/// <summary>Plays the room forward, counter by counter, many times with different chances.</summary>
internal sealed class ForecastPaths(SceneRoom room, ulong seed)
{
    /// <summary>Then the tenth smallest of the waits bounds exactly one tenth from below, and likewise from above.</summary>
    public const int Paths = 99;

    private const int MostNewcomers = 32;
    private const ulong Newcomers = 1UL << 62;
    private const ulong AtCounters = 1UL << 61;

    private readonly EffectDraws effects = new(room);
    private readonly double[] freeAt = new double[room.Taken.Length];
    private readonly int[] heads = new int[room.Lines.Length];
    private readonly (double At, double Effective, int Service, ulong Key)[] newcomers = new (double, double, int, ulong)[MostNewcomers];
    private int newcomerCount;

    /// <summary>The path's waits in seconds; infinite for tickets that are not called today.</summary>
    /// <param name="target">The path ends when this ticket is called; -1 plays all.</param>
    public void Play(int path, int target, Span<double> waits)
    {
        var chance = Chance.Mix(seed, (ulong)path);
        waits.Fill(double.PositiveInfinity);
        effects.Draw(chance);
        Array.Clear(heads);
        DrawNewcomers(chance);
        for (var c = 0; c < freeAt.Length; c++)
        {
            freeAt[c] = FirstFree(c, Chance.Mix(chance, AtCounters + (ulong)room.Scene.Counters[c].Id.Value));
        }

        for (var left = room.Count; left > 0;)
        {
            var counter = Earliest();
            if (counter < 0)
            {
                return;
            }

            var now = freeAt[counter];
            var ticket = FirstOf(counter, out var service);
            var newcomer = NewcomerBefore(counter, now, ticket < 0 ? double.PositiveInfinity : room.Effective[ticket]);
            if (newcomer >= 0)
            {
                var (_, _, theirs, key) = newcomers[newcomer];
                newcomers[newcomer].At = double.PositiveInfinity;
                Occupy(counter, now, theirs, 0, Chance.Mix(chance, key));
            }
            else if (ticket >= 0)
            {
                heads[service]++;
                left--;
                waits[ticket] = now;
                if (ticket == target)
                {
                    return;
                }

                Occupy(counter, now, service, now - room.Arrival[ticket], Chance.Mix(chance, room.KeyOf[ticket]));
            }
            else
            {
                freeAt[counter] = NextNewcomer(counter, now);
            }
        }
    }

    private int Earliest()
    {
        var (earliest, at) = (-1, double.PositiveInfinity);
        for (var c = 0; c < freeAt.Length; c++)
        {
            if (freeAt[c] < at)
            {
                (earliest, at) = (c, freeAt[c]);
            }
        }

        return earliest;
    }

    private int FirstOf(int counter, out int service)
    {
        var first = int.MaxValue;
        service = -1;
        foreach (var s in room.Taken[counter])
        {
            var line = room.Lines[s];
            if (heads[s] < line.Length && line[heads[s]] < first)
            {
                (first, service) = (line[heads[s]], s);
            }
        }

        return service < 0 ? -1 : first;
    }

    // 21 bits of the draw each: whether the citizen comes, how long it takes, whether a pause follows. Its length takes another draw, since it is rare.
    private void Occupy(int counter, double now, int service, double waited, ulong draw)
    {
        var (comes, length, pause) = (Part(draw, 0), Part(draw, 21), Part(draw, 42));
        var factors = room.Factors[service];
        var took = comes < room.AbsentShares[AbsentHabits.Bin(waited, room.AbsentShares.Length)]
            ? room.EmptyCalls[(int)(length * room.EmptyCalls.Length)]
            : effects.ServiceSeconds[service] * effects.CounterFactors[counter] * factors[(int)(length * factors.Length)];
        var away = pause < took * room.Memory.PausesPerSecond ? room.Pauses[(int)(Chance.Unit(Chance.Mix(draw, 1)) * room.Pauses.Length)] : 0;
        freeAt[counter] = WithinSession(now + took + away, draw);
    }

    private double FirstFree(int counter, ulong draw)
    {
        var scene = room.Scene.Counters[counter];
        var passed = Math.Max(0, (room.Scene.Now - scene.Since).TotalSeconds);
        var (unit, pause) = (Chance.Unit(draw), Part(draw, 42));
        switch (scene.Does)
        {
            case CounterDoes.Serve when room.ServingOf[counter] is >= 0 and var service:
                var median = effects.ServiceSeconds[service] * effects.CounterFactors[counter];
                var took = passed < room.EmptyCalls[^1] && Part(draw, 0) < room.AbsentShares[0]
                    ? Spread.Beyond(room.EmptyCalls, passed, unit)
                    : median * Spread.Beyond(room.Factors[service], passed / median, unit);
                var away = pause < took * room.Memory.PausesPerSecond ? room.Pauses[(int)(Chance.Unit(Chance.Mix(draw, 1)) * room.Pauses.Length)] : 0;
                return WithinSession(Math.Max(0, took - passed) + away, draw);

            case CounterDoes.Away when InSession() is { } begun:
                // Away since before the session: not back from home or lunch. Otherwise a pause.
                return -passed < begun
                    ? WithinSession(Spread.Beyond(room.Returns, -begun, unit) + begun, draw)
                    : WithinSession(Spread.Beyond(room.Pauses, passed, unit) - passed, draw);

            default:
                return WithinSession(0, draw);
        }
    }

    private double? InSession()
    {
        foreach (var (from, to) in room.Sessions)
        {
            if (from <= 0 && to > 0)
            {
                return from;
            }
        }

        return null;
    }

    // The earliest moment from this one on at which the counter may call.
    private double WithinSession(double at, ulong draw)
    {
        foreach (var (from, to) in room.Sessions)
        {
            if (at < from)
            {
                return from + room.Returns[(int)(Chance.Unit(Chance.Mix(draw, 2)) * room.Returns.Length)];
            }

            if (at < to)
            {
                return at;
            }
        }

        return double.PositiveInfinity;
    }

    private void DrawNewcomers(ulong chance)
    {
        newcomerCount = 0;
        if (room.PriorityPerSecond <= 0)
        {
            return;
        }

        var (at, longest, all) = (0.0, room.Kinds.Max(kind => kind.Credit), room.Kinds.Sum(kind => kind.Weight));
        for (ulong n = 0; newcomerCount < MostNewcomers; n++)
        {
            var draw = Chance.Mix(chance, Newcomers + n);
            at -= Math.Log(Chance.Unit(draw)) / room.PriorityPerSecond;
            if (at > longest)
            {
                return;
            }

            var (which, k) = (Chance.Unit(Chance.Mix(draw, 3)) * all, 0);
            while (k < room.Kinds.Length - 1 && which >= room.Kinds[k].Weight)
            {
                which -= room.Kinds[k++].Weight;
            }

            if (at <= room.Kinds[k].Credit)
            {
                newcomers[newcomerCount++] = (at, at - room.Kinds[k].Credit, room.Kinds[k].Service, Newcomers + n);
            }
        }
    }

    private int NewcomerBefore(int counter, double now, double effective)
    {
        var (best, earliest) = (-1, effective);
        for (var n = 0; n < newcomerCount; n++)
        {
            if (newcomers[n].At <= now && newcomers[n].Effective < earliest && Array.IndexOf(room.Taken[counter], newcomers[n].Service) >= 0)
            {
                (best, earliest) = (n, newcomers[n].Effective);
            }
        }

        return best;
    }

    private double NextNewcomer(int counter, double now)
    {
        var next = double.PositiveInfinity;
        for (var n = 0; n < newcomerCount; n++)
        {
            if (newcomers[n].At > now && newcomers[n].At < next && Array.IndexOf(room.Taken[counter], newcomers[n].Service) >= 0)
            {
                next = newcomers[n].At;
            }
        }

        return next;
    }

    private static double Part(ulong draw, int from) => ((draw >> from) & 0x1FFFFF) / (double)(1 << 21);
}
