using System.Net;
using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

/// <summary>The proof of sound on the lab page: a loudspeaker that plays and is not heard, a microphone that does not hear.</summary>
public sealed class LabFaultTests
{
    private const string Microphone = "{ microphone: plughw:1 }";

    [Fact]
    public async Task A_loudspeaker_that_is_turned_dumb_is_a_fault_after_three_calls_and_none_once_it_is_heard_again()
    {
        using var centre = await VoiceBench.WaitingAsync(Microphone);
        Turn(centre, "speaker", "silent", on: true);
        await VoiceBench.CallThreeTimesAsync(centre);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "speaker.silent"), centre.Device("speaker"));
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("microphone"));

        Turn(centre, "speaker", "silent", on: false);
        await centre.PressAsync(VoiceBench.NextAtTwo);
        await centre.RunAsync(10);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("speaker"));
        Assert.True(centre.Spoken().Last().Heard);
    }

    [Fact]
    public async Task A_microphone_that_is_turned_deaf_hears_nothing_of_a_loudspeaker_that_sounds()
    {
        using var centre = await VoiceBench.WaitingAsync(Microphone);
        Turn(centre, "microphone", "deaf", on: true);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(10);
        Assert.False(centre.Spoken().Last().Heard);

        Turn(centre, "microphone", "deaf", on: false);
        await centre.PressAsync(VoiceBench.NextAtTwo);
        await centre.RunAsync(10);
        Assert.True(centre.Spoken().Last().Heard);
    }

    [Fact]
    public async Task A_microphone_that_is_pulled_is_a_fault_of_its_own_and_says_nothing_of_the_loudspeaker()
    {
        using var centre = await VoiceBench.WaitingAsync(Microphone);
        Turn(centre, "microphone", "unplugged", on: true);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(10);

        Assert.Equal("failed", centre.Device("microphone")?.State);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("speaker"));
        Assert.Equal(("done", null), (centre.Spoken().Last().Result, centre.Spoken().Last().Heard));
    }

    [Fact]
    public async Task The_knobs_are_seen_where_they_were_turned_and_others_are_refused()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: VoiceBench.Yaml(Microphone)));
        foreach (var (device, knob, seen) in new[] { ("speaker", "silent", "silent"), ("microphone", "deaf", "deaf"), ("microphone", "unplugged", "unplugged") })
        {
            foreach (var on in new[] { true, false })
            {
                Assert.Equal(HttpStatusCode.NoContent, (await web.PostAsync("/lab/faults", $$"""{"device":"{{device}}","fault":"{{knob}}","on":{{(on ? "true" : "false")}}}""")).Status);
                Assert.Equal(on, (await web.GetAsync("/lab/centre")).Body.GetProperty(device).GetProperty(seen).GetBoolean());
            }
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await web.PostAsync("/lab/faults", """{"device":"microphone","fault":"hangs","on":true}""")).Status);
    }

    [Fact]
    public async Task A_centre_without_a_microphone_has_no_such_knob()
    {
        await using var web = await WebBench.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/lab/faults", """{"device":"microphone","fault":"deaf","on":true}""")).Status);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await web.GetAsync("/lab/centre")).Body.GetProperty("microphone").ValueKind);
    }

    private static void Turn(TestCentre centre, string device, string fault, bool on) => new LabFaults(centre.Centre, centre.Box).Break(new LabFault(device, fault, on));
}
