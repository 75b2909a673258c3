using MotCua.Fleet.Centres;
using MotCua.Fleet.Days;
using MotCua.Protocols.Events;

namespace MotCua.Fleet;

/// <summary>Up to a whole country's centres in one process, with real queues, real journals in memory and real MQTT.</summary>
/// <remarks>
/// <code>
///   seed ─► who, services, days ─► EdgeLoop (decide, apply, bytes, chain) ─► journal on a card in memory ─► UplinkLoop ─► libmosquitto under one poll a thread
/// </code>
/// Not started, days go by as fast as they can (<see cref="Fill"/>, <see cref="PassDays"/>); started, they go with the clock.
/// </remarks>
internal sealed class VirtualFleet : IDisposable
{
    private readonly FleetOptions options;
    private readonly VirtualCentre[] centres;
    private FleetThread[] threads = [];

    public VirtualFleet(FleetOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Centres, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.First + options.Centres - 1, PlaceNames.Most);
        this.options = options;
        centres = [.. Enumerable.Range(options.First, options.Centres).Select(number => new VirtualCentre(
            CentreProfile.Make(number, options.Seed), options, options.EpochOf?.Invoke(number) ?? new EpochId((ulong)DayChance.Of(options.Seed, number, "epoch").NextInt64())))];
    }

    public IReadOnlyList<VirtualCentre> Centres => centres;

    /// <summary>Centres whose session the broker holds.</summary>
    public int Online => centres.Count(centre => centre.Online);

    /// <summary>Events that the province has not signed for.</summary>
    public long Pending => centres.Sum(centre => centre.Pending);

    /// <summary>Events in all journals.</summary>
    public long Events => centres.Sum(centre => centre.Journal.Committed.Seq);

    /// <summary>Lets days go by, without a line, until each centre holds so many events.</summary>
    public void Fill(long eventsEach) => OnAllThreads(centre => centre.Advance(DateTimeOffset.MaxValue, eventsEach));

    /// <summary>Lets days go by, without a line, until a moment.</summary>
    public void PassDays(DateTimeOffset until) => OnAllThreads(centre => centre.Advance(until));

    /// <summary>Plugs all centres in at once, and goes with the clock from here on.</summary>
    public void Start(FleetLine line)
    {
        // Where the days stand still, a line that they left cut would stay so.
        Cut(false);
        threads = [.. Enumerable.Range(0, options.Threads).Select(i => new FleetThread(
            [.. centres.Where((_, place) => place % options.Threads == i)], line, options.Seed, options.Begin, options.Speed))];
        foreach (var thread in threads)
        {
            thread.Start();
        }
    }

    /// <summary>Cuts the lines of all centres as a broken cable does, or plugs them in again.</summary>
    public void Cut(bool isCut)
    {
        foreach (var centre in centres)
        {
            centre.IsCut = isCut;
        }
    }

    /// <summary>Waits for something of a running fleet.</summary>
    /// <returns>False when it did not come in time.</returns>
    /// <exception cref="InvalidOperationException">A thread of the fleet ended by itself.</exception>
    public bool WaitUntil(Func<bool> holds, TimeSpan atMost)
    {
        using var never = new ManualResetEventSlim();
        var begun = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            if (threads.FirstOrDefault(thread => thread.Failure is not null)?.Failure is { } failure)
            {
                throw new InvalidOperationException($"The fleet has ended: {failure.Message}", failure);
            }

            if (TimeProvider.System.GetElapsedTime(begun) > atMost)
            {
                return false;
            }

            never.Wait(TimeSpan.FromMilliseconds(20));
        }

        return true;
    }

    /// <summary>Stops the days and the loops; the centres say goodbye. What they hold can be read then.</summary>
    public void Stop()
    {
        foreach (var thread in threads)
        {
            thread.Stop();
        }

        threads = [];
    }

    public void Dispose()
    {
        Stop();
        foreach (var centre in centres)
        {
            centre.Dispose();
        }
    }

    private void OnAllThreads(Action<VirtualCentre> pass) =>
        Parallel.ForEach(centres, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, centre =>
        {
            pass(centre);
            centre.Flush();
        });
}
