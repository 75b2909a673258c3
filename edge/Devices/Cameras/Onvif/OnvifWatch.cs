using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <summary>Judges what a camera says of itself: whether it answers, whether its clock is right, what it notices.</summary>
/// <param name="wallClock">The time, while ours is to be believed; otherwise null, and nothing is said of the camera's.</param>
public sealed class OnvifWatch(Camera camera, IOnvifEye eye, Func<DateTimeOffset?> wallClock, TimeProvider time, IDeviceReports reports, ICameraSink sink) : ISteppedLoop, IAsyncDisposable
{
    /// <summary>A recording that is a minute off proves nothing of who came first.</summary>
    public static readonly TimeSpan MostDrift = TimeSpan.FromSeconds(30);

    /// <summary>A little less ends it, so that it does not flutter.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(20);

    /// <summary>A clock must be wrong, or right again, for so long: one that is being set jumps.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan UpdateEvery = TimeSpan.FromHours(1);

    // Without a newer look nobody knows whether it was set meanwhile.
    private static readonly TimeSpan Known = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly Flicker flicker = new(time);
    private NoticeJudge? notices;
    private DeviceReport? known;
    private (long Since, TimeSpan Drift, long ToldAt)? wrong;
    private long? otherSince;
    private bool hasBegun;

    public DeviceId Camera => camera.Id;

    /// <inheritdoc/>
    public string Name => $"onvif:{camera.Id}";

    /// <inheritdoc/>
    public WakeSignal Wake { get; } = new();

    /// <summary>How far the camera's clock is ahead of ours; null while nobody knows.</summary>
    public TimeSpan? Drift => eye.Look() is { Clock: { } shown, ClockAt: var at } && wallClock() is { } now ? shown + time.GetElapsedTime(at) - now : null;

    /// <summary>Takes what was told to have begun before this program did. Before the first step.</summary>
    public void Resume(CameraNews begun)
    {
        if (begun.Matter == CameraMatter.Clock)
        {
            var now = time.GetTimestamp();
            wrong = (now - time.Units(begun.Lasted), begun.Drift, now);
        }
        else
        {
            (notices ??= new NoticeJudge(time, Tell)).Resume(begun.Noticed ?? NoticeKind.Tamper, begun.Lasted);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            eye.Begin(Wake.Set);
        }

        notices ??= new NoticeJudge(time, Tell);
        var sight = eye.Look();
        while (eye.TryTake() is { } notice)
        {
            notices.Take(notice);
        }

        if (!sight.TellsEvents)
        {
            notices.Lose();
        }

        notices.Look();
        Judge(sight);
        return ValueTask.FromResult(Pace);
    }

    /// <summary>Ends the asking. The loop must have stopped.</summary>
    public ValueTask DisposeAsync() => eye.DisposeAsync();

    private void Judge(OnvifSight sight)
    {
        // Both clocks go on between two looks; when one of them is set, the difference is another one at once. A camera that refuses the login shows its clock all the same.
        JudgeClock(sight.Clock is not null && time.GetElapsedTime(sight.ClockAt) < Known ? Drift : null);
        if (sight.Trouble is { } trouble)
        {
            if (time.GetElapsedTime(trouble.Since) >= CameraWatch.Believe)
            {
                Report(trouble.Fault == CameraFaults.OnvifRefused ? DeviceState.Failed : DeviceState.Absent, trouble.Fault, trouble.Detail, trouble.Heard);
            }

            return;
        }

        if (wrong is { } off)
        {
            Report(DeviceState.Degraded, CameraFaults.ClockWrong, $"giờ camera {(off.Drift > TimeSpan.Zero ? "nhanh" : "chậm")} {Math.Abs(off.Drift.TotalSeconds):0} s");
        }
        else if (sight.IsSeen)
        {
            Report(DeviceState.Ready, null, null);
        }
    }

    private void JudgeClock(TimeSpan? drift)
    {
        if (drift is not { } off)
        {
            return; // What was known stands until somebody knows the time again.
        }

        var now = time.GetTimestamp();
        var isOther = wrong is null ? off.Duration() > MostDrift : off.Duration() < Settled;
        otherSince = isOther ? otherSince ?? now : null;
        var holds = otherSince is { } since && time.GetElapsedTime(since, now) >= Hold;
        if (wrong is not { } before)
        {
            if (holds)
            {
                (wrong, otherSince) = ((now, off, now), null);
                sink.Tell(News(CameraPhase.Start, TimeSpan.Zero, off));
            }
        }
        else if (holds)
        {
            (wrong, otherSince) = (null, null);
            sink.Tell(News(CameraPhase.End, time.GetElapsedTime(before.Since, now), off));
        }
        else if (!isOther && (off - before.Drift).Duration() > MostDrift && time.GetElapsedTime(before.ToldAt, now) >= UpdateEvery)
        {
            wrong = before with { Drift = off, ToldAt = now };
            sink.Tell(News(CameraPhase.Update, time.GetElapsedTime(before.Since, now), off));
        }
    }

    private CameraNews News(CameraPhase phase, TimeSpan lasted, TimeSpan drift) => new(camera.Id, StreamRoles.None, CameraMatter.Clock, phase, CameraFaults.ClockWrong, lasted) { Drift = drift };

    private void Tell(NoticeKind kind, CameraPhase phase, TimeSpan lasted) =>
        sink.Tell(new CameraNews(camera.Id, StreamRoles.None, kind == NoticeKind.Tamper ? CameraMatter.Tamper : CameraMatter.Motion, phase, default, lasted) { Noticed = kind });

    private void Report(DeviceState state, FaultCode? fault, string? detail, string? heard = null)
    {
        var report = new DeviceReport(camera.OnvifDevice, state, fault, detail is null ? null : $"{camera.Name}: {detail}") { Heard = heard };
        var isNews = flicker.Passes(report);
        if (isNews || !report.SaysTheSameAs(known))
        {
            reports.Report(report with { IsPassing = !isNews });
        }

        known = report;
    }
}
