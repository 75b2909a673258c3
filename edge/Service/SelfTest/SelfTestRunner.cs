using System.Collections.Immutable;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.SelfTest;

/// <summary>A device's line in the result.</summary>
public sealed record SelfTestRow(string Device, SelfTestResult Result);

/// <summary>What a page or a command shows of a test, at a moment.</summary>
/// <param name="Number">Counts the tests since the start of the program.</param>
/// <param name="By">Who asked: <c>command</c>, <c>page</c>, <c>province</c>, or <c>button:</c> with its name.</param>
/// <param name="Now">What is being tried, Vietnamese; null when it has ended.</param>
public sealed record SelfTestProgress(long Number, string By, DateTimeOffset StartedAt, bool Running, string? Now, int Steps, ImmutableArray<SelfTestRow> Rows);

/// <summary>Walks the devices one after the other while the centre goes on serving: a call during the test goes first, and the step begins anew after it.</summary>
/// <remarks>
/// One loop steps; <see cref="TryStart"/> and <see cref="Progress"/> may be used from any thread. A test nobody attends to ends by itself: each
/// step has its limit, and all together have <see cref="Longest"/>.
/// </remarks>
/// <param name="steps">Makes the steps of a test that begins.</param>
public sealed class SelfTestRunner(TimeProvider time, Announcer announcer, Action<EventData> record, Func<IReadOnlyList<ISelfTestStep>> steps) : ISteppedLoop, ICommitSink, IDisposable
{
    /// <summary>What is left then is told as not tried.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>How long boards and voice belong to a call before the step begins anew.</summary>
    public static readonly TimeSpan CallHasFloor = TimeSpan.FromSeconds(8);

    private const int MostInterruptions = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private Queue<ISelfTestStep> left = [];
    private SelfTestProgress? progress;
    private ISelfTestStep? trying;
    private int interruptions;
    private int calls;
    private int callsSeen;
    private long startedAt;
    private long begunAt;
    private long? floorSince;

    public string Name => "self-test";

    public WakeSignal Wake { get; } = new();

    /// <summary>Of the running test or the last one; null when none was asked for since the start.</summary>
    public SelfTestProgress? Progress => Volatile.Read(ref progress);

    /// <returns>False while another test runs.</returns>
    public bool TryStart(string by)
    {
        lock (gate)
        {
            if (progress is { Running: true })
            {
                return false;
            }

            left = new Queue<ISelfTestStep>(steps());
            (startedAt, callsSeen, floorSince, interruptions) = (time.GetTimestamp(), Volatile.Read(ref calls), null, 0);
            Volatile.Write(ref progress, new SelfTestProgress((progress?.Number ?? 0) + 1, by, time.GetUtcNow(), Running: true, "Bắt đầu kiểm tra.", left.Count, []));
            Say("Bắt đầu kiểm tra thiết bị.", Longest);
        }

        Wake.Set();
        return true;
    }

    /// <summary>Hears of calls, from the loop of the centre.</summary>
    public void Accept(Committed committed)
    {
        if (committed.Events.Any(e => e.Data is TicketCalled or TicketRecalled))
        {
            Interlocked.Increment(ref calls);
            Wake.Set();
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        lock (gate)
        {
            return ValueTask.FromResult(progress is { Running: true } ? Step() : Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            EndTrying();
        }

        Wake.Dispose();
    }

    private TimeSpan Step()
    {
        var now = time.GetTimestamp();
        if (Volatile.Read(ref calls) is var seen && seen != callsSeen)
        {
            (callsSeen, floorSince) = (seen, now);
            if (trying is not null && ++interruptions > MostInterruptions)
            {
                Finish(new SelfTestResult(SelfTestVerdict.NotTried, null, "Chưa thử: đang có nhiều lượt gọi. Thử lại lúc vắng."));
            }

            EndTrying();
            Volatile.Write(ref progress, progress! with { Now = "Có lượt gọi số; chờ gọi xong rồi kiểm tra tiếp." });
        }

        // Before the floor: a centre that calls more often than the floor lasts would never let the test end.
        if (time.GetElapsedTime(startedAt) >= Longest)
        {
            EndTrying();
            while (left.TryPeek(out _))
            {
                Finish(new SelfTestResult(SelfTestVerdict.NotTried, null, "Chưa thử: hết thời gian kiểm tra."));
            }
        }
        else if (floorSince is { } since && time.GetElapsedTime(since) < CallHasFloor)
        {
            return Pace;
        }

        floorSince = null;

        if (left.TryPeek(out var next))
        {
            Try(next);
            return Pace;
        }

        End();
        return Timeout.InfiniteTimeSpan;
    }

    private void Try(ISelfTestStep step)
    {
        try
        {
            if (trying is null)
            {
                (trying, begunAt) = (step, time.GetTimestamp());
                Volatile.Write(ref progress, progress! with { Now = step.Saying });
                if (step.IsSpoken)
                {
                    Say(step.Saying, step.Limit);
                }

                step.Begin();
            }

            var tried = time.GetElapsedTime(begunAt);
            if ((step.Look(tried) ?? (tried >= step.Limit ? step.AtLimit : null)) is { } result)
            {
                EndTrying();
                Finish(result);
            }
        }
        catch (Exception e) // The walk outlives a step that breaks, and tells it.
        {
            EndTrying();
            Finish(new SelfTestResult(SelfTestVerdict.Failed, "loop.failed", $"Không kiểm tra được: {e.Message}"));
        }
    }

    private void EndTrying()
    {
        var ended = trying;
        trying = null;
        ended?.End();
    }

    private void Finish(SelfTestResult result)
    {
        interruptions = 0;
        Volatile.Write(ref progress, progress! with { Rows = progress!.Rows.Add(new SelfTestRow(left.Dequeue().Device, result)) });
    }

    private void End()
    {
        var rows = progress!.Rows;
        // Light: a report that a power cut loses is made again by asking.
        record(new SelfTestFinished(
            progress!.By, Math.Round(time.GetElapsedTime(startedAt).TotalSeconds, 1),
            [.. rows.Take(SelfTestFinished.MostDevices).Select(row => new SelfTestDevice(row.Device, WireWord.Of(row.Result.Verdict), row.Result.Code))]));
        Volatile.Write(ref progress, progress! with { Running = false, Now = null });
        Say(SelfTestSteps.Summary(rows), TimeSpan.FromMinutes(1));
    }

    private void Say(string text, TimeSpan useful) =>
        announcer.Say(new Announcement(null, text, time.After(useful)));
}
