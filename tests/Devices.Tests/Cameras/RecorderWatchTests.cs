using System.Collections.Immutable;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Recording;
using MotCua.Edge.Devices.Health;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

public sealed class RecorderWatchTests
{
    [Fact]
    public async Task A_camera_that_is_reachable_and_not_recorded_is_told_with_since_when_and_its_end()
    {
        await using var rig = new Rig();
        await rig.AnswerAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["Ready"], rig.Reports.Of("cam-0-kept"));
        Assert.Equal(["Ready"], rig.Reports.Of("dau-ghi"));
        rig.Kept = rig.Now;
        await rig.AnswerAsync(null, minutes: 16);
        Assert.Equal(["Ready"], rig.Reports.Of("cam-0-kept")); // A search that came too early is no fault.
        await rig.AnswerAsync(null);
        Assert.Equal(["Ready", "Failed camera.not-recording"], rig.Reports.Of("cam-0-kept"));
        Assert.Equal($"Camera 0 không ghi hình từ {rig.Kept.ToOffset(TimeSpan.FromHours(7)):HH:mm} (Đầu ghi)", rig.Reports.Last.Detail);
        Assert.InRange(rig.Watch.Status.Cameras[0].Age!.Value, TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(18));
        await rig.AnswerAsync(TimeSpan.FromSeconds(10), minutes: 44);
        Assert.Equal(["Ready", "Failed camera.not-recording", "Ready"], rig.Reports.Of("cam-0-kept"));
        Assert.Equal(["Offline Start Recording", "Offline End Recording"], rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Role}"));
        Assert.Equal(["Ready"], rig.Reports.Of("dau-ghi"));
    }

    [Fact]
    public async Task A_recorder_whose_clock_is_hours_off_is_judged_by_its_own_clock_and_its_clock_is_a_fault_of_its_own()
    {
        await using var rig = new Rig { Drift = TimeSpan.FromHours(-5) };
        rig.Kept = rig.Now - TimeSpan.FromMinutes(2);
        await rig.AnswerAsync(null);
        Assert.Equal(["Ready"], rig.Reports.Of("dau-ghi"));
        await rig.AnswerAsync(null);
        Assert.Equal(["Ready", "Degraded recorder.clock-wrong"], rig.Reports.Of("dau-ghi"));
        Assert.Equal("Đầu ghi: giờ đầu ghi chậm 18000 s", rig.Reports.Last.Detail);
        Assert.Equal(["Ready"], rig.Reports.Of("cam-0-kept"));
        // Since when is told by the hall's clock, not by the recorder's.
        var kept = rig.Now - TimeSpan.FromHours(1);
        rig.Kept = kept;
        await rig.AnswerAsync(null);
        await rig.AnswerAsync(null);
        Assert.Contains($"từ {kept.ToOffset(TimeSpan.FromHours(7)):HH:mm}", rig.Reports.All.Last(report => report.Device.Value == "cam-0-kept").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_clock_of_ours_the_recorder_s_own_is_enough_and_without_both_nothing_is_said()
    {
        await using var rig = new Rig { KnowsTime = false };
        rig.Kept = rig.Now - TimeSpan.FromHours(2);
        await rig.AnswerAsync(null);
        await rig.AnswerAsync(null);
        Assert.Equal(["Failed camera.not-recording"], rig.Reports.Of("cam-0-kept"));
        Assert.EndsWith("theo giờ đầu ghi (Đầu ghi)", rig.Reports.All.Last(report => report.Fault is not null).Detail, StringComparison.Ordinal);

        await using var blind = new Rig { KnowsTime = false, ShowsClock = false };
        blind.Kept = blind.Now - TimeSpan.FromHours(2);
        await blind.AnswerAsync(null);
        await blind.AnswerAsync(null);
        Assert.Empty(blind.Reports.Of("cam-0-kept"));
        blind.KnowsTime = true;
        await blind.AnswerAsync(null);
        await blind.AnswerAsync(null);
        Assert.Equal(["Failed camera.not-recording"], blind.Reports.Of("cam-0-kept"));
    }

    [Fact]
    public async Task A_recorder_that_records_in_open_hours_only_is_not_blamed_for_the_night()
    {
        await using var rig = new Rig(only: true) { IsOpen = false };
        rig.Kept = rig.Now - TimeSpan.FromHours(14);
        await rig.AnswerAsync(null);
        await rig.AnswerAsync(null);
        rig.IsOpen = true;
        await rig.AnswerAsync(null);
        await rig.AnswerAsync(null);
        Assert.Empty(rig.Reports.Of("cam-0-kept"));
        await rig.AnswerAsync(null, minutes: 16);
        await rig.AnswerAsync(null);
        Assert.Equal(["Failed camera.not-recording"], rig.Reports.Of("cam-0-kept"));
    }

    [Fact]
    public async Task What_is_wrong_with_the_recorder_itself_is_told_and_blames_no_camera()
    {
        await using var rig = new Rig();
        await rig.AnswerAsync(TimeSpan.Zero);
        rig.Eye.Sight = rig.Eye.Sight with { Trouble = new StreamTrouble(RecorderFaults.Unreachable, "không kết nối được", rig.Time.GetTimestamp()) };
        await rig.StepAsync(60);
        Assert.Equal(["Ready"], rig.Reports.Of("dau-ghi")); // It may only have been started anew.
        await rig.StepAsync(30);
        Assert.Equal(["Ready", "Absent recorder.unreachable"], rig.Reports.Of("dau-ghi"));
        await rig.StepAsync(3600);
        // What it kept meanwhile nobody knows; and what is known grows older.
        Assert.Equal(["Ready", "Degraded camera.recording-unknown"], rig.Reports.Of("cam-0-kept"));
        Assert.InRange(rig.Watch.Status.Cameras[0].Age!.Value, TimeSpan.FromHours(1), TimeSpan.FromMinutes(62));
        Assert.Empty(rig.News);
        rig.Free = 4;
        await rig.AnswerAsync(TimeSpan.Zero);
        rig.Disk = "ổ cứng hỏng (error)";
        await rig.AnswerAsync(TimeSpan.Zero);
        Assert.Equal(["Ready", "Absent recorder.unreachable", "Degraded recorder.space-low", "Failed recorder.disk-failed"], rig.Reports.Of("dau-ghi"));
        rig.Eye.Sight = rig.Eye.Sight with { Trouble = new StreamTrouble(RecorderFaults.LoginRefused, "trả lời HTTP 401", rig.Time.GetTimestamp()) };
        await rig.StepAsync(5);
        Assert.Equal("Failed recorder.login-refused", rig.Reports.Of("dau-ghi")[^1]);
    }

    [Fact]
    public async Task A_camera_that_the_recorder_does_not_name_is_no_camera_that_is_not_recorded()
    {
        await using var rig = new Rig { Names = false };
        await rig.AnswerAsync(null);
        await rig.AnswerAsync(null);
        Assert.Equal(["Degraded camera.recording-unknown"], rig.Reports.Of("cam-0-kept"));
        Assert.Empty(rig.News);
    }

    [Fact]
    public async Task What_is_not_known_any_more_is_not_recorded_again()
    {
        await using var rig = new Rig();
        Assert.True(rig.Watch.Resume(new CameraNews(new DeviceId("cam-0"), StreamRoles.Recording, CameraMatter.Offline, CameraPhase.Start, CameraFaults.NotRecording, TimeSpan.FromHours(2))));
        rig.Names = false;
        await rig.AnswerAsync(null);
        await rig.AnswerAsync(null);
        Assert.Equal(["Degraded camera.recording-unknown"], rig.Reports.Of("cam-0-kept"));
        // One answer of each kind is sure of neither.
        rig.Names = true;
        rig.Kept = rig.Now - TimeSpan.FromHours(3);
        await rig.AnswerAsync(null);
        rig.Names = false;
        await rig.AnswerAsync(null);
        rig.Names = true;
        await rig.AnswerAsync(null);
        Assert.Equal(["Degraded camera.recording-unknown"], rig.Reports.Of("cam-0-kept"));
        await rig.AnswerAsync(null);
        Assert.Equal(["Degraded camera.recording-unknown", "Failed camera.not-recording"], rig.Reports.Of("cam-0-kept"));
        rig.Names = false;
        await rig.AnswerAsync(null);
        await rig.AnswerAsync(null);
        Assert.Empty(rig.News);
        rig.Names = true;
        await rig.AnswerAsync(TimeSpan.Zero);
        Assert.Equal(["Offline End"], rig.News.Select(news => $"{news.Matter} {news.Phase}"));
        Assert.True(rig.News[0].Lasted > TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task A_recording_from_the_future_proves_nothing()
    {
        await using var rig = new Rig();
        await rig.AnswerAsync(TimeSpan.FromMinutes(-4)); // A file that is being written.
        Assert.Equal(["Ready"], rig.Reports.Of("cam-0-kept"));
        await rig.AnswerAsync(TimeSpan.FromHours(-7));
        await rig.AnswerAsync(TimeSpan.FromHours(-7));
        Assert.Equal(["Ready", "Degraded camera.recording-unknown"], rig.Reports.Of("cam-0-kept"));
        Assert.Contains("tương lai; kiểm tra múi giờ của đầu ghi và times", rig.Reports.Last.Detail, StringComparison.Ordinal);
        Assert.Null(rig.Watch.Status.Cameras[0].Age);
        Assert.Empty(rig.News);
    }

    private sealed class Rig : ICameraSink, IAsyncDisposable
    {
        public Rig(bool only = false)
        {
            var recorder = RecorderTests.Of(new Uri("http://10.0.0.2/"), RecorderKind.Isapi, "101") with { FreeAtLeast = 5, OnlyWhenOpen = only };
            Watch = new RecorderWatch(recorder, Eye, () => IsOpen, () => KnowsTime ? Time.GetUtcNow() : null, Time, Reports, this);
        }

        public ManualTime Time { get; } = new();

        public AnsweringEye Eye { get; } = new();

        public RecorderWatch Watch { get; }

        public RecordedReports Reports { get; } = new();

        public List<CameraNews> News { get; } = [];

        public bool IsOpen { get; set; } = true;

        public bool KnowsTime { get; set; } = true;

        public bool ShowsClock { get; set; } = true;

        public bool Names { get; set; } = true;

        public TimeSpan Drift { get; set; }

        public double Free { get; set; } = 50;

        public string? Disk { get; set; }

        public DateTimeOffset Now => Time.GetUtcNow();

        /// <summary>Newest recording, by our clock.</summary>
        public DateTimeOffset Kept { get; set; }

        public void Tell(CameraNews news) => News.Add(news);

        public ValueTask DisposeAsync() => Watch.DisposeAsync();

        /// <summary>A minute, or more with an answer as before in each, passes; then the recorder answers.</summary>
        public async Task AnswerAsync(TimeSpan? age, int minutes = 1)
        {
            for (; minutes > 1; minutes--)
            {
                await StepAsync(60);
                Answer();
            }

            await StepAsync(60);
            Kept = age is { } old ? Now - old : Kept;
            Answer();
            await StepAsync(5);
        }

        private void Answer()
        {
            var newest = Names ? ImmutableDictionary<string, DateTimeOffset?>.Empty.Add("101", Kept + Drift) : ImmutableDictionary<string, DateTimeOffset?>.Empty;
            Eye.Sight = new RecorderSight(null, new RecorderAnswer(ShowsClock ? Now + Drift : null, Time.GetTimestamp(), newest, Free, Disk));
        }

        public async Task StepAsync(int seconds)
        {
            for (var left = seconds; left > 0; left -= 5)
            {
                Time.Advance(TimeSpan.FromSeconds(5));
                await Watch.StepAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    private sealed class AnsweringEye : IRecorderEye
    {
        public RecorderSight Sight { get; set; } = RecorderSight.Nothing;

        public void Begin(Action news)
        {
        }

        public RecorderSight Look() => Sight;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
