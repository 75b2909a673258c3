using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Journal.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Announcing.Tests;

public sealed class CentreTextsTests : IDisposable
{
    private static readonly ShelfOf Shelf = new(("an-trua.txt", "Trung tâm nghỉ trưa."), ("hong.txt", null));

    private readonly TestCentre centre = new(guidance: Shelf);

    public void Dispose() => centre.Dispose();

    [Fact]
    public async Task A_scheduled_text_is_spoken_at_its_time_and_not_before()
    {
        var text = Accepted("Trung tâm sắp đóng cửa.", at: Now.AddMinutes(1));
        Assert.Equal("scheduled", text.State);
        await centre.RunAsync(58, strideMs: 500);
        Assert.Empty(centre.Spoken);

        await centre.RunAsync(5, strideMs: 500);
        Assert.Equal(["Trung tâm sắp đóng cửa."], centre.Spoken);
        Assert.Equal("done", Assert.Single(centre.Centre.Texts.All).State);
    }

    [Fact]
    public async Task It_survives_a_restart_and_one_whose_time_went_by_meanwhile_is_told_as_expired()
    {
        var one = Accepted("Một.", at: Now.AddMinutes(1));
        var two = Accepted("Hai.", at: Now.AddHours(1));
        centre.PowerCut();
        centre.Time.Advance(TimeSpan.FromMinutes(20));
        using var after = new TestCentre(centre.Disk, centre.Time, seed: 2);
        await after.RunAsync(5);
        Assert.Empty(after.Spoken);
        Assert.Equal(new AnnouncementSaid(one.Id, "notice", null, "expired", 0), Assert.Single(after.Events<AnnouncementSaid>()));

        after.Time.Advance(TimeSpan.FromMinutes(40));
        await after.RunAsync(2);
        Assert.Equal(["Hai."], after.Spoken);
        var three = Assert.IsType<TextOutcome.Accepted>(after.Centre.Texts.Add("Ba.", null, null)).Text;
        Assert.Equal(3, new[] { one, two, three }.Select(text => text.Id).Distinct().Count());
        Assert.NotEqual(one.Id.Split('-')[2], three.Id.Split('-')[2]);
    }

    [Fact]
    public async Task Of_two_texts_of_one_hour_the_good_one_is_spoken_once_and_the_one_whose_file_is_gone_is_told_as_failed()
    {
        var shelf = new ShelfOf(("an-trua.txt", "Trung tâm nghỉ trưa."));
        using var before = new TestCentre(guidance: shelf);
        Assert.IsType<TextOutcome.Accepted>(before.Centre.Texts.Add("Một.", null, Now.AddMinutes(1)));
        Assert.IsType<TextOutcome.Accepted>(before.Centre.Texts.Add(null, "an-trua.txt", Now.AddMinutes(1)));
        shelf.Delete("an-trua.txt");
        await before.RunAsync(65, strideMs: 500);

        Assert.Equal(["Một."], before.Spoken);
        Assert.Equal([("failed", "an-trua.txt"), ("done", null)], before.Events<AnnouncementSaid>().Select(said => (said.Result, said.File)));
        Assert.Equal(["done", "failed"], before.Centre.Texts.All.Select(text => text.State));
        Assert.DoesNotContain(before.Centre.Devices.All, device => device.Report.Fault?.Value == "loop.failed");

        before.PowerCut();
        using var after = new TestCentre(before.Disk, before.Time, seed: 2, guidance: shelf);
        await after.RunAsync(5);
        Assert.Empty(after.Spoken);
    }

    [Fact]
    public async Task A_recording_is_read_when_it_is_played_and_one_that_cannot_be_read_is_told_as_failed()
    {
        var shelf = new ShelfOf(("a.wav", "một"), ("b.wav", "hỏng"));
        using var hall = new TestCentre(guidance: shelf);
        Assert.IsType<TextOutcome.Accepted>(hall.Centre.Texts.Add(null, "a.wav", null));
        Assert.IsType<TextOutcome.Accepted>(hall.Centre.Texts.Add(null, "b.wav", null));
        Assert.Empty(shelf.Read);
        await hall.RunAsync(2);

        Assert.Equal(["a.wav", "b.wav", "b.wav"], shelf.Read);
        Assert.Equal(["a.wav"], hall.Spoken);
        Assert.Equal(["done", "failed"], hall.Centre.Texts.All.Select(text => text.State));
        Assert.NotEqual("failed", hall.Device("speech")?.State);
    }

    [Fact]
    public async Task What_was_taken_back_is_not_spoken()
    {
        var text = Accepted("Một.", at: Now.AddMinutes(1));
        Assert.IsType<TextOutcome.Accepted>(centre.Centre.Texts.Cancel(text.Id));
        await centre.RunAsync(70, strideMs: 500);

        Assert.Empty(centre.Spoken);
        Assert.Equal("already-over", Assert.IsType<TextOutcome.Refused>(centre.Centre.Texts.Cancel(text.Id)).Code);
        Assert.Null(centre.Centre.Texts.Cancel("thong-bao-99"));
    }

