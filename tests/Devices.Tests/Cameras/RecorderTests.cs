using System.Globalization;
using System.Text;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Recording;
using MotCua.Edge.Devices.Health;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

/// <summary>Asks recorders over real connections.</summary>
public sealed class RecorderTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, false)]
    [InlineData(7, true)]
    public async Task An_isapi_recorder_says_what_it_kept_last_how_full_it_is_and_what_time_it_has_by_its_own_clock(int zone, bool writesUtc)
    {
        await using var recorder = new RecorderDouble { User = "quản trị", Drift = TimeSpan.FromDays(-400), Zone = TimeSpan.FromHours(zone), WritesUtc = writesUtc, Free = 120_000 };
        var newest = recorder.Now.AddMinutes(-3);
        // More than one page, the newest last; and what is older than must be is asked for only where that is all.
        recorder.Kept["101"] = [newest.AddDays(-9), newest.AddHours(-3), newest.AddMinutes(-9), newest.AddMinutes(-6), newest.AddMinutes(-3), newest];
        recorder.Kept["201"] = [newest.AddDays(-9)];
        recorder.Kept["301"] = [newest.AddDays(-9), newest.AddHours(-3)];
        var answer = await new IsapiSource(Of(recorder, RecorderKind.Isapi, "101", "201", "301") with { IsUtc = writesUtc }, recorder.Address, TimeProvider.System).AskAsync(Test);
        Assert.InRange((answer.Newest["101"]!.Value - newest).TotalSeconds, -1, 1);
        Assert.Null(answer.Newest["201"]);
        Assert.InRange((answer.Newest["301"]!.Value - newest.AddHours(-3)).TotalSeconds, -1, 1);
        Assert.InRange((answer.Clock!.Value - recorder.Now).TotalSeconds, -5, 1);
        Assert.Equal((12.0, null), (answer.FreePercent, answer.Disk));
        Assert.Single(recorder.Asked, line => line.EndsWith(" 401", StringComparison.Ordinal));
        Assert.Equal(6, recorder.Asked.Count(line => line == "POST /ISAPI/ContentMgmt/search 200"));
    }

    [Theory]
    [InlineData("error", "ổ cứng hỏng (error)")]
    [InlineData("SMARTFailed", "ổ cứng sắp hỏng (SMARTFailed)")]
    [InlineData("<b/>", "ổ cứng có trạng thái lạ")]
    [InlineData("notexist", "đầu ghi không có ổ cứng")]
    [InlineData("Nguyễn Văn A", "ổ cứng có trạng thái lạ")]
    public async Task A_disk_that_is_not_well_is_told_in_our_words(string status, string told)
    {
        await using var recorder = new RecorderDouble { DiskStatus = status };
        Assert.StartsWith(told, (await new IsapiSource(Of(recorder, RecorderKind.Isapi, "101"), recorder.Address, TimeProvider.System).AskAsync(Test)).Disk ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorder_of_profile_g_says_what_it_kept_last_of_each_source_by_its_own_clock()
    {
        await using var recorder = new OnvifDouble { HasRecordings = true, Drift = TimeSpan.FromHours(5) };
        var now = TimeProvider.System.GetUtcNow() + recorder.Drift;
        recorder.Recordings.AddRange([("rec-1", "Cong vao", now.AddMinutes(-2), false), ("rec-2", "Quay", now.AddHours(-9), false), ("rec-3", "Quay", now.AddHours(-3), false), ("rec-4", "Moi", null, true), ("rec-5", "Trong", null, false)]);
        var asked = Of(recorder.Address, RecorderKind.Onvif, "rec-1", "quay", "Moi", "Trong", "none") with { Login = new CameraLogin(recorder.User, recorder.Password) };
        var source = new OnvifSource(asked, recorder.Address, TimeProvider.System);
        var answer = await source.AskAsync(Test);
        Assert.InRange((answer.Clock!.Value - now).TotalSeconds, -2, 10);
        Assert.InRange((answer.Newest["rec-1"]!.Value - now).TotalMinutes, -2.1, -1.9);
        Assert.InRange((answer.Newest["quay"]!.Value - now).TotalHours, -3.1, -2.9);
        Assert.Equal(answer.Clock, answer.Newest["Moi"]);
        Assert.Null(answer.Newest["Trong"]);
        Assert.False(answer.Newest.ContainsKey("none"));
        await source.AskAsync(Test);
        Assert.Equal(0, recorder.Searches);
        Assert.Single(recorder.Asked, "GetServices");

        var camera = new OnvifSource(Of(recorder.Address, RecorderKind.Onvif, "*") with { Login = asked.Login }, recorder.Address, TimeProvider.System);
        Assert.True((await camera.AskAsync(Test)).Newest["*"] >= answer.Newest["rec-1"]);
        await using var without = new OnvifDouble();
        var refused = await Assert.ThrowsAsync<CameraTroubleException>(() => new OnvifSource(Of(without.Address, RecorderKind.Onvif, "1") with { Login = asked.Login }, without.Address, TimeProvider.System).AskAsync(Test));
        Assert.Equal(RecorderFaults.BadAnswer, refused.Fault);
    }

    [Theory]
    [InlineData("""{"disk":{"free":30,"all":120},"clock":"2026-11-23T08:00:00+07:00","list":[{"id":7,"last":1795395300},{"id":"x"},3,{"last":1},{"id":"y","last":null}]}""", "list", 25.0)]
    [InlineData("""{"disk":{"free":"30","all":"120"},"clock":1795395600,"list":{"7":{"last":"2026-11-23T00:55:00Z"},"x":{},"y":{"last":null}}}""", "list", 25.0)]
    [InlineData("""{"clock":1795395600000,"7":{"last":"1795395300000"},"x":{"last":"soon"},"y":{"last":null}}""", "", null)]
    [InlineData("""{"clock":"2026-11-23T08:00:00","7":{"last":"2026-11-23 07:55:00"},"x":{"last":0},"y":{"last":null}}""", "", null)]
    public async Task A_recorder_that_answers_json_is_understood_by_the_names_of_the_file(string json, string cameras, double? free)
    {
        await using var recorder = new RecorderDouble { User = "admin", AsksBasic = true, Json = () => json };
        var asked = Of(recorder, RecorderKind.Json, "7", "x", "y", "none") with { AllowsBasic = true, Fields = new JsonFields(cameras, "id", "last", "clock", "disk.free", "disk.all") };
        var answer = await new JsonSource(asked, new Uri(recorder.Address, "status.json?x=1"), TimeProvider.System).AskAsync(Test);
        Assert.Equal(DateTimeOffset.Parse("2026-11-23T08:00:00+07:00", CultureInfo.InvariantCulture), answer.Clock);
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Clock - answer.Newest["7"]);
        Assert.Null(answer.Newest["y"]);
        Assert.False(answer.Newest.ContainsKey("x")); // What is not understood is not "nothing".
        Assert.False(answer.Newest.ContainsKey("none"));
        Assert.Equal(free, answer.FreePercent);
    }

    [Fact]
    public async Task Where_the_page_shows_no_clock_the_head_of_the_answer_does()
    {
        await using var recorder = new RecorderDouble { Drift = TimeSpan.FromHours(-2), Json = () => """{"7":{"last":5}}""" };
        var asked = Of(recorder, RecorderKind.Json, "7") with { Fields = new JsonFields("", "", "last", "", "", "") };
        var answer = await new JsonSource(asked, new Uri(recorder.Address, "status.json?x=1"), TimeProvider.System).AskAsync(Test);
        Assert.InRange((answer.Clock!.Value - recorder.Now).TotalSeconds, -5, 1);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_each_time_and_told()
    {
        await using var recorder = new RecorderDouble { User = "admin" };
        var wrong = Of(recorder, RecorderKind.Isapi, "101") with { Login = new CameraLogin("admin", "no") };
        var source = new IsapiSource(wrong, recorder.Address, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<CameraTroubleException>(() => source.AskAsync(Test));
        Assert.Equal(RecorderFaults.LoginRefused, refused.Fault);
        Assert.Equal((2, 1), (recorder.Asked.Count, recorder.WrongTries));
        await Assert.ThrowsAsync<CameraTroubleException>(() => source.AskAsync(Test));
        Assert.Equal((4, 2), (recorder.Asked.Count, recorder.WrongTries));
        refused = await Assert.ThrowsAsync<CameraTroubleException>(() => new IsapiSource(wrong with { Login = null }, recorder.Address, TimeProvider.System).AskAsync(Test));
        Assert.Equal((RecorderFaults.LoginRefused, 5), (refused.Fault, recorder.Asked.Count));
    }

    [Fact]
    public async Task A_password_is_said_as_it_is_only_where_the_file_allows_it_and_never_after_a_digest()
    {
        await using var recorder = new RecorderDouble { User = "admin", AsksBasic = true, Json = () => "{}" };
        var (asked, url) = (Of(recorder, RecorderKind.Json, "7") with { Fields = new JsonFields("", "", "last", "", "", "") }, new Uri(recorder.Address, "status.json?x=1"));
        var refused = await Assert.ThrowsAsync<CameraTroubleException>(() => new JsonSource(asked, url, TimeProvider.System).AskAsync(Test));
        Assert.Equal((RecorderFaults.LoginRefused, 1), (refused.Fault, recorder.Asked.Count));
        Assert.Contains("basic: yes", refused.Message, StringComparison.Ordinal);
        var allowed = new JsonSource(asked with { AllowsBasic = true }, url, TimeProvider.System);
        recorder.AsksBasic = false;
        await allowed.AskAsync(Test);
        recorder.AsksBasic = true;
        refused = await Assert.ThrowsAsync<CameraTroubleException>(() => allowed.AskAsync(Test));
        Assert.Equal((RecorderFaults.LoginRefused, 4), (refused.Fault, recorder.Asked.Count));
    }

    [Theory]
    [InlineData("404 No", "")]
    [InlineData("200 OK", "<ResponseStatus><statusString>OK</statusString></ResponseStatus>")]
    [InlineData("200 OK", "<CMSearchResult><responseStatusStrg>OK</responseStatusStrg><matchList/></CMSearchResult>")]
    [InlineData("200 OK", "<CMSearchResult><responseStatusStrg>OK</responseStatusStrg><searchMatchItem><timeSpan><endTime>yesterday</endTime></timeSpan></searchMatchItem></CMSearchResult>")]
    [InlineData("200 OK", "<CMSearchResult><responseStatusStrg>MORE</responseStatusStrg><searchMatchItem><timeSpan><endTime>2026-11-23T07:00:00Z</endTime></timeSpan></searchMatchItem></CMSearchResult>")]
    public async Task A_track_whose_answer_is_not_understood_is_not_known_and_hides_no_other(string status, string body)
    {
        await using var recorder = new RecorderDouble();
        recorder.Kept["201"] = [recorder.Now.AddMinutes(-1)];
        recorder.Instead["101"] = stream => stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n\r\n{body}"), Test).AsTask();
        var answer = await new IsapiSource(Of(recorder, RecorderKind.Isapi, "101", "201"), recorder.Address, TimeProvider.System).AskAsync(Test);
        Assert.Equal(["201"], answer.Newest.Keys);
        Assert.NotNull(answer.Newest["201"]);
        await Assert.ThrowsAnyAsync<Exception>(() => new IsapiSource(Of(recorder, RecorderKind.Isapi, "101"), recorder.Address, TimeProvider.System).AskAsync(Test));
    }

    [Fact]
    public async Task A_track_that_hangs_costs_its_own_answer_only()
    {
        var (asked, time) = (new TaskCompletionSource(), new ManualTime());
        await using var recorder = new RecorderDouble();
        recorder.Kept["201"] = [recorder.Now.AddMinutes(-1)];
        recorder.Instead["101"] = async _ => { asked.TrySetResult(); await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Test); };
        var answering = new IsapiSource(Of(recorder, RecorderKind.Isapi, "101", "201"), recorder.Address, time).AskAsync(Test);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Test);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(["201"], (await answering.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Test)).Newest.Keys);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\nnothing of a kind")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<a><b>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<Time></Time>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 49\r\n\r\n<Time><localTime>2026-99-99T00:00</localTime></Time>")]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-x\r\n\r\n\r\n")]
    public async Task Rubbish_is_a_named_fault_and_the_next_question_comes_all_the_same(string rubbish)
    {
        await using var recorder = new RecorderDouble();
        recorder.Instead["/ISAPI/System/time"] = stream => stream.WriteAsync(Encoding.ASCII.GetBytes(rubbish), Test).AsTask();
        Assert.Equal(RecorderFaults.BadAnswer, await TroubleAsync(recorder));
    }

    [Fact]
    public async Task A_gigabyte_is_left_after_some_hundred_kilobytes()
    {
        var sent = 0L;
        await using var recorder = new RecorderDouble();
        recorder.Instead["/ISAPI/System/time"] = async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n<a>"u8.ToArray(), Test);
            for (var more = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<b/>", 16_000))); sent < 1_000_000_000; sent += more.Length)
            {
                await stream.WriteAsync(more, Test);
            }
        };
        Assert.Equal(RecorderFaults.BadAnswer, await TroubleAsync(recorder));
        Assert.InRange(Interlocked.Read(ref sent), 0, 64 << 20);
    }

    [Fact]
    public async Task One_that_hangs_is_left_at_the_deadline()
    {
        var (asked, time) = (new TaskCompletionSource(), new ManualTime());
        await using var recorder = new RecorderDouble();
        recorder.Instead["/ISAPI/System/time"] = async _ => { asked.TrySetResult(); await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Test); };
        var known = new TaskCompletionSource();
        await using var eye = new RecorderEye(Of(recorder, RecorderKind.Isapi, "101"), recorder.Address, time, new Random(1));
        eye.Begin(() => known.TrySetResult());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Test);
        time.Advance(RecorderEye.Within);
        await known.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Test);
        Assert.Equal((RecorderFaults.Unreachable, "không trả lời trong 25 s"), (eye.Look().Trouble!.Fault, eye.Look().Trouble!.Detail));
    }

    internal static Recorder Of(Uri address, RecorderKind kind, params string[] channels) => new(
        new DeviceId("dau-ghi"), "Đầu ghi", kind, address,
        [.. channels.Select((channel, i) => new KeptCamera(new Camera(new DeviceId($"cam-{i}"), $"Camera {i}", [new CameraFeed(new Uri("rtsp://10.0.0.1/x"), StreamRoles.Detect)], null, TimeSpan.FromMinutes(1)), channel))], null);

    private static Recorder Of(RecorderDouble recorder, RecorderKind kind, params string[] channels) =>
        Of(recorder.Address, kind, channels) with { Login = recorder.User is { } user ? new CameraLogin(user, recorder.Password) : null };

    private static async Task<FaultCode> TroubleAsync(RecorderDouble recorder)
    {
        var known = new TaskCompletionSource();
        await using var eye = new RecorderEye(Of(recorder, RecorderKind.Isapi, "101"), recorder.Address, TimeProvider.System, new Random(1));
        eye.Begin(() => known.TrySetResult());
        await known.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Test);
        return eye.Look().Trouble!.Fault;
    }
}
