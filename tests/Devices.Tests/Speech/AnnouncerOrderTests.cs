using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Virtual;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>What goes first, what is cut short, and what people see and hear at the same moment.</summary>
public sealed class AnnouncerOrderTests : IDisposable
{
    private static readonly TimeSpan Calm = AnnouncerOptions.Default.CalmAfterCall;

    private readonly AnnouncerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task Calls_go_before_notices_and_notices_before_guidance()
    {
        rig.Announcer.Say(AnnouncerRig.Guidance("hướng dẫn"));
        rig.Announcer.Say(Notice("thông báo"));
        rig.Announcer.Say(rig.Call(1));

        await rig.RunUntilRestAsync();
        rig.Time.Advance(Calm);
        await rig.RunUntilRestAsync();

        Assert.Equal(["số 1", "thông báo", "hướng dẫn"], rig.Played);
    }

    [Fact]
    public async Task Guidance_never_begins_between_a_call_and_its_repeat()
    {
        rig.Announcer.Say(rig.Call(1));
        rig.Announcer.Say(AnnouncerRig.Guidance("hướng dẫn"));
        await rig.StepAsync();
        Assert.Equal(Calm, await rig.StepAsync());

        rig.Time.Advance(Calm - TimeSpan.FromSeconds(1));
        await rig.RunUntilRestAsync();
        rig.Announcer.Say(rig.Call(2));
        await rig.RunUntilRestAsync();
        rig.Time.Advance(Calm - TimeSpan.FromTicks(1));
        await rig.RunUntilRestAsync();
        Assert.Equal(["số 1", "số 2"], rig.Played);

        rig.Time.Advance(TimeSpan.FromTicks(1));
        await rig.RunUntilRestAsync();
        Assert.Equal("hướng dẫn", rig.Played[^1]);
    }

    [Fact]
    public async Task A_call_cuts_guidance_short_which_is_said_again_when_the_room_is_calm()
    {
        var step = await CutOnceAsync();

        Assert.Equal(TimeSpan.Zero, await step);
        Assert.Empty(rig.Answers);
        rig.OnPlay = (_, _) => Task.CompletedTask;
        await rig.RunUntilRestAsync();
        Assert.Equal(["số 1"], rig.Played);
        rig.Time.Advance(Calm);
        await rig.RunUntilRestAsync();
        Assert.Equal(["số 1", "hướng dẫn"], rig.Played);
        Assert.Equal([("số 1", Delivery.Done), ("hướng dẫn", Delivery.Done)], rig.Answers.Select(a => (a.Text, a.Receipt.Delivery)));
        Assert.DoesNotContain(rig.Reports, r => r.State != Edge.Devices.Health.DeviceState.Ready);
    }

    [Fact]
    public async Task Guidance_that_is_cut_a_second_time_is_dropped_and_told()
    {
        await await CutOnceAsync();
        rig.OnPlay = (text, stop) => text == "hướng dẫn" ? AnnouncerRig.HangAsync(stop) : Task.CompletedTask;
        await rig.RunUntilRestAsync();
        rig.Time.Advance(Calm);
        var step = rig.StepAsync().AsTask();
        await rig.BegunAsync("play hướng dẫn");
        rig.Announcer.Say(rig.Call(2));
        await step;

        await rig.RunUntilRestAsync();
        rig.Time.Advance(Calm);
        await rig.RunUntilRestAsync();
        Assert.Equal(["số 1", "số 2"], rig.Played);
        Assert.Contains(("hướng dẫn", Delivery.Expired), rig.Answers.Select(a => (a.Text, a.Receipt.Delivery)));
    }

    [Fact]
    public async Task A_call_waits_for_the_end_of_a_call_and_of_a_notice()
    {
        var speaker = new VirtualSpeaker(new("hall"), rig.Time);
        using var announcer = new Announcer(rig, speaker, rig, rig, rig.Time);
        announcer.Say(Notice("thông báo"));
        var step = announcer.StepAsync(TestContext.Current.CancellationToken).AsTask();
        announcer.Say(rig.Call(1));
        rig.Time.Advance(AnnouncerRig.SoundLength);
        await step;
        step = announcer.StepAsync(TestContext.Current.CancellationToken).AsTask();
        announcer.Say(rig.Call(2));
        rig.Time.Advance(AnnouncerRig.SoundLength);
        await step;

        Assert.All(speaker.Heard, heard => Assert.True(heard.Whole));
        Assert.Equal(["thông báo", "số 1"], speaker.Heard.Select(h => h.Text));
    }

