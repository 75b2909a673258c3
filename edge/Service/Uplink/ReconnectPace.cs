using Polly;
using Polly.Retry;

namespace MotCua.Edge.Uplink;

/// <summary>Says when the next attempt to connect is due: growing pauses with jitter (Polly), so that a province's centres do not all come back at once.</summary>
/// <remarks>
/// A session that came to nothing (no word from the bridge) counts as a failed attempt, however politely the broker took us in;
/// else a flapping line would be tried without a pause. The first pause comes before the first re-connect, for the same reason.
/// One thread calls; pauses end on a timer's thread.
/// </remarks>
public sealed class ReconnectPace
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private readonly ResiliencePipeline<bool> pipeline;
    private readonly Action due;
    private TaskCompletionSource<bool>? session;
    private bool isDue;
    private bool attempted;

    /// <param name="due">Called when an attempt is due, perhaps from a timer's thread; only sets a signal.</param>
    public ReconnectPace(TimeProvider time, Random random, Action due)
    {
        this.due = due;
        pipeline = new ResiliencePipelineBuilder<bool> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<bool>
            {
                ShouldHandle = arguments => ValueTask.FromResult(!arguments.Outcome.Result),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                Randomizer = random.NextDouble,
            })
            .Build();
    }

    /// <summary>True when an attempt should be made now.</summary>
    public bool IsDue => Volatile.Read(ref isDue);

    /// <summary>The very first attempt of the program: at once.</summary>
    public void Begin() => Run(failedBefore: false);

    /// <summary>An attempt is being made.</summary>
    public void Attempted()
    {
        attempted = true;
        Volatile.Write(ref isDue, false);
    }

    /// <summary>The session proved useful; the next loss starts with a short pause again.</summary>
    public void Succeeded() => session?.TrySetResult(true);

    /// <summary>The attempt failed or the session ended; the next attempt becomes due after a pause. Telling the same loss twice changes nothing.</summary>
    public void Lost()
    {
        if (!attempted)
        {
            return;
        }

        attempted = false;
        if (!session!.TrySetResult(false))
        {
            Run(failedBefore: true);
        }
    }

    private void Run(bool failedBefore)
    {
        var skipped = !failedBefore;
        _ = pipeline.ExecuteAsync(
            async _ =>
            {
                if (!skipped)
                {
                    skipped = true;
                    return false;
                }

                session = new TaskCompletionSource<bool>();
                // Whoever sees this sees the session as well, though a timer's thread made it.
                Volatile.Write(ref isDue, true);
                due();
                return await session.Task.ConfigureAwait(false);
            },
            CancellationToken.None).AsTask();
    }
}
