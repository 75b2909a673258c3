using System.Text;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Onvif;
using MotCua.Edge.Devices.Health;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

/// <summary>The client against a camera's service, and what is made of its words.</summary>
public sealed partial class OnvifTests
{
    private static readonly CameraLogin Login = new("admin", "mật khẩu");
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_camera_says_who_it_is_what_time_it_has_and_where_a_picture_is_whatever_host_it_names()
    {
        await using var camera = new OnvifDouble { Drift = TimeSpan.FromDays(-9000) };
        var client = new OnvifClient(camera.Address, Login, TimeProvider.System);
        Assert.Equal(new CameraModel("Hãng Thử", "T-1", "5.7"), await client.ReadModelAsync(Test));
        Assert.InRange((client.CameraNow!.Value - TimeProvider.System.GetUtcNow()).TotalDays, -9001, -8999);
        await client.FindServicesAsync(Test);
        Assert.Equal($"http://127.0.0.1:{camera.Port}/snap.jpg?p=Profile_1", (await client.FindSnapshotAsync(Test))!.ToString());
    }

    [Fact]
    public async Task A_camera_whose_clock_was_set_meanwhile_is_asked_for_it_and_understood_again()
    {
        await using var camera = new OnvifDouble();
        var client = new OnvifClient(camera.Address, Login, TimeProvider.System);
        await client.ReadModelAsync(Test);
        camera.Drift = TimeSpan.FromHours(7);
        Assert.Equal("T-1", (await client.ReadModelAsync(Test)).Model);
        Assert.Equal(["GetSystemDateAndTime", "GetDeviceInformation", "GetDeviceInformation", "GetSystemDateAndTime", "GetDeviceInformation"], camera.Asked);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_after_a_second_look_at_the_clock_and_no_third()
    {
        await using var camera = new OnvifDouble();
        var client = new OnvifClient(camera.Address, Login with { Password = "wrong" }, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<OnvifFaultException>(() => client.ReadModelAsync(Test));
        Assert.True(refused.IsLogin);
        Assert.Equal(4, camera.Asked.Count);
    }

    [Theory]
    [InlineData("<html>not found</html>", "trả lời không phải SOAP")]
    [InlineData("nothing of the kind", "XML sai")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><x>&b;</x>", "XML sai")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>", "XML sai")]
    [InlineData("", "trả lời HTTP 200")]
    public async Task Rubbish_has_a_name(string body, string problem)
    {
        await using var camera = new OnvifDouble();
        camera.Instead["GetSystemDateAndTime"] = stream => stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), Test).AsTask();
        var wrong = await Assert.ThrowsAsync<InvalidDataException>(() => new OnvifClient(camera.Address, null, TimeProvider.System).ReadClockAsync(Test));
        Assert.StartsWith(problem, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gigabyte_of_xml_is_left_after_a_few_hundred_kilobytes()
    {
        var sent = 0L;
        await using var camera = new OnvifDouble();
        camera.Instead["GetSystemDateAndTime"] = async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n<a>"u8.ToArray(), Test);
            for (var more = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<b/>", 16_000))); sent < 1_000_000_000; sent += more.Length)
            {
                await stream.WriteAsync(more, Test);
            }
        };
        await Assert.ThrowsAsync<InvalidDataException>(() => new OnvifClient(camera.Address, null, TimeProvider.System).ReadClockAsync(Test));
        Assert.InRange(Interlocked.Read(ref sent), 0, 64 << 20);
    }

    [Fact]
    public void Xml_that_is_nested_too_deep_is_not_taken() =>
        Assert.Throws<InvalidDataException>(() => BoundedXml.Read(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000)))));

    [Theory]
    [InlineData("RuleEngine/CellMotionDetector/Motion", NoticeKind.Motion)]
    [InlineData("VideoSource/MotionAlarm", NoticeKind.Motion)]
    [InlineData("RuleEngine/TamperDetector/Tamper", NoticeKind.Tamper)]
    [InlineData("VideoSource/GlobalSceneChange/ImagingService", NoticeKind.Tamper)]
    [InlineData("AudioAnalytics/Audio/DetectedSound", NoticeKind.Sound)]
    [InlineData("Device/Trigger/DigitalInput", NoticeKind.Input)]
    [InlineData("RuleEngine/FaceDetector/Face", null)]
    [InlineData("VideoSource/ImageTooDark/ImagingService", null)]
    [InlineData("Monitoring/ProcessorUsage", null)]
    public void Of_what_cameras_notice_only_what_concerns_nobody_s_face_is_taken(string topic, NoticeKind? kind) => Assert.Equal(kind, OnvifEye.KindOf(topic));

    [Fact]
    public async Task What_a_camera_notices_is_pulled_and_its_place_is_given_back()
    {
        await using var camera = new OnvifDouble();
        await using (var eye = new OnvifEye(camera.Address, Login, TimeProvider.System, new Random(1), OnvifOptions.Default with { Waiting = TimeSpan.FromSeconds(1) }))
        {
            eye.Begin(() => { });
            await Until(() => eye.Look().TellsEvents);
            Assert.Equal(1, camera.Subscriptions);
            camera.Notice("tns1:RuleEngine/CellMotionDetector/Motion", "IsMotion", isOn: true);
            camera.Notice("tns1:RuleEngine/FaceDetector/Face", "IsFace", isOn: true);
            camera.Notice("tns1:Device/Trigger/DigitalInput", "LogicalState", isOn: false);
            List<Notice> seen = [];
            await Until(() =>
            {
                while (eye.TryTake() is { } one)
                {
                    seen.Add(one);
                }

                return seen.Count == 2;
            });
            Assert.Equal([new Notice(NoticeKind.Motion, true), new Notice(NoticeKind.Input, false)], seen);
        }

        await Until(() => camera.Subscriptions == 0);
    }

    [Fact]
    public void A_hall_that_moves_all_morning_is_one_incident_with_updates_and_an_end_a_minute_after_the_last_sign()
    {
        var (time, told) = (new ManualTime(), new List<string>());
        var judge = new NoticeJudge(time, (kind, phase, lasted) => told.Add($"{kind} {phase} {lasted.TotalSeconds:0}"));
        for (var second = 0; second < 1500; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            if (second % 40 == 0)
            {
                judge.Take(new Notice(NoticeKind.Motion, IsOn: second % 80 == 0));
            }

            judge.Look();
        }

        judge.Take(new Notice(NoticeKind.Motion, IsOn: false));
        time.Advance(NoticeJudge.Quiet);
        judge.Look();
        Assert.Equal(["Motion Start 0", "Motion Update 600", "Motion Update 1200", "Motion End 1499"], told);
        judge.Take(new Notice(NoticeKind.Tamper, IsOn: true));
        time.Advance(TimeSpan.FromMinutes(5));
        judge.Look();
        judge.Lose();
        judge.Look();
        Assert.Equal(["Tamper Start 0", "Tamper End 0"], told[4..]);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_a_fault_and_judged_anew_when_either_clock_is_set()
    {
        await using var rig = new ClockRig();
        await rig.RunAsync(TimeSpan.FromSeconds(12));
        Assert.Equal(["Ready"], rig.Reports.Of("cam-onvif"));
        // Ours is set: no look at the camera's is needed to know.
        rig.Time.StepWallClock(TimeSpan.FromSeconds(90));
        await rig.RunAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["Ready", "Degraded camera.clock-wrong"], rig.Reports.Of("cam-onvif"));
        Assert.Equal("Camera sảnh: giờ camera chậm 90 s", rig.Reports.Last.Detail);
        rig.Eye.Drift = TimeSpan.FromSeconds(3600);
        await rig.RunAsync(TimeSpan.FromSeconds(30));
        rig.Eye.Drift = TimeSpan.FromSeconds(1800);
        await rig.RunAsync(TimeSpan.FromSeconds(30));
        Assert.Single(rig.News);
        rig.Eye.Drift = TimeSpan.FromSeconds(3600);
        await rig.RunAsync(TimeSpan.FromHours(1));
        // Right for a moment while it is set.
        rig.Eye.Drift = TimeSpan.FromSeconds(90);
        await rig.RunAsync(TimeSpan.FromSeconds(4));
        rig.Eye.Drift = TimeSpan.FromSeconds(3600);
        await rig.RunAsync(TimeSpan.FromSeconds(60));
        rig.Eye.Drift = TimeSpan.FromSeconds(90);
        await rig.RunAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(["Ready", "Degraded camera.clock-wrong", "Ready"], rig.Reports.Of("cam-onvif"));
        Assert.Equal(["Clock Start -90", "Clock Update 3510", "Clock End 0"], rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Drift.TotalSeconds:0}"));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_told_of_a_camera_that_refuses_the_login_as_well()
    {
        await using var rig = new ClockRig();
        rig.Eye.Drift = TimeSpan.FromDays(-9000);
        rig.Eye.Trouble = new StreamTrouble(CameraFaults.OnvifRefused, "camera từ chối: NotAuthorized", rig.Time.GetTimestamp()) { Heard = "xin chào" };
        await rig.RunAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("Clock Start", Assert.Single(rig.News.Select(news => $"{news.Matter} {news.Phase}")));
        Assert.Equal(("Camera sảnh: camera từ chối: NotAuthorized", "xin chào"), (rig.Reports.Last.Detail, rig.Reports.Last.Heard));
    }

    [Fact]
    public async Task A_clock_that_was_wrong_before_a_restart_is_told_once_and_its_end_when_it_is_right()
    {
        await using var rig = new ClockRig();
        rig.Watch.Resume(new CameraNews(new DeviceId("cam"), StreamRoles.None, CameraMatter.Clock, CameraPhase.Start, CameraFaults.ClockWrong, TimeSpan.FromHours(3)) { Drift = TimeSpan.FromSeconds(-90) });
        rig.Watch.Resume(new CameraNews(new DeviceId("cam"), StreamRoles.None, CameraMatter.Motion, CameraPhase.Start, default, TimeSpan.FromMinutes(5)) { Noticed = NoticeKind.Sound });
        rig.Eye.Drift = TimeSpan.FromSeconds(-90);
        await rig.RunAsync(TimeSpan.FromSeconds(40));
        Assert.Empty(rig.News);
        rig.Eye.Drift = TimeSpan.Zero;
        await rig.RunAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(["Clock End 3.0", "Motion End 0.1"], rig.News.Select(news => FormattableString.Invariant($"{news.Matter} {news.Phase} {news.Lasted.TotalHours:0.0}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task While_nobody_here_knows_the_time_nothing_is_said_of_the_camera_s()
    {
        await using var rig = new ClockRig { KnowsTime = false };
        rig.Eye.Drift = TimeSpan.FromDays(-20_000);
        await rig.RunAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(["Ready"], rig.Reports.Of("cam-onvif"));
        rig.KnowsTime = true;
        await rig.RunAsync(TimeSpan.FromSeconds(14));
        Assert.Equal(["Ready", "Degraded camera.clock-wrong"], rig.Reports.Of("cam-onvif"));
    }

    private static async Task Until(Func<bool> met)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!met())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "nothing happened");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Test);
        }
    }

    private sealed class ClockRig : ICameraSink, IAsyncDisposable
    {
        public ClockRig()
        {
            Eye = new ClockEye(Time);
            var camera = new Camera(new DeviceId("cam"), "Camera sảnh", [new CameraFeed(new Uri("rtsp://10.0.0.1/x"), StreamRoles.Detect)], null, TimeSpan.FromSeconds(60));
            Watch = new OnvifWatch(camera, Eye, () => KnowsTime ? Time.GetUtcNow() : null, Time, Reports, this);
        }

        public OnvifWatch Watch { get; }

        public ManualTime Time { get; } = new();

        public ClockEye Eye { get; }

        public bool KnowsTime { get; set; } = true;

        public RecordedReports Reports { get; } = new();

        public List<CameraNews> News { get; } = [];

        public void Tell(CameraNews news) => News.Add(news);

        public ValueTask DisposeAsync() => Watch.DisposeAsync();

        public async Task RunAsync(TimeSpan lasting)
        {
            for (var left = lasting; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(2))
            {
                Time.Advance(TimeSpan.FromSeconds(2));
                await Watch.StepAsync(Test);
            }
        }
    }

    private sealed class ClockEye(ManualTime time) : IOnvifEye
    {
        private readonly DateTimeOffset began = time.GetUtcNow();
        private readonly long beganAt = time.GetTimestamp();

        public TimeSpan Drift { get; set; }

        public StreamTrouble? Trouble { get; set; }

        public void Begin(Action news)
        {
        }

        public OnvifSight Look() => new(Trouble, IsSeen: Trouble is null, new CameraModel("x", "y", "z"), time.GetTimestamp(), began + time.GetElapsedTime(beganAt) + Drift, TellsEvents: true);

        public Notice? TryTake() => null;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
