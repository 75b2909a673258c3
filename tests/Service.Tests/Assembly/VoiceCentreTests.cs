using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>A whole centre, heard and seen at once.</summary>
public sealed class VoiceCentreTests
{
    private const string Guidance = "{ guidance: { waiting: 1, for: 5s, every: 5m, after-call: 30s } }";

    private static readonly ShelfOf Shelf = new(("nop-ho-so.txt", "Quý vị cần hỗ trợ nộp hồ sơ trực tuyến, vui lòng đến bàn hướng dẫn."));

    [Fact]
    public async Task Two_calls_close_together_are_both_spoken_whole_and_in_order_each_with_what_the_sign_shows_then()
    {
        using var centre = await VoiceBench.WaitingAsync("{ volume: 80 }");
        await centre.PressAsync(TestCentre.NextButton);
        await centre.PressAsync(VoiceBench.NextAtTwo);
        List<(string Spoken, string Shown)> moments = [];
        for (var i = 0; i < 60; i++)
        {
            await centre.RunAsync(0.2);
            if (centre.Box.Loudspeaker.Heard is [.., { Whole: false } now])
            {
                moments.Add((now.Text.Contains("H,", StringComparison.Ordinal) ? "H" : "A", centre.Sign.Digits.Text.TrimStart() is [var first, ..] ? first.ToString() : ""));
            }
        }

        Assert.Equal(["A", "H"], moments.Select(m => m.Spoken).Distinct());
        // New calls blink: the number is dark for moments, and then only the counter stands there.
        Assert.All(moments.Where(m => !char.IsDigit(m.Shown[0])), moment => Assert.Equal(moment.Spoken, moment.Shown));
        Assert.Contains(("A", "A"), moments);
        Assert.Contains(("H", "H"), moments);
        Assert.All(centre.Box.Loudspeaker.Heard, heard => Assert.True(heard.Whole));
        Assert.Equal(2, centre.Box.Loudspeaker.Heard.Length);
        var calls = centre.Events().Where(e => e.Data is TicketCalled).Select(e => e.Seq).ToList();
        Assert.Equal(calls, centre.Spoken().Select(d => d.CallSeq));
        Assert.All(centre.Spoken(), d => Assert.Equal(("done", 4000, null), (d.Result, d.SoundedMs, d.Heard)));
        Assert.Equal(calls.Select(c => (c, "done")), centre.Events<CallDelivered>().Where(d => d.Output == "hall-sign").Select(d => (d.CallSeq, d.Result)).Order());
    }

    [Fact]
    public async Task A_call_cuts_guidance_short_and_guidance_is_said_whole_when_the_hall_is_calm_again()
    {
        using var centre = await VoiceBench.WaitingAsync(Guidance, guidance: Shelf);
        await centre.RunAsync(6);
        Assert.StartsWith("Quý vị", Assert.Single(centre.Spoken), StringComparison.Ordinal);

        // The cut is made on a thread of the pool, which manual time does not wait for.
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        centre.Box.Loudspeaker.Changed += () => _ = centre.Box.Loudspeaker.Heard[0].CutAt is not null && cut.TrySetResult();
        await centre.PressAsync(TestCentre.NextButton);
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await centre.RunAsync(5);
        Assert.False(centre.Box.Loudspeaker.Heard[0].Whole);
        Assert.NotNull(centre.Box.Loudspeaker.Heard[0].CutAt);
        Assert.True(centre.Box.Loudspeaker.Heard[1].Whole);
        await centre.RunAsync(20);
        Assert.Equal(2, centre.Spoken.Count());

        await centre.RunAsync(20);
        Assert.True(centre.Box.Loudspeaker.Heard[2].Whole);
        var said = Assert.Single(centre.Events<AnnouncementSaid>());
        Assert.Matches("^huong-dan-[0-9a-f]{8}-1$", said.Id);
        Assert.Equal(new AnnouncementSaid(said.Id, "guidance", "nop-ho-so.txt", "done", 4000), said);
    }

    [Fact]
    public async Task Guidance_never_comes_between_a_call_and_its_repeat()
    {
        using var centre = new TestCentre(yaml: VoiceBench.Yaml(Guidance), speech: new SlowVoice(4), guidance: Shelf);
        await centre.RunAsync(0.2);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.RunAsync(25);
        await centre.PressAsync(VoiceBench.RecallAtOne);
        await centre.RunAsync(60);

        Assert.Equal(["Mời", "Xin", "Quý"], centre.Spoken.Select(text => text.Split(' ')[0]));
        Assert.All(centre.Box.Loudspeaker.Heard, heard => Assert.True(heard.Whole));
    }

    [Fact]
    public async Task Nobody_waits_no_guidance()
    {
        using var centre = new TestCentre(yaml: VoiceBench.Yaml(Guidance), guidance: Shelf);
        await centre.RunAsync(60, strideMs: 200);

        Assert.Empty(centre.Spoken);
    }

    [Theory]
    [InlineData(false, "muted")]
    [InlineData(true, "done")]
    public async Task In_mute_hours_a_call_is_shown_and_answered_as_muted_unless_nobody_knows_the_hour(bool clockLost, string result)
    {
        using var centre = await VoiceBench.WaitingAsync("{ mute: [{ from: \"17:30\", to: \"09:00\" }] }", clock: clockLost ? new LostClock() : null);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(8);

        Assert.Equal(result, Assert.Single(centre.Spoken()).Result);
        Assert.Equal(clockLost ? 1 : 0, centre.Spoken.Count());
        Assert.Equal("A001   1", centre.Sign.Digits.Text);
        Assert.NotEqual("failed", centre.Device("speaker")?.State);
    }

