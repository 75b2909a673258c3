using System.Buffers;
using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>Forecasts waits as ranges that hold four times out of five, or says nothing. Pure: the same scene, memory and seed always give the same forecast.</summary>
public static class WaitForecaster
{
    // Nobody plans by a range that is both longer than this and wider than its middle times WidestPart.
    private static readonly TimeSpan WideEnough = TimeSpan.FromMinutes(12);

    private const double WidestPart = 1;

    // A range that spans the lunch break would be true and of no use.
    private static readonly TimeSpan ShortestBreak = TimeSpan.FromMinutes(30);

    /// <summary>The wait of one ticket from the scene's moment on.</summary>
    /// <param name="key">Of a waiting ticket.</param>
    /// <param name="seed">Of the simulation's chances; one for a day keeps ranges steady.</param>
    /// <param name="hold">Share of waits that the range shall hold, 0.1 to 0.9.</param>
    public static WaitForecast Of(ForecastScene scene, ForecastMemory memory, long key, ulong seed, double hold = 0.8)
    {
        for (var i = 0; i < scene.Waiting.Length; i++)
        {
            if (scene.Waiting[i].Key == key)
            {
                return Of(scene, memory, i, seed, hold);
            }
        }

        return new Silent(SilentBecause.NotWaiting);
    }

    /// <summary>The waits of all waiting tickets from one simulation, in the scene's order.</summary>
    public static ImmutableArray<WaitForecast> OfAll(ForecastScene scene, ForecastMemory memory, ulong seed)
    {
        var room = new SceneRoom(scene, memory, scene.Waiting.Length);
        var (paths, waits) = (new ForecastPaths(room, seed), new double[room.Count]);
        // Up to 400 KB a look, which only a full collection would take back; so the next look has the same again.
        var byTicket = ArrayPool<double>.Shared.Rent(room.Count * ForecastPaths.Paths);
        try
        {
            for (var path = 0; path < ForecastPaths.Paths; path++)
            {
                paths.Play(path, waits);
                for (var i = 0; i < room.Count; i++)
                {
                    byTicket[(i * ForecastPaths.Paths) + path] = waits[i];
                }
            }

            return
            [
                .. scene.Waiting.Select((ticket, i) => Unforeseen(scene, i)
                    ?? Judge(scene, memory, ticket.Service, byTicket.AsSpan(i * ForecastPaths.Paths, ForecastPaths.Paths), 0.8)),
            ];
        }
        finally
        {
            ArrayPool<double>.Shared.Return(byTicket);
        }
    }

    private static WaitForecast Of(ForecastScene scene, ForecastMemory memory, int target, ulong seed, double hold)
    {
        var service = scene.Waiting[target].Service;
        if (Unforeseen(scene, target) is { } known)
        {
            return known;
        }

        var room = new SceneRoom(scene, memory, target + 1);
        var (paths, waits) = (new ForecastPaths(room, seed), new double[room.Count]);
        Span<double> own = stackalloc double[ForecastPaths.Paths];
        for (var path = 0; path < own.Length; path++)
        {
            paths.Play(path, waits);
            own[path] = waits[target];
        }

        return Judge(scene, memory, service, own, hold);
    }

    private static WaitForecast? Unforeseen(ForecastScene scene, int target)
    {
        var service = scene.Waiting[target].Service;
        if (target >= SceneRoom.MostAhead)
        {
            return new Silent(SilentBecause.TooFarBack);
        }

        var open = scene.Sessions.Any(session => session.From <= scene.Now && scene.Now < session.To);
        var there = false;
        foreach (var counter in scene.Counters)
        {
            if (counter.Services.Contains(service))
            {
                if (open && counter.Does == CounterDoes.Free && !TakesOneBefore(scene, counter, target))
                {
                    return new CalledAtOnce();
                }

                there |= !open || counter.Does != CounterDoes.Away || AwaitedBack(scene, counter);
            }
        }

        return there ? null : new Silent(SilentBecause.NoOpenCounter);
    }

    private static bool TakesOneBefore(ForecastScene scene, SceneCounter counter, int target)
    {
        for (var i = 0; i < target; i++)
        {
            if (counter.Services.Contains(scene.Waiting[i].Service))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AwaitedBack(ForecastScene scene, SceneCounter counter) =>
        scene.Sessions.Any(session => session.From <= scene.Now && scene.Now < session.To && counter.Since < session.From);

    private static WaitForecast Judge(ForecastScene scene, ForecastMemory memory, ServiceCode service, Span<double> waits, double hold)
    {
        waits.Sort();
        var (low, high) = memory.Calibration.Levels(service, scene.Now, (1 - hold) / 2);
        var (lower, upper) = (At(waits, low), At(waits, high));
        if (double.IsInfinity(upper))
        {
            return new Silent(SilentBecause.MayNotBeToday);
        }

        var range = new WaitRange(TimeSpan.FromSeconds(lower), TimeSpan.FromSeconds(upper));
        if (Crosses(scene, range))
        {
            return new Silent(SilentBecause.CrossesBreak);
        }

        return range.Width > WideEnough && range.Width > (range.Lower + range.Upper) / 2 * WidestPart ? new Silent(SilentBecause.TooWide) : range;
    }

    private static bool Crosses(ForecastScene scene, WaitRange range)
    {
        for (var i = 1; i < scene.Sessions.Length; i++)
        {
            var (from, to) = (scene.Sessions[i - 1].To, scene.Sessions[i].From);
            if (to - from >= ShortestBreak && scene.Now + range.Lower < from && scene.Now + range.Upper >= to)
            {
                return true;
            }
        }

        return false;
    }

    // The share of all waits that lies below the n-th of N drawn ones is n/(N+1) on average.
    private static double At(ReadOnlySpan<double> sorted, double share)
    {
        var place = (share * (sorted.Length + 1)) - 1;
        var below = Math.Clamp((int)Math.Floor(place), 0, sorted.Length - 1);
        var above = Math.Min(below + 1, sorted.Length - 1);
        var part = Math.Clamp(place - below, 0, 1);

        // Without the test, the difference of two infinities would be no number.
        return part is 0 || double.IsInfinity(sorted[below]) ? sorted[below] : sorted[below] + (part * (sorted[above] - sorted[below]));
    }
}
