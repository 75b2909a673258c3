using System.Collections.Immutable;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Decoding;
using MotCua.Edge.Devices.Health;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

public sealed partial class CameraWatchTests
{
    [Fact]
    public async Task A_camera_whose_plug_is_pulled_is_told_within_twenty_seconds_once_and_its_other_roles_are_not_blamed()
    {
        var rig = new CameraRig(StreamRoles.Detect | StreamRoles.Sound, StreamRoles.Record);
        await rig.RunAsync(30);
        Assert.Equal(["Ready"], rig.Reports.Of("cam"));
        Assert.Equal(["Ready"], rig.Reports.Of("cam-record"));
        Assert.Equal(["Ready"], rig.Reports.Of("cam-sound"));
        rig.Break(CameraFaults.NoAnswer);
        await rig.RunAsync(60);
        Assert.Equal(["Ready", "Absent camera.no-answer"], rig.Reports.Of("cam"));
        Assert.Equal(["Ready"], rig.Reports.Of("cam-record"));
        Assert.Equal(["Ready"], rig.Reports.Of("cam-sound"));
        Assert.Equal("Camera sảnh, detect: hỏng", rig.Reports.All.Last(report => report.Fault is not null).Detail);
        rig.Mend();
        await rig.RunAsync(40);
        Assert.Equal(["Ready", "Absent camera.no-answer", "Ready"], rig.Reports.Of("cam"));
        Assert.Equal(["Offline Start Detect 0", "Offline End Detect 55"], rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Role} {news.Lasted.TotalSeconds:0}"));
    }

    [Fact]
    public async Task A_stream_that_comes_back_at_once_was_never_gone()
    {
        var rig = new CameraRig(StreamRoles.Detect);
        await rig.RunAsync(30);
        for (var i = 0; i < 5; i++)
        {
            rig.Break(CameraFaults.NoAnswer);
            await rig.RunAsync(4);
            rig.Mend();
            await rig.RunAsync(30);
        }

        Assert.Equal(["Ready"], rig.Reports.Of("cam"));
        Assert.Empty(rig.News);
    }