    [Fact]
    public async Task In_quiet_hours_what_sounds_is_quieter()
    {
        using var centre = await VoiceBench.WaitingAsync("{ microphone: plughw:1, volume: 90, quiet: [{ from: \"07:30\", to: \"08:30\", volume: 30 }] }");
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(8);

        // The pilot, which peaks at 35 %.
        var sound = centre.Box.Loudspeaker.Heard[0].Sound;
        var samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(sound.Samples.Span);
        Assert.InRange(samples[..(int)(Devices.Speech.Proof.Pilot.Length.TotalSeconds * sound.SampleRate)].ToArray().Max(), 3000, 3450);
        Assert.True(Assert.Single(centre.Spoken()).Heard);
    }

    [Fact]
    public async Task A_speaker_that_three_calls_came_silent_from_is_a_fault_until_it_is_heard_again()
    {
        using var centre = await VoiceBench.WaitingAsync("{ microphone: plughw:1 }");
        centre.Box.Loudspeaker.Silent = true;
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(8);
        Assert.Contains(await DarkAsync(centre, 5), dark => dark);
        await centre.PressAsync(VoiceBench.RecallAtOne);
        await centre.RunAsync(8);
        Assert.Equal("ready", centre.Device("speaker")?.State);
        await centre.PressAsync(VoiceBench.RecallAtOne);
        await centre.RunAsync(10);

        Assert.Equal(new TestCentre.KnownDevice("degraded", "speaker.silent"), centre.Device("speaker"));
        Assert.Equal([("done", false), ("done", false), ("done", false)], centre.Spoken().Select(d => (d.Result, d.Heard!.Value)));
        centre.Box.Loudspeaker.Silent = false;
        await centre.PressAsync(VoiceBench.NextAtTwo);
        await centre.RunAsync(10);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("speaker"));
        Assert.True(centre.Spoken().Last().Heard);
    }

    [Fact]
    public async Task A_call_that_the_speaker_could_not_play_makes_the_boards_flash_twice_and_the_speaker_is_back_by_itself()
    {
        using var centre = await VoiceBench.WaitingAsync("{ volume: 100 }");
        centre.Box.Loudspeaker.Unplugged = true;
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(5.5);
        var second = await DarkAsync(centre, 6);
        await centre.RunAsync(2);
        Assert.Contains(true, second);
        Assert.DoesNotContain(true, await DarkAsync(centre, 5));
        Assert.Equal("failed", Assert.Single(centre.Spoken()).Result);
        Assert.Equal(new TestCentre.KnownDevice("failed", "speech.speaker-failed"), centre.Device("speaker"));

        centre.Box.Loudspeaker.Unplugged = false;
        await centre.RunAsync(6);
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("speaker"));
    }

    [Fact]
    public async Task A_call_that_came_too_late_for_the_voice_makes_the_boards_flash_while_its_ticket_stands()
    {
        using var centre = await VoiceBench.WaitingAsync("{ volume: 100 }", sentenceSeconds: 70);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.PressAsync(VoiceBench.NextAtTwo);
        await centre.RunAsync(75, strideMs: 100);

        Assert.Equal(["done", "expired"], centre.Spoken().Select(d => d.Result));
        Assert.Contains(true, await DarkAsync(centre, 5)); // The second of two; the call's own blinking is over.
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_turn_is_told_unless_the_clerk_took_it_back_while_the_voice_was_busy(bool takenBack)
    {
        using var centre = await VoiceBench.WaitingAsync("{ volume: 100 }");
        await VoiceBench.CallThreeTimesAsync(centre);
        await centre.PressAsync(VoiceBench.NextAtTwo);
        await VoiceBench.SubmitAsync(centre, new Queue.MarkMissed(new Queue.CounterId(1)));
        if (takenBack)
        {
            await VoiceBench.SubmitAsync(centre, new Queue.UndoLast(new Queue.CounterId(1)));
        }

        await centre.RunAsync(10);

        Assert.Equal(takenBack ? 0 : 1, centre.Spoken.Count(text => text.Contains("đã lỡ lượt", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_text_of_the_clerk_goes_after_calls_and_is_told_as_an_event_without_its_words()
    {
        using var centre = await VoiceBench.WaitingAsync("{ volume: 100 }");
        await centre.PressAsync(TestCentre.NextButton);
        Assert.IsType<Announcing.TextOutcome.Accepted>(centre.Centre.Texts.Add("Trung tâm nghỉ trưa lúc 11 giờ 30.", null, null));
        await centre.RunAsync(12);

        Assert.Equal("Trung tâm nghỉ trưa lúc 11 giờ 30.", centre.Spoken.Last());
        Assert.Equal(2, centre.Spoken.Count());
        var text = Assert.Single(centre.Centre.Texts.All);
        Assert.Equal("done", text.State);
        Assert.Equal(new AnnouncementSaid(text.Id, "notice", null, "done", 4000), Assert.Single(centre.Events<AnnouncementSaid>()));
    }

    private static async Task<List<bool>> DarkAsync(TestCentre centre, double seconds)
    {
        List<bool> dark = [];
        for (var left = seconds; left > 0; left -= 0.1)
        {
            await centre.RunAsync(0.1);
            dark.Add(!centre.Sign.Digits.Text.Contains("001", StringComparison.Ordinal));
        }

        return dark;
    }
}