    [Fact]
    public async Task A_call_cuts_a_long_notice_short_which_is_said_again_behind_it_even_after_its_deadline()
    {
        rig.SoundLasts = AnnouncerOptions.Default.LongestNotice + TimeSpan.FromSeconds(1);
        rig.OnPlay = (_, stop) => AnnouncerRig.HangAsync(stop);
        rig.Announcer.Say(new Announcement(null, "bản ghi", rig.Time.GetTimestamp() + TimeSpan.FromSeconds(20).Ticks));
        var step = rig.StepAsync().AsTask();
        await rig.BegunAsync("play bản ghi");
        rig.Time.Advance(TimeSpan.FromSeconds(25));
        rig.Announcer.Say(rig.Call(1));
        await step;
        rig.OnPlay = (_, _) => Task.CompletedTask;
        await rig.RunUntilRestAsync();

        Assert.Equal(["số 1", "bản ghi"], rig.Played);
    }

    [Fact]
    public async Task A_call_that_comes_while_a_long_notice_becomes_sound_goes_first()
    {
        rig.SoundLasts = AnnouncerOptions.Default.LongestNotice + TimeSpan.FromSeconds(1);
        rig.OnSynthesis = (text, _) =>
        {
            if (text == "bản ghi" && rig.Played.Count == 0)
            {
                rig.Announcer.Say(rig.Call(1));
            }

            return Task.CompletedTask;
        };
        rig.Announcer.Say(Notice("bản ghi"));
        await rig.RunUntilRestAsync();

        Assert.Equal(["số 1", "bản ghi"], rig.Played);
    }

