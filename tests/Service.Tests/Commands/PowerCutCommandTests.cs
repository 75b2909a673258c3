using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Journal.Tests;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Commands.Tests;

public sealed class PowerCutCommandTests
{
    [Fact]
    public async Task Wherever_the_power_goes_a_command_is_carried_out_at_most_once_and_always_answered()
    {
        var (ends, begunAfterwards, interrupted) = (0, 0, 0);
        for (var cut = 1; cut <= 40; cut++)
        {
            using var province = new Province();
            var disk = new SimulatedDisk(new Random(cut));
            var before = province.Box(disk, cut);
            await before.RunAsync(3);
            disk.PowerFailsAt(cut);
            province.Send(province.Announce("lenh-1"));
            try
            {
                await before.RunAsync(2);
            }
            catch (PowerLostException)
            {
                // The box is dark from here on.
            }

            var spoken = before.Spoken.Count();
            before.PowerCut(cut);
            using var after = province.Box(disk, cut + 1000);
            var had = after.Centre.Loop.Durable.State.Commands.Known.ContainsKey("lenh-1");
            await after.RunAsync(3);
            begunAfterwards += had && after.Spoken.Any() ? 1 : 0;

            // What the province has no answer to it sends again.
            province.Send(province.Announce("lenh-1"));
            await after.RunAsync(3);
            var last = province.Answers[^1];
            Assert.True(CommandState.IsFinal(last.State), $"Cut at {cut}: {last.State}.");
            Assert.True(spoken + after.Spoken.Count() <= 1, $"Cut at {cut}: spoken twice.");
            Assert.True(last.State != CommandState.Done || spoken + after.Spoken.Count() == 1, $"Cut at {cut}: done and not spoken.");
            Assert.Single(after.Events<CommandAnswered>(), e => e.State == CommandState.Accepted);
            Assert.Single(after.Events<CommandAnswered>(), e => CommandState.IsFinal(e.State));
            (ends, interrupted) = (ends + (last.State == CommandState.Done ? 1 : 0), interrupted + (last.State == CommandState.Failed ? 1 : 0));
        }

        // The sweep met each of the places that matter.
        Assert.True(ends > 0 && begunAfterwards > 0 && interrupted > 0, $"{ends} done, {begunAfterwards} begun after the start, {interrupted} interrupted.");
    }

    [Fact]
    public async Task A_command_whose_file_the_card_lost_is_told_as_failed()
    {
        using var province = new Province();
        var trust = new SettableTrust { Trust = ClockTrust.Synced };
        var before = province.Box(clock: trust);
        await before.RunAsync(3);
        Accept(before, province.Announce("lenh-1"));
        before.PowerCut();
        Assert.DoesNotContain("command-lenh-1.jwt", before.Disk.List());
        using var after = province.Box(before.Disk, seed: 2);
        await after.RunAsync(2);
        Assert.Empty(after.Spoken);
        Assert.Equal((CommandState.Failed, "Thẻ nhớ đã mất nội dung lệnh; gửi lại nếu còn cần."), (province.Answers[^1].State, province.Answers[^1].Reason));
    }

    [Fact]
    public async Task A_file_that_somebody_put_on_the_card_commands_nothing()
    {
        using var province = new Province();
        using var other = new Province();
        var before = province.Box();
        await before.RunAsync(3);
        Accept(before, province.Announce("lenh-1"));
        before.PowerCut();
        before.Disk.Replace("command-lenh-1.jwt", other.Announce("lenh-1", "Lời của người lạ.").Sign(other.Bridge.Key));
        before.Disk.Replace("command-lenh-2.jwt", province.Announce("lenh-2", "Lời chưa ai nhận.").Sign(province.Bridge.Key));
        using var after = province.Box(before.Disk, seed: 2);
        await after.RunAsync(2);
        Assert.Empty(after.Spoken);
        Assert.Equal(CommandState.Failed, province.Answers[^1].State);
        Assert.DoesNotContain("command-lenh-2.jwt", after.Disk.List());
    }

    [Fact]
    public async Task A_command_that_expired_while_the_box_was_off_is_not_begun()
    {
        using var province = new Province();
        var before = province.Box();
        await before.RunAsync(3);
        var word = province.Announce("lenh-1", minutes: 5);
        before.Disk.Replace("command-lenh-1.jwt", word.Sign(province.Bridge.Key));
        Accept(before, word);
        before.PowerCut();
        province.Time.Advance(TimeSpan.FromMinutes(6));
        using var after = province.Box(before.Disk, seed: 2);
        await after.RunAsync(2);
        Assert.Empty(after.Spoken);
        Assert.Equal((CommandState.Failed, "Lệnh đã hết hạn trước khi máy kịp thực hiện."), (province.Answers[^1].State, province.Answers[^1].Reason));
    }

    // As if the power had gone right after the journal said "accepted".
    private static void Accept(TestCentre box, Command word)
    {
        box.Centre.Feed.Leave(box.Centre.Commands!);
        box.Centre.Loop.Record(new CommandAnswered(word.Id.Value, word.Kind, CommandState.Accepted, null, word.Issued, word.Expires), light: false);
        box.Centre.Loop.StepAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
    }
}