    [Fact]
    public async Task A_text_that_was_taken_back_while_it_sounds_is_told_as_cancelled()
    {
        using var hall = new TestCentre(speech: new SlowVoice(4));
        var text = Assert.IsType<TextOutcome.Accepted>(hall.Centre.Texts.Add("Trung tâm nghỉ trưa.", null, null)).Text;
        await hall.RunAsync(1);
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hall.Box.Loudspeaker.Changed += () => _ = hall.Box.Loudspeaker.Heard[0].CutAt is not null && cut.TrySetResult();
        Assert.Equal("cancelled", Assert.IsType<TextOutcome.Accepted>(hall.Centre.Texts.Cancel(text.Id)).Text.State);
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await hall.RunAsync(1);

        Assert.Equal("cancelled", Assert.Single(hall.Centre.Texts.All).State);
        Assert.Equal("expired", Assert.Single(hall.Events<AnnouncementSaid>()).Result);
    }

    [Fact]
    public void As_many_texts_as_may_wait_are_read_again_at_their_longest()
    {
        for (var i = 0; i < CentreTexts.MostOpen; i++)
        {
            Accepted(new string('ệ', 1000), at: Now.AddHours(1));
        }

        centre.PowerCut();
        using var after = new TestCentre(centre.Disk, centre.Time, seed: 2);
        Assert.Equal(CentreTexts.MostOpen, after.Centre.Texts.All.Length);
    }

    [Fact]
    public async Task While_the_clock_is_not_trusted_nothing_is_scheduled_and_what_is_to_be_said_now_is_said()
    {
        using var lost = new TestCentre(clock: new LostClock());
        Assert.Equal("clock-untrusted", Assert.IsType<TextOutcome.Refused>(lost.Centre.Texts.Add("Một.", null, Now.AddMinutes(1))).Code);
        Assert.IsType<TextOutcome.Accepted>(lost.Centre.Texts.Add("Hai.", null, null));
        await lost.RunAsync(1);

        Assert.Equal(["Hai."], lost.Spoken);
    }

    [Theory]
    [InlineData(null, null, "bad-text")]
    [InlineData("Một", "an-trua.txt", "bad-text")]
    [InlineData("", null, "bad-text")]
    [InlineData("  ...  ", null, "bad-text")]
    [InlineData("một\nhai", null, "bad-text")]
    [InlineData("một\u0000", null, "bad-text")]
    [InlineData(null, "../centre.yaml", "unknown-guidance")]
    [InlineData(null, "hong.txt", "bad-guidance")]
    public void What_cannot_be_spoken_is_refused_in_words(string? text, string? guidance, string code) =>
        Assert.Equal(code, Assert.IsType<TextOutcome.Refused>(centre.Centre.Texts.Add(text, guidance, null)).Code);

    [Fact]
    public void A_text_of_ten_thousand_characters_is_refused_with_its_length()
    {
        var refused = Assert.IsType<TextOutcome.Refused>(centre.Centre.Texts.Add(new string('a', 10_000), null, null));

        Assert.Contains("10000", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_nothing_but_numbers_which_would_be_read_for_minutes_is_refused() =>
        Assert.Equal("bad-text", Assert.IsType<TextOutcome.Refused>(centre.Centre.Texts.Add(new string('9', 1000), null, null)).Code);

    [Theory]
    [InlineData(-2)]
    [InlineData(8 * 24 * 60)]
    public void Times_gone_by_and_times_far_away_are_refused(int minutes) =>
        Assert.Equal("bad-time", Assert.IsType<TextOutcome.Refused>(centre.Centre.Texts.Add("Một.", null, Now.AddMinutes(minutes))).Code);

    [Fact]
    public void More_than_anybody_needs_are_refused_and_the_rest_stays()
    {
        for (var i = 0; i < CentreTexts.MostOpen; i++)
        {
            Accepted("Một.", at: Now.AddHours(1));
        }

        Assert.Equal("too-many", Assert.IsType<TextOutcome.Refused>(centre.Centre.Texts.Add("Một.", null, Now.AddHours(1))).Code);
        Assert.Equal(CentreTexts.MostOpen, centre.Centre.Texts.All.Length);
    }

    [Fact]
    public void A_text_that_the_card_did_not_take_is_not_promised()
    {
        centre.Disk.Dead = true;

        Assert.Equal("not-durable", Assert.IsType<TextOutcome.Refused>(centre.Centre.Texts.Add("Một.", null, Now.AddHours(1))).Code);
        Assert.Empty(centre.Centre.Texts.All);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[{\"id\":\"x\"}]")]
    [InlineData("[{\"id\":\"x\",\"text\":\"\",\"guidance\":null,\"at\":\"2026-11-23T08:00:00+07:00\",\"state\":\"scheduled\"},{\"id\":\"y\",\"text\":\"Một\",\"guidance\":null,\"at\":null,\"state\":\"done\"}]")]
    public void A_spoilt_file_costs_what_was_scheduled_and_nothing_else(string content)
    {
        var disk = new SimulatedDisk(new Random(1));
        disk.Replace(TextFile.Name, System.Text.Encoding.UTF8.GetBytes(content));
        using var after = new TestCentre(disk);

        Assert.Empty(after.Centre.Texts.All);
    }

    private DateTimeOffset Now => centre.Time.GetUtcNow();

    private CentreText Accepted(string text, DateTimeOffset? at) => Assert.IsType<TextOutcome.Accepted>(centre.Centre.Texts.Add(text, null, at)).Text;
}