    [Fact]
    public async Task A_text_that_began_in_time_is_said_to_its_end()
    {
        var soon = rig.Time.GetTimestamp() + TimeSpan.FromSeconds(10).Ticks;
        rig.OnPlay = (_, _) =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(40));
            return Task.CompletedTask;
        };
        rig.Announcer.Say(new Announcement(null, "một", soon) { Id = "a" });
        rig.Announcer.Say(new Announcement(null, "hai", soon) { Id = "a" });
        rig.Announcer.Say(new Announcement(null, "ba", soon) { Id = "a" });
        rig.Announcer.Say(new Announcement(null, "khác", soon) { Id = "b" });
        await rig.RunUntilRestAsync();

        Assert.Equal(["một", "hai", "ba"], rig.Played);
        Assert.Contains(("khác", Delivery.Expired), rig.Answers.Select(a => (a.Text, a.Receipt.Delivery)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_of_which_one_part_could_not_be_said_ends_there(bool failsToSound)
    {
        rig.OnSynthesis = (text, _) => failsToSound && text == "hai" ? throw new IOException("no voice") : Task.CompletedTask;
        rig.Announcer.Say(Notice("một", "a"));
        rig.Announcer.Say(new Announcement(null, "hai", failsToSound ? long.MaxValue : rig.Time.GetTimestamp() - 1) { Id = "a" });
        rig.Announcer.Say(Notice("ba", "a"));
        rig.Announcer.Say(Notice("khác", "b"));
        await rig.RunUntilRestAsync();

        Assert.Equal(failsToSound ? ["một", "khác"] : ["khác"], rig.Played);
        Assert.Equal(4, rig.Answers.Count);
    }

    [Fact]
    public async Task Speech_that_is_taken_back_is_not_said_even_when_it_sounds_already()
    {
        rig.OnPlay = (_, stop) => AnnouncerRig.HangAsync(stop);
        rig.Announcer.Say(Notice("một", "a"));
        rig.Announcer.Say(Notice("hai", "a"));
        rig.Announcer.Say(Notice("ba", "b"));
        var step = rig.StepAsync().AsTask();
        await rig.BegunAsync("play một");

        Assert.True(rig.Announcer.Withdraw("a"));
        await step;
        rig.OnPlay = (_, _) => Task.CompletedTask;
        await rig.RunUntilRestAsync();
        Assert.Equal(["ba"], rig.Played);
        Assert.False(rig.Announcer.Withdraw("a"));
    }

    [Fact]
    public async Task Speech_that_is_taken_back_while_it_becomes_sound_is_not_said()
    {
        rig.OnSynthesis = (_, stop) => AnnouncerRig.HangAsync(stop);
        rig.Announcer.Say(Notice("một", "a"));
        var step = rig.StepAsync().AsTask();
        await rig.BegunAsync("synthesis một");

        Assert.True(rig.Announcer.Withdraw("a"));
        await step;
        rig.OnSynthesis = (_, _) => Task.CompletedTask;
        await rig.RunUntilRestAsync();
        Assert.Empty(rig.Played);
    }

    [Fact]
    public async Task While_a_call_sounds_the_boards_are_told_to_show_it()
    {
        rig.OnPlay = (_, _) =>
        {
            Assert.Equal(1, rig.Lit[^1]);
            return Task.CompletedTask;
        };
        rig.Announcer.Say(rig.Call(1));
        await rig.RunUntilRestAsync();

        Assert.Equal([1, null], rig.Lit);
    }

    [Fact]
    public async Task A_call_whose_ticket_has_left_its_counter_is_not_spoken()
    {
        rig.Announcer.Say(rig.Call(1));
        rig.Announcer.Say(rig.Call(2));
        rig.Gone.Add(1);
        await rig.RunUntilRestAsync();

        Assert.Equal(["số 2"], rig.Played);
        Assert.Equal([(1, Delivery.Expired), (2, Delivery.Done)], rig.Receipts);
    }

    [Fact]
    public async Task In_mute_hours_everything_is_answered_as_muted_and_nothing_sounds()
    {
        using var quiet = new AnnouncerRig(new AnnouncerOptions { Loudness = new SteadyLoudness(Loudness.Mute) });
        quiet.Announcer.Say(quiet.Call(1));
        quiet.Announcer.Say(Notice("thông báo"));
        await quiet.RunUntilRestAsync();

        Assert.Empty(quiet.Played);
        Assert.Equal([Delivery.Muted, Delivery.Muted], quiet.Answers.Select(a => a.Receipt.Delivery));
        Assert.Empty(quiet.Reports);
    }

    [Fact]
    public async Task A_receipt_tells_how_much_was_played_and_the_device_how_often_it_stumbled()
    {
        rig.Underruns = 2;
        rig.Announcer.Say(rig.Call(1));
        rig.Announcer.Say(rig.Call(2));
        await rig.RunUntilRestAsync();

        Assert.All(rig.Answers, answer => Assert.Equal(AnnouncerRig.SoundLength, answer.Receipt.Sounded));
        Assert.Equal("4 underruns since the start", rig.Last("hall").Detail);
    }

    [Fact]
    public async Task A_speaker_that_failed_is_looked_for_until_it_is_back()
    {
        (rig.Unplugged, rig.OnPlay) = (true, (_, _) => throw new IOException("No such device"));
        rig.Announcer.Say(rig.Call(1));
        Assert.Equal(AnnouncerOptions.Default.CheckEvery, await rig.StepAsync());
        Assert.Equal(AnnouncerOptions.Default.CheckEvery, await rig.StepAsync());
        Assert.Equal(Edge.Devices.Health.DeviceState.Failed, rig.Last("hall").State);

        rig.Unplugged = false;
        Assert.Equal(Timeout.InfiniteTimeSpan, await rig.StepAsync());
        Assert.Equal(Edge.Devices.Health.DeviceState.Ready, rig.Last("hall").State);
    }

    private static Announcement Notice(string text, string? id = null) => new(null, text, long.MaxValue) { Id = id };

    private async Task<Task<TimeSpan>> CutOnceAsync()
    {
        rig.OnPlay = (_, stop) => AnnouncerRig.HangAsync(stop);
        rig.Announcer.Say(AnnouncerRig.Guidance("hướng dẫn"));
        var step = rig.StepAsync().AsTask();
        await rig.BegunAsync("play hướng dẫn");
        rig.Announcer.Say(rig.Call(1));
        return step;
    }
}