    [Fact]
    public async Task Each_role_has_a_state_of_its_own()
    {
        var rig = new CameraRig(StreamRoles.Detect | StreamRoles.Sound, StreamRoles.Record);
        await rig.RunAsync(30);
        rig.Eyes[1].Trouble = new StreamTrouble(CameraFaults.NoSuchStream, "DESCRIBE: trả lời RTSP 404", rig.Time.GetTimestamp());
        rig.Eyes[0].HasSound = false;
        await rig.RunAsync(20);
        Assert.Equal(["Ready"], rig.Reports.Of("cam"));
        Assert.Equal(["Ready", "Failed camera.no-such-stream"], rig.Reports.Of("cam-record"));
        Assert.Equal(["Ready", "Degraded camera.no-sound-track"], rig.Reports.Of("cam-sound"));
        Assert.Equal(["Deaf Start Sound", "Offline Start Record"], rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Role}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_main_stream_that_fell_silent_alone_and_a_recorder_at_another_address_hide_no_other_role()
    {
        var rig = new CameraRig(StreamRoles.Detect, StreamRoles.Record);
        await rig.RunAsync(30);
        rig.Eyes[0].Trouble = new StreamTrouble(CameraFaults.NoAnswer, "không gửi gì", rig.Time.GetTimestamp());
        rig.Eyes[1].Trouble = new StreamTrouble(CameraFaults.NoSuchStream, "DESCRIBE: trả lời RTSP 404", rig.Time.GetTimestamp());
        await rig.RunAsync(15);
        Assert.Equal(["Ready"], rig.Reports.Of("cam-record"));
        await rig.RunAsync(10);
        Assert.Equal(["Ready", "Failed camera.no-such-stream"], rig.Reports.Of("cam-record"));

        var apart = new CameraRig(new Uri("rtsp://10.0.0.2/record"), StreamRoles.Detect, StreamRoles.Record);
        await apart.RunAsync(30);
        apart.Break(CameraFaults.NoAnswer);
        await apart.RunAsync(10);
        Assert.Equal(["Ready", "Absent camera.no-answer"], apart.Reports.Of("cam-record"));
    }

    [Fact]
    public async Task Without_a_decoder_the_pictures_alone_are_at_fault_and_sound_is_judged_on()
    {
        var rig = new CameraRig(StreamRoles.Detect | StreamRoles.Sound);
        await rig.RunAsync(30);
        rig.Eyes[0].Pictures = new StreamTrouble(CameraFaults.DecoderAbsent, "không có ffmpeg", rig.Time.GetTimestamp());
        rig.Eyes[0].HasSound = false;
        await rig.RunAsync(10);
        Assert.Equal(["Ready", "Degraded camera.decoder-absent"], rig.Reports.Of("cam"));
        Assert.Equal(["Ready", "Degraded camera.no-sound-track"], rig.Reports.Of("cam-sound"));
        rig.Eyes[0].Pictures = null;
        await rig.RunAsync(40);
        Assert.Equal("Ready", rig.Reports.Of("cam").Last());
    }

    [Fact]
    public void A_camera_that_tells_all_day_fills_no_card_and_each_start_that_is_told_has_its_end()
    {
        var (time, told) = (new ManualTime(), new ToldNews());
        var incidents = new CameraIncidents(told, time);
        for (var i = 0; i < 100; i++)
        {
            Tell("cam", CameraPhase.Start);
            Tell("cam", CameraPhase.Update);
            Tell("cam", CameraPhase.End);
        }

        Assert.Equal(3, told.Phases.Count(phase => phase == CameraPhase.Start));
        Assert.Equal(3, told.Phases.Count(phase => phase == CameraPhase.End));
        told.Phases.Clear();
        Tell("other", CameraPhase.Start);
        time.Advance(CameraIncidents.OneMoreEvery);
        Tell("cam", CameraPhase.Start);
        Tell("cam", CameraPhase.End);
        Assert.Equal([CameraPhase.Start, CameraPhase.Start, CameraPhase.End], told.Phases);

        void Tell(string camera, CameraPhase phase) => incidents.Tell(new CameraNews(new DeviceId(camera), StreamRoles.None, CameraMatter.Tamper, phase, default, TimeSpan.Zero));
    }

    private sealed class ToldNews : ICameraSink
    {
        public List<CameraPhase> Phases { get; } = [];

        public void Tell(CameraNews news) => Phases.Add(news.Phase);
    }

    [Fact]
    public async Task A_covered_lens_is_an_event_with_a_start_an_update_and_an_end()
    {
        var rig = new CameraRig(StreamRoles.Detect);
        await rig.RunAsync(30);
        rig.Clip.Cover = 1;
        await rig.RunAsync(20);
        Assert.Equal(["Ready", "Failed camera.lens-covered"], rig.Reports.Of("cam"));
        rig.Clip.CoverTone = 3;
        await rig.RunAsync(20);
        rig.Clip.Cover = 0;
        await rig.RunAsync(20);
        Assert.Equal(["Ready", "Failed camera.lens-covered", "Failed camera.picture-black", "Ready"], rig.Reports.Of("cam"));
        Assert.Equal(["Covered Start camera.lens-covered", "Covered Update camera.picture-black", "Covered End camera.picture-black"], rig.News.Select(news => $"{news.Matter} {news.Phase} {news.Fault}"));
    }

    [Fact]
    public async Task A_microphone_that_is_off_is_told_a_minute_after_the_hall_opened_and_never_at_night()
    {
        var rig = new CameraRig(StreamRoles.Detect | StreamRoles.Sound) { IsOpen = false };
        await rig.RunAsync(30);
        rig.Eyes[0].IsSilent = true;
        await rig.RunAsync(600);
        Assert.Equal(["Ready"], rig.Reports.Of("cam-sound"));
        rig.IsOpen = true;
        await rig.RunAsync(50);
        Assert.Equal(["Ready"], rig.Reports.Of("cam-sound"));
        await rig.RunAsync(15);
        Assert.Equal(["Ready", "Degraded camera.sound-silent"], rig.Reports.Of("cam-sound"));
        rig.Eyes[0].IsSilent = false;
        await rig.RunAsync(5);
        Assert.Equal(["Ready", "Degraded camera.sound-silent", "Ready"], rig.Reports.Of("cam-sound"));
        Assert.Equal(["Deaf Start", "Deaf End"], rig.News.Select(news => $"{news.Matter} {news.Phase}"));
    }

    [Fact]
    public async Task A_camera_that_flickers_makes_a_few_events_and_no_flood()
    {
        var rig = new CameraRig(StreamRoles.Detect);
        await rig.RunAsync(30);
        for (var i = 0; i < 40; i++)
        {
            rig.Break(CameraFaults.NoAnswer);
            await rig.RunAsync(9);
            rig.Mend();
            await rig.RunAsync(9);
        }

        Assert.InRange(rig.Reports.All.Count(report => !report.IsPassing), 3, 9);
        Assert.InRange(rig.News.Count, 2, 9);
        // Whoever looks at the box itself sees every change.
        Assert.InRange(rig.Reports.All.Count, 60, 90);
    }

    [Fact]
    public async Task What_is_known_says_no_more_than_measures()
    {
        var rig = new CameraRig(StreamRoles.Detect | StreamRoles.Sound);
        Assert.Null(rig.Watch.Status.Measures);
        await rig.RunAsync(40);
        var status = rig.Watch.Status;
        Assert.True(status.KnowsScene);
        Assert.InRange(status.Measures!.Alike, 0.9, 1);
        Assert.Equal([StreamRoles.Detect, StreamRoles.Sound], status.Roles.Select(role => role.Role));
    }

    private sealed class CameraRig : ICameraSink
    {
        private readonly Camera camera;

        public CameraRig(params StreamRoles[] streams)
            : this(new Uri("rtsp://10.0.0.1/x"), streams)
        {
        }

        /// <param name="second">Where the streams after the first are.</param>
        public CameraRig(Uri second, params StreamRoles[] streams)
        {
            camera = new Camera(new DeviceId("cam"), "Camera sảnh", [.. streams.Select((roles, i) => new CameraFeed(i == 0 ? new Uri("rtsp://10.0.0.1/x") : second, roles))], null, TimeSpan.FromSeconds(60));
            Eyes = [.. streams.Select(roles => new DrawnEye(roles, Time, Clip))];
            Watch = new CameraWatch(camera, Eyes, () => IsOpen, Time, Reports, this, () => UsedAt);
        }

        public ManualTime Time { get; } = new();

        public HallClip Clip { get; } = new(5, persons: 2);

        public ImmutableArray<DrawnEye> Eyes { get; }

        public RecordedReports Reports { get; } = new();

        public List<CameraNews> News { get; } = [];

        public CameraWatch Watch { get; }

        public bool IsOpen { get; set; } = true;

        public long? UsedAt { get; set; }

        public void Tell(CameraNews news) => News.Add(news);

        public void Resume(StreamRoles role, CameraMatter matter, FaultCode fault, TimeSpan lasted) =>
            Assert.True(Watch.Resume(new CameraNews(camera.Id, role, matter, CameraPhase.Start, fault, lasted)));

        public void Break(FaultCode fault)
        {
            foreach (var eye in Eyes)
            {
                eye.Trouble = new StreamTrouble(fault, "hỏng", Time.GetTimestamp()) { IsOfAddress = fault == CameraFaults.NoAnswer };
            }
        }

        public void Mend()
        {
            foreach (var eye in Eyes)
            {
                eye.Trouble = null;
            }
        }

        public async Task RunAsync(int seconds)
        {
            for (var i = 0; i < seconds; i++)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                await Watch.StepAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Sees a drawn hall, a picture every two seconds.</summary>
    private sealed class DrawnEye(StreamRoles roles, ManualTime time, HallClip clip) : IStreamEye
    {
        private long heardAt;
        private bool odd;

        public StreamRoles Roles => roles;

        public StreamTrouble? Trouble { get; set; }

        public StreamTrouble? Pictures { get; set; }

        public bool HasSound { get; set; } = true;

        public bool IsSilent { get; set; }

        public StreamTrouble? Undecoded { get; set; }

        public void Begin(Action news) => heardAt = time.GetTimestamp();

        public StreamSight Look()
        {
            heardAt = IsSilent ? heardAt : time.GetTimestamp();
            return new StreamSight(Trouble, Trouble is null, "H264", "640×360", time.GetTimestamp(), new SoundSight(HasSound, "PCMA", IsUnderstood: true, -50, time.GetTimestamp(), heardAt) { Undecoded = Undecoded }) { Pictures = Pictures };
        }

        public GreyPicture? TryTake()
        {
            odd = !odd && roles.HasFlag(StreamRoles.Detect) && Trouble is null && time.GetTimestamp() / TimeSpan.TicksPerSecond % 2 == 0;
            return odd ? new GreyPicture(clip.Next()) : null;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
