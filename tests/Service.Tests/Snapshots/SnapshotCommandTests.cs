using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Commands.Tests;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Journal.Tests;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using MotCua.Protocols.Snapshots;
using Xunit;

namespace MotCua.Edge.Snapshots.Tests;

/// <summary>Pictures that the province commands: written down, taken, sent, and never on the card.</summary>
public sealed partial class SnapshotCommandTests : IDisposable
{
    public const string Cameras = """

        cameras:
          - id: camera-sanh
            name: Camera sảnh
            streams:
              - { url: "rtsp://192.168.1.64/102", roles: [detect, sound] }
          - id: camera-quay
            name: Camera quầy
            counters: [2]
            streams:
              - { url: "rtsp://192.168.1.65/102", roles: detect }
        """;

    private readonly Province province = new();
    private readonly FakePhotographer photographer = new();

    public void Dispose() => province.Dispose();

    [Fact]
    public async Task A_picture_is_in_the_journal_before_it_is_taken_and_at_the_province_before_it_is_sent()
    {
        using var box = await BoxAsync();
        var (asked, held) = (0, 0);
        photographer.Before = () => asked = box.Events<CameraSnapshot>().Count();
        province.Heard = message =>
        {
            if (message.Topic.Contains("/up/snap/", StringComparison.Ordinal))
            {
                held = province.Bridge.EventsOf(box.Centre.Journal.Epoch).Count(one => Encoding.UTF8.GetString(one).Contains("camera.snapshot", StringComparison.Ordinal));
            }
        };
        province.Send(Snapshot("chup-1", """{"camera":"camera-sanh","reason":"complaint","role":"operator","ttlMinutes":60}"""));
        await UntilAsync(box, () => province.States("chup-1").LastOrDefault() == CommandState.Done);
        Assert.Equal((1, 1), (asked, held));
        Assert.Equal([true], photographer.Taken);
        var picture = Assert.Single(province.Pictures);
        Assert.Equal(("camera-sanh", true), (picture.Head.Camera, picture.Head.Blur));
        Assert.Equal(FakePhotographer.Picture(blur: true), picture.Jpeg.ToArray());
        Assert.Equal(
            [
                new CameraSnapshot("chup-1", "camera-sanh", "asked", "command", "complaint", "operator", null, true, 60, null),
                new CameraSnapshot("chup-1", "camera-sanh", "sent", "command", "complaint", "operator", null, true, 60, null),
            ],
            box.Events<CameraSnapshot>());
        Assert.Equal("Đã gửi ảnh.", province.Answers[^1].Reason);
    }

