using System.Text;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Onvif;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

public sealed partial class OnvifTests
{
    [Fact]
    public async Task A_page_in_place_of_soap_is_a_refused_login_and_is_not_tried_again()
    {
        await using var camera = new OnvifDouble();
        camera.Instead["GetDeviceInformation"] = Saying("401 Unauthorized", "<html>Digest please</html>");
        var refused = await Assert.ThrowsAsync<OnvifFaultException>(() => new OnvifClient(camera.Address, Login, TimeProvider.System).ReadModelAsync(Test));
        Assert.Equal((true, "trả lời HTTP 401"), (refused.IsLogin, refused.Message));
        Assert.Single(camera.Asked, "GetDeviceInformation");
    }

    [Fact]
    public async Task What_a_camera_says_of_its_refusal_is_kept_apart()
    {
        await using var camera = new OnvifDouble();
        camera.Instead["GetDeviceInformation"] = Saying("500 X", Soap("<s:Fault><s:Code><s:Value>s:Bi-mat-9</s:Value></s:Code><s:Reason><s:Text>password Bi-mat-9</s:Text></s:Reason></s:Fault>"));
        var refused = await Assert.ThrowsAsync<OnvifFaultException>(() => new OnvifClient(camera.Address, null, TimeProvider.System).ReadModelAsync(Test));
        Assert.Equal(("camera từ chối: không rõ", "password Bi-mat-9"), (refused.Message, refused.Heard));
    }

    [Theory]
    [InlineData(9999)]
    [InlineData(1)]
    public async Task A_camera_that_lives_in_no_year_of_ours_is_not_believed(int year)
    {
        await using var camera = new OnvifDouble();
        camera.Instead["GetSystemDateAndTime"] = Saying("200 OK", Soap($"<r><UTCDateTime><Time><Hour>23</Hour><Minute>59</Minute><Second>59</Second></Time><Date><Year>{year}</Year><Month>12</Month><Day>31</Day></Date></UTCDateTime></r>"));
        await Assert.ThrowsAsync<InvalidDataException>(() => new OnvifClient(camera.Address, null, TimeProvider.System).ReadClockAsync(Test));
    }

    [Fact]
    public async Task A_camera_that_answers_each_pull_at_once_and_knows_no_renewal_is_asked_at_a_pace_and_subscribed_to_again()
    {
        await using var camera = new OnvifDouble();
        camera.Instead["PullMessages"] = Saying("200 OK", Soap("<PullMessagesResponse/>"));
        camera.Instead["Renew"] = Saying("500 X", Soap("<s:Fault><s:Code><s:Value>s:ActionNotSupported</s:Value></s:Code></s:Fault>"));
        var began = TimeProvider.System.GetTimestamp();
        await using var eye = new OnvifEye(camera.Address, Login, TimeProvider.System, new Random(1), OnvifOptions.Default with { PullEvery = TimeSpan.FromMilliseconds(500), Lasting = TimeSpan.FromSeconds(2) });
        eye.Begin(() => { });
        await Until(() => camera.Asked.Count(name => name == "CreatePullPointSubscription") >= 2);
        Assert.InRange(camera.Asked.Count(name => name == "PullMessages"), 1, 2 + (TimeProvider.System.GetElapsedTime(began) / TimeSpan.FromMilliseconds(500)));
        Assert.Equal((null, true, 1), (eye.Look().Trouble, eye.Look().TellsEvents, camera.Subscriptions));
    }

    [Fact]
    public async Task A_camera_that_tells_no_events_still_shows_its_clock()
    {
        await using var camera = new OnvifDouble();
        camera.Instead["CreatePullPointSubscription"] = Saying("500 X", Soap("<s:Fault><s:Code><s:Value>s:ActionNotSupported</s:Value></s:Code></s:Fault>"));
        await using var eye = new OnvifEye(camera.Address, Login, TimeProvider.System, new Random(1), OnvifOptions.Default with { ClockEvery = TimeSpan.FromMilliseconds(200) });
        eye.Begin(() => { });
        await Until(() => camera.Asked.Count(name => name == "GetSystemDateAndTime") >= 3);
        Assert.Equal((null, true, false), (eye.Look().Trouble, eye.Look().IsSeen, eye.Look().TellsEvents));
    }

    [Fact]
    public async Task While_the_streams_login_is_refused_its_own_service_is_not_asked()
    {
        await using var camera = new OnvifDouble();
        var (gate, time) = (new LoginGate(TimeProvider.System), TimeProvider.System.GetTimestamp());
        gate.Refuse(TimeSpan.FromMinutes(5));
        await using var eye = new OnvifEye(camera.Address, Login, TimeProvider.System, new Random(1), gate: gate);
        eye.Begin(() => { });
        await Until(() => TimeProvider.System.GetElapsedTime(time) > TimeSpan.FromMilliseconds(500));
        Assert.Empty(camera.Asked);
        gate.Accept();
        await Until(() => eye.Look().IsSeen);
    }

    private static string Soap(string body) => $"<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>{body}</s:Body></s:Envelope>";

    private static Func<Stream, Task> Saying(string status, string body) =>
        stream => stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}"), Test).AsTask();
}
