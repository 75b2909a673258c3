using System.Collections.Immutable;
using System.Globalization;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>What is known of one camera's recordings.</summary>
/// <param name="Age">Of the newest that is known of, now; null when there is none, or nobody knows the time.</param>
public sealed record KeptStatus(Camera Camera, DeviceReport? Report, TimeSpan? Age);

/// <summary>What is known of a recorder now. Any thread may hold it.</summary>
/// <param name="Report">What is believed; null before anything is.</param>
/// <param name="Drift">How far its clock is ahead of ours; null while one of them is not known.</param>
public sealed record RecorderStatus(Recorder Recorder, DeviceReport? Report, ImmutableArray<KeptStatus> Cameras, double? FreePercent, TimeSpan? Drift);

/// <summary>Judges whether cameras are really recorded: by the age of what a recorder kept last, by the recorder's own clock, whatever that one shows.</summary>
/// <param name="isOpen">People are in the hall.</param>
/// <param name="wallClock">The time, while ours is to be believed; otherwise null.</param>
public sealed class RecorderWatch(
    Recorder recorder, IRecorderEye eye, Func<bool> isOpen, Func<DateTimeOffset?> wallClock, TimeProvider time, IDeviceReports reports, ICameraSink sink) : ISteppedLoop, IAsyncDisposable
{
    /// <summary>So many answers in a row must say it: a file that is just being closed and a search that came too early are no fault.</summary>
    public const int Sure = 2;

    /// <summary>One question without an answer is none: a recorder that restarts is back by the next.</summary>
    public static readonly TimeSpan Believe = TimeSpan.FromSeconds(75);

    /// <summary>Without an answer for so long, and for as long as a recording may be old, nobody knows whether anything is recorded.</summary>
    public static readonly TimeSpan Forget = TimeSpan.FromMinutes(5);

    // A file that is being written may end a little later than now; what ends later still was read by another zone.
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan MostDrift = Onvif.OnvifWatch.MostDrift;

    private static readonly TimeSpan Zone = TimeSpan.FromHours(7);

    private readonly Flicker flicker = new(time);
    private readonly ImmutableArray<RoleJudge> judges = [.. recorder.Cameras.Select(kept => new RoleJudge(kept.Camera, StreamRoles.Recording, time, reports, sink))];
    private readonly (FaultCode Fault, int Times)[] doubts = new (FaultCode, int)[recorder.Cameras.Length];
    private int offTime;
    private long judgedAt = long.MinValue;
    private bool hasBegun;
    private bool wasOpen;
    private long openSince;
    private long answeredAt;
    private DeviceReport? known;
    private volatile RecorderStatus status = new(recorder, null, [], null, null);

    /// <inheritdoc/>
    public string Name => $"recorder:{recorder.Id}";

    /// <inheritdoc/>
    public WakeSignal Wake { get; } = new();

    /// <summary>What is known now. Any thread.</summary>
    public RecorderStatus Status => status;

    /// <summary>Takes what was told to have begun before this program did. Before the first step.</summary>
    /// <returns>False: this recorder is not asked about that camera any more.</returns>
    public bool Resume(CameraNews begun)
    {
        for (var i = 0; i < judges.Length; i++)
        {
            if (recorder.Cameras[i].Camera.Id == begun.Camera)
            {
                judges[i].Resume(begun);
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (!hasBegun)
        {
            (hasBegun, openSince, answeredAt) = (true, time.GetTimestamp(), time.GetTimestamp());
            eye.Begin(Wake.Set);
        }

        var open = isOpen();
        openSince = open && !wasOpen ? time.GetTimestamp() : openSince;
        wasOpen = open;
        var sight = eye.Look();
        if (sight.Answer is { } answer && answer.At != judgedAt)
        {
            (judgedAt, answeredAt) = (answer.At, answer.At);
            if (IsJudged(open))
            {
                JudgeCameras(answer);
            }

            offTime = Drift(answer) is { } drift ? (drift.Duration() > MostDrift ? offTime + 1 : 0) : offTime;
        }

        if (IsJudged(open) && time.GetElapsedTime(answeredAt) > (recorder.NewestWithin > Forget ? recorder.NewestWithin : Forget))
        {
            ForgetCameras();
        }

        JudgeRecorder(sight);
        status = new RecorderStatus(
            recorder, known, [.. recorder.Cameras.Select((kept, i) => new KeptStatus(kept.Camera, judges[i].Report, sight.Answer is { } last ? AgeNow(last, kept.Channel) : null))],
            sight.Answer?.FreePercent, sight.Answer is { } newest ? Drift(newest) : null);
        return ValueTask.FromResult(Pace);
    }

    /// <summary>Ends the asking. The loop must have stopped.</summary>
    public ValueTask DisposeAsync() => eye.DisposeAsync();

    private bool IsJudged(bool open) => !recorder.OnlyWhenOpen || (open && time.GetElapsedTime(openSince) >= recorder.NewestWithin);

    // What began has not ended by that.
    private void ForgetCameras()
    {
        for (var i = 0; i < judges.Length; i++)
        {
            doubts[i] = default;
            judges[i].Take(CameraFaults.RecordingUnknown, $"không rõ có được ghi không: {recorder.Name} không trả lời");
        }
    }

    private void JudgeCameras(RecorderAnswer answer)
    {
        for (var i = 0; i < judges.Length; i++)
        {
            var channel = recorder.Cameras[i].Channel;
            if (!answer.Newest.TryGetValue(channel, out var newest))
            {
                Doubt(i, CameraFaults.RecordingUnknown, $"không rõ có được ghi không: {recorder.Name} không cho biết; kiểm tra channel{(recorder.Kind == RecorderKind.Json ? " và json.newest" : "")} trong mục recorders");
            }
            else if (newest is null)
            {
                Doubt(i, CameraFaults.NotRecording, $"không ghi hình: {recorder.Name} không có bản ghi nào gần đây");
            }
            else if (AgeOf(answer, channel) is { } age)
            {
                if (age < -MostAhead)
                {
                    Doubt(i, CameraFaults.RecordingUnknown, $"không rõ có được ghi không: giờ bản ghi của {recorder.Name} ở tương lai; kiểm tra múi giờ của đầu ghi{(recorder.Kind == RecorderKind.Isapi ? " và times trong mục recorders" : "")}");
                }
                else if (age > recorder.NewestWithin)
                {
                    Doubt(i, CameraFaults.NotRecording, $"không ghi hình từ {Since(answer, newest.Value)} ({recorder.Name})");
                }
                else
                {
                    doubts[i] = default;
                    judges[i].Take(null, null);
                }
            }
        }
    }

    private void Doubt(int camera, FaultCode fault, string detail)
    {
        var times = doubts[camera].Fault == fault ? Math.Min(Sure, doubts[camera].Times + 1) : 1;
        doubts[camera] = (fault, times);
        if (times == Sure)
        {
            judges[camera].Take(fault, detail);
        }
    }

    private void JudgeRecorder(RecorderSight sight)
    {
        if (sight.Trouble is { } trouble)
        {
            if (trouble.Fault == RecorderFaults.LoginRefused || time.GetElapsedTime(trouble.Since) >= Believe)
            {
                Report(trouble.Fault == RecorderFaults.Unreachable ? DeviceState.Absent : DeviceState.Failed, trouble.Fault, trouble.Detail);
            }
        }
        else if (sight.Answer is { } answer)
        {
            if (answer.Disk is { } disk)
            {
                Report(DeviceState.Failed, RecorderFaults.DiskFailed, disk);
            }
            else if (recorder.FreeAtLeast is { } least && answer.FreePercent < least)
            {
                Report(DeviceState.Degraded, RecorderFaults.SpaceLow, FormattableString.Invariant($"còn trống {answer.FreePercent:0.#} %, cần ít nhất {least} %"));
            }
            else if (offTime >= Sure && Drift(answer) is { } drift)
            {
                Report(DeviceState.Degraded, RecorderFaults.ClockWrong, FormattableString.Invariant($"giờ đầu ghi {(drift > TimeSpan.Zero ? "nhanh" : "chậm")} {drift.Duration().TotalSeconds:0} s"));
            }
            else if (offTime < Sure)
            {
                Report(DeviceState.Ready, null, null);
            }
        }
    }

    private void Report(DeviceState state, FaultCode? fault, string? detail)
    {
        var report = new DeviceReport(recorder.Id, state, fault, detail is null ? null : $"{recorder.Name}: {detail}");
        var isNews = flicker.Passes(report);
        if (isNews || !report.SaysTheSameAs(known))
        {
            reports.Report(report with { IsPassing = !isNews });
        }

        known = report;
    }

    private TimeSpan? Drift(RecorderAnswer answer) => answer.Clock is { } shown && wallClock() is { } now ? shown + time.GetElapsedTime(answer.At) - now : null;

    // By the recorder's own clock, which wrote the times; by ours where it shows none. Less than nothing for what ends later than now.
    private TimeSpan? AgeOf(RecorderAnswer answer, string channel) =>
        answer.Newest.GetValueOrDefault(channel) is { } newest && (answer.Clock ?? wallClock() - time.GetElapsedTime(answer.At)) is { } then ? then - newest : null;

    private TimeSpan? AgeNow(RecorderAnswer answer, string channel) =>
        AgeOf(answer, channel) is { } age && age >= -MostAhead ? (age > TimeSpan.Zero ? age : TimeSpan.Zero) + time.GetElapsedTime(answer.At) : null;

    private string Since(RecorderAnswer answer, DateTimeOffset newest)
    {
        var drift = Drift(answer);
        var (at, today) = ((newest - (drift ?? TimeSpan.Zero)).ToOffset(Zone), (wallClock() ?? answer.Clock ?? newest).ToOffset(Zone));
        var text = at.ToString(at.Date == today.Date ? "HH:mm" : "HH:mm 'ngày' dd/MM", CultureInfo.InvariantCulture);
        return drift is null && wallClock() is null ? $"{text} theo giờ đầu ghi" : text;
    }
}