    [Fact]
    public async Task Nothing_of_a_picture_is_on_the_card()
    {
        using var box = await BoxAsync();
        province.Send(Snapshot("chup-1"));
        await UntilAsync(box, () => province.Pictures.Count == 1);
        await box.RunAsync(3);
        Assert.All(box.Disk.List(), name =>
        {
            using var file = box.Disk.Open(name);
            var bytes = new byte[file.Length];
            file.Read(0, bytes);
            Assert.True(bytes.AsSpan().IndexOf("nobody reads this"u8) < 0, name);
        });
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_picture_is_taken_gets_it_when_it_is_back()
    {
        using var box = await BoxAsync();
        photographer.Held = new TaskCompletionSource();
        province.Send(Snapshot("chup-1"));
        await UntilAsync(box, () => box.Events<CameraSnapshot>().Any());
        await box.RunAsync(2);
        province.Link.Break();
        province.Link.Reachable = false;
        photographer.Held.SetResult();
        await UntilAsync(box, () => photographer.Taken.Count == 1);
        await box.RunAsync(3);
        Assert.Equal("Đã chụp; ảnh chờ đường truyền về tỉnh.", box.Centre.Snapshots!.Look("chup-1").Reason);
        Assert.Empty(province.Pictures);
        province.Link.Reachable = true;
        await UntilAsync(box, () => province.States("chup-1").LastOrDefault() == CommandState.Done, stride: 500);
        Assert.Single(province.Pictures);
    }

    [Fact]
    public async Task A_broker_that_is_full_is_asked_again_and_one_that_forbids_it_is_not()
    {
        using var box = await BoxAsync();
        province.Link.Answer = message => message.Topic.Contains("/up/snap/", StringComparison.Ordinal) ? 0x97 : 0;
        province.Send(Snapshot("chup-1"));
        await UntilAsync(box, () => photographer.Taken.Count == 1);
        await box.RunAsync(5, strideMs: 100);
        Assert.Empty(province.Pictures);
        province.Link.Answer = _ => 0;
        await box.RunAsync(40, strideMs: 200);
        Assert.Single(province.Pictures);
        Assert.Equal(CommandState.Done, province.States("chup-1").Last());

        province.Link.Answer = message => message.Topic.Contains("/up/snap/", StringComparison.Ordinal) ? 0x87 : 0;
        province.Send(Snapshot("chup-2"));
        await UntilAsync(box, () => province.States("chup-2").LastOrDefault() == CommandState.Failed);
        Assert.Contains("không nhận ảnh (mã 0x87)", province.Answers[^1].Reason, StringComparison.Ordinal);
        Assert.Equal("failed", box.Events<CameraSnapshot>().Last().Phase);
    }

    [Fact]
    public async Task A_picture_that_finds_no_line_in_its_time_is_gone_and_that_is_said()
    {
        using var box = await BoxAsync();
        photographer.Held = new TaskCompletionSource();
        province.Send(Snapshot("chup-1", """{"camera":"camera-sanh","reason":"incident","role":"supervisor","ttlMinutes":2,"blur":false}"""));
        await UntilAsync(box, () => box.Events<CameraSnapshot>().Any());
        province.Link.Break();
        province.Link.Reachable = false;
        photographer.Held.SetResult();
        await UntilAsync(box, () => photographer.Taken.Count == 1);
        Assert.Equal([false], photographer.Taken);
        await box.RunAsync(125, strideMs: 500);
        var last = box.Events<CameraSnapshot>().Last();
        Assert.Equal(("failed", "Hết thời gian lưu trước khi gửi được; ảnh đã xóa."), (last.Phase, last.Note));
        province.Link.Reachable = true;
        await UntilAsync(box, () => province.States("chup-1").Last() == CommandState.Failed, stride: 500);
        Assert.Empty(province.Pictures);
    }

    [Fact]
    public async Task A_restart_loses_the_picture_and_says_so()
    {
        var before = await BoxAsync();
        photographer.Held = new TaskCompletionSource();
        province.Send(Snapshot("chup-1"));
        await UntilAsync(before, () => before.Events<CameraSnapshot>().Any());
        await before.RunAsync(1);
        before.PowerCut();
        using var after = await BoxAsync(before.Disk, seed: 2);
        await UntilAsync(after, () => province.States("chup-1").LastOrDefault() == CommandState.Failed);
        await after.RunAsync(3);
        Assert.Empty(province.Pictures);
        Assert.Equal(["asked", "failed"], after.Events<CameraSnapshot>().Select(e => e.Phase));
        Assert.Equal("Máy tại trung tâm khởi động lại; ảnh chưa gửi thì đã mất.", after.Events<CameraSnapshot>().Last().Note);
        Assert.Contains("Yêu cầu chụp lại", province.Answers[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_camera_that_fails_is_told_in_the_words_of_the_catalogue_and_not_in_its_own()
    {
        using var box = await BoxAsync();
        photographer.Fails = new CameraTroubleException(CameraFaults.LoginRefused, "password of Nguyễn Văn A is wrong");
        province.Send(Snapshot("chup-1"));
        await UntilAsync(box, () => province.States("chup-1").LastOrDefault() == CommandState.Failed);
        Assert.StartsWith("Không chụp được: ", province.Answers[^1].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(box.Events(), e => Encoding.UTF8.GetString(e.Canonical.Span).Contains("Nguyễn Văn A", StringComparison.Ordinal));

        photographer.Fails = null;
        photographer.Gives = [0xFF, 0xD8, .. new byte[100]];
        province.Send(Snapshot("chup-2"));
        await UntilAsync(box, () => province.States("chup-2").LastOrDefault() == CommandState.Failed);
        Assert.Empty(province.Pictures);
    }

    [Theory]
    [InlineData("""{"camera":"camera-kho","reason":"security","role":"operator"}""", "không có camera «camera-kho»")]
    [InlineData("""{"camera":"camera-sanh","reason":"curiosity","role":"operator"}""", "reason")]
    [InlineData("""{"camera":"camera-sanh","reason":"emergency","role":"operator"}""", "reason")]
    [InlineData("""{"camera":"camera-sanh","reason":"security","role":"ông A"}""", "role")]
    [InlineData("""{"camera":"camera-sanh","reason":"security","role":"operator","ttlMinutes":10081}""", "ttlMinutes")]
    [InlineData("""{"reason":"security"}""", "không đúng")]
    public async Task A_wish_without_a_reason_a_role_or_a_bound_is_refused_and_no_picture_is_taken(string body, string why)
    {
        using var box = await BoxAsync();
        province.Send(Snapshot("chup-1", body));
        await box.RunAsync(1);
        Assert.Equal(CommandState.Refused, province.Answers[^1].State);
        Assert.Contains(why, province.Answers[^1].Reason, StringComparison.Ordinal);
        Assert.Empty(photographer.Taken);
        Assert.Empty(box.Events<CameraSnapshot>());
    }

    [Fact]
    public async Task A_camera_takes_one_at_a_time_and_six_an_hour_and_an_emergency_has_six_of_its_own()
    {
        using var box = await BoxAsync();
        photographer.Held = new TaskCompletionSource();
        province.Send(Snapshot("chup-0"));
        await UntilAsync(box, () => box.Events<CameraSnapshot>().Any());
        Assert.Contains("đang chụp", box.Centre.Snapshots!.WhyNot("camera-sanh", SnapshotCause.Command), StringComparison.Ordinal);
        Assert.Null(box.Centre.Snapshots.WhyNot("camera-quay", SnapshotCause.Command));
        photographer.Held.SetResult();
        photographer.Held = null;
        for (var i = 1; i < SnapshotDesk.MostAnHour; i++)
        {
            await UntilAsync(box, () => province.Pictures.Count == i);
            province.Send(Snapshot($"chup-{i}"));
        }

        await UntilAsync(box, () => province.Pictures.Count == SnapshotDesk.MostAnHour);
        Assert.Contains("trong một giờ", box.Centre.Snapshots.WhyNot("camera-sanh", SnapshotCause.Command), StringComparison.Ordinal);
        Assert.Null(box.Centre.Snapshots.WhyNot("camera-sanh", SnapshotCause.Emergency));
        await box.RunAsync(3600, strideMs: 10_000);
        Assert.Null(box.Centre.Snapshots.WhyNot("camera-sanh", SnapshotCause.Command));
    }

    [Fact]
    public async Task A_centre_without_cameras_or_without_a_province_says_why_there_is_no_picture()
    {
        using var bare = province.Box();
        await bare.RunAsync(1);
        province.Send(Snapshot("chup-1"));
        await bare.RunAsync(1);
        Assert.Equal((CommandState.Refused, "Trung tâm không có camera."), (province.Answers[^1].State, province.Answers[^1].Reason));

        using var alone = new TestCentre(yaml: TestCentre.Yaml + Cameras, photographers: _ => photographer);
        Assert.Contains("chưa nối với tỉnh", alone.Centre.Snapshots!.WhyNot("camera-sanh", SnapshotCause.Emergency), StringComparison.Ordinal);
    }

    private Command Snapshot(string id, string body = """{"camera":"camera-sanh","reason":"security","role":"operator"}""") => province.Word(id, CommandKinds.Snapshot, body);

    private async Task<TestCentre> BoxAsync(SimulatedDisk? disk = null, int seed = 1)
    {
        var box = province.Box(disk, seed, yaml: TestCentre.Yaml + Cameras, photographers: _ => photographer);
        foreach (var camera in box.Box.Cameras.Values)
        {
            camera.Cut = true; // Nothing here needs its stream.
        }

        await box.RunAsync(1);
        return box;
    }

    // Manual time for the schedule; a picture is taken on another thread, which gets a moment each time.
    internal static async Task UntilAsync(TestCentre box, Func<bool> met, double stride = 50)
    {
        for (var rounds = 0; !met(); rounds++)
        {
            Assert.True(rounds < 600, "It did not come.");
            await box.RunAsync(stride / 1000, strideMs: stride);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
