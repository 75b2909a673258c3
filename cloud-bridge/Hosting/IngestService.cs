using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Configurations;
using MotCua.CloudBridge.Ingest;
using MotCua.Protocols.Mqtt;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Runs the ingest loop on a thread of its own: commits block, and must not hold up pages.</summary>
public sealed partial class IngestService(
    IngestLoop loop, IMqttLink link, CommandDoor commands, ConfigurationDoor configurations, IngestPressure pressure, SdNotify systemd, TimeProvider time, ILogger<IngestService> logger) : IHostedService, IDisposable
{
    // So often a step is made even when nothing happens, since the watchdog counts steps.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int pending;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        link.EventQueued += Wake;
        commands.Came += Wake;
        configurations.Came += Wake;
        new Thread(Run) { Name = "ingest", IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        systemd.Stopping();
        await stopping.CancelAsync();
        await ended.Task.WaitAsync(cancellationToken);
    }

    private void Run()
    {
        var started = false;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var (rest, stepped) = Step();
                if (!started)
                {
                    started = true;
                    systemd.Ready();
                }

                // A step that failed is no progress; a loop that only fails is restarted.
                if (stepped)
                {
                    systemd.Progress();
                }

                Rest(rest == Timeout.InfiniteTimeSpan || rest > LongestRest ? LongestRest : rest);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop while resting.
        }
        finally
        {
            link.EventQueued -= Wake;
            commands.Came -= Wake;
            configurations.Came -= Wake;
            link.Disconnect();
            ended.SetResult();
        }
    }

    private (TimeSpan Pause, bool Stepped) Step()
    {
        var begun = time.GetTimestamp();
        try
        {
            return (loop.Step(), true);
        }
        catch (Exception e) // The loop outlives its parts.
        {
            StepFailed(logger, e);
            return (PauseAfterFailure, false);
        }
        finally
        {
            pressure.Worked(time.GetElapsedTime(begun));
        }
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref pending, 1) == 0)
        {
            wake.Release();
        }
    }

    private void Rest(TimeSpan atMost)
    {
        if (atMost > TimeSpan.Zero && wake.Wait(atMost, stopping.Token))
        {
            Interlocked.Exchange(ref pending, 0);
        }
    }

    public void Dispose()
    {
        wake.Dispose();
        stopping.Dispose();
    }

    [LoggerMessage(1100, LogLevel.Error, "A step of ingest failed; what it took was not acknowledged, so the centres send it again")]
    private static partial void StepFailed(ILogger logger, Exception exception);
}
