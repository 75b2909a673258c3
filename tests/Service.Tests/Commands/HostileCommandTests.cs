using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Loop;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.Edge.Commands.Tests;

public sealed class HostileCommandTests : IDisposable
{
    private readonly Province province = new();

    public void Dispose() => province.Dispose();

    [Fact]
    public async Task Words_that_are_not_the_province_s_to_this_centre_are_counted_and_told_and_the_next_true_one_is_obeyed()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        using var stranger = ProvinceKey.Create();
        var word = province.Announce("lenh-1");
        province.Send(word.Sign(stranger));
        province.Send((word with { Centre = new CentreId("xa-tam-dao") }).Sign(province.Bridge.Key));
        province.Send(new Ack(new CentreId("pt-viet-tri"), new EpochId(1), 0, ChainHash.Genesis).Sign(province.Bridge.Key, province.Now));
        province.Send(new byte[10 * 1024 * 1024]);
        province.Send([0xff, 0xfe, 0xc3, 0x28]);
        province.Send("");
        province.Send("""{"alg":"none"}""");
        province.Send(Encoding.ASCII.GetString(word.Sign(province.Bridge.Key))[..^3]);
        await box.RunAsync(1);
        Assert.Equal(8, box.Centre.Commands!.Refused);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "command.forged"), box.Device("uplink"));
        Assert.Empty(box.Events<CommandAnswered>());
        Assert.Empty(province.Answers);

        province.Send(word);
        await box.RunAsync(3);
        Assert.Equal(CommandState.Done, province.Answers[^1].State);
        Assert.Single(box.Events<DeviceChanged>(), e => e.Fault == "command.forged");
        await box.RunAsync(3700, strideMs: 10_000);
        Assert.Null(box.Device("uplink")?.Fault);
    }

    [Fact]
    public async Task A_kind_that_this_version_does_not_know_is_refused_with_its_name_and_unknown_fields_are_ignored()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        province.Send(province.Word("lenh-1", "open-the-door", """{"door":1}"""));
        province.Send(province.Word("lenh-2", CommandKinds.Announce, """{"text":"Chào.","loudness":[11]}"""));
        await box.RunAsync(3);
        var refused = Assert.Single(province.Answers, answer => answer.Id == "lenh-1");
        Assert.Equal(CommandState.Refused, refused.State);
        Assert.Contains("open-the-door", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(CommandState.Done, province.States("lenh-2").Last());
    }

    [Fact]
    public async Task An_expired_command_that_somebody_repeats_writes_nothing_to_the_card()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        var word = province.Announce("lenh-1", minutes: 1);
        province.Time.Advance(TimeSpan.FromMinutes(2));
        await box.RunAsync(3);
        var written = box.Disk.BytesWritten;
        for (var i = 0; i < 20; i++)
        {
            province.Send(word);
            await box.RunAsync(0.1);
        }

        Assert.Equal(20, province.Answers.Count);
        Assert.All(province.Answers, answer => Assert.Equal((CommandState.Refused, "Lệnh đã hết hạn khi đến trung tâm."), (answer.State, answer.Reason)));
        Assert.Equal(written, box.Disk.BytesWritten);
        Assert.Empty(box.Spoken);
    }

    [Fact]
    public async Task A_flood_of_true_words_is_looked_at_sixty_times_a_minute_and_told()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        var word = province.Announce("lenh-1", minutes: 0.5);
        province.Time.Advance(TimeSpan.FromMinutes(2));
        await box.RunAsync(3);
        for (var i = 0; i < 200; i++)
        {
            province.Send(word);
            await box.RunAsync(0.02);
        }

        Assert.InRange(province.Answers.Count, 50, 60);
        Assert.Equal("command.flooded", box.Device("uplink")?.Fault);
        await box.RunAsync(61, strideMs: 500);
        province.Send(province.Announce("lenh-2"));
        await box.RunAsync(3);
        Assert.Equal(CommandState.Done, province.States("lenh-2").Last());
    }

    [Fact]
    public async Task More_than_eight_open_commands_wait_unwritten_and_are_obeyed_when_they_come_again()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        var later = province.Now.AddHours(1);
        for (var i = 1; i <= 9; i++)
        {
            province.Send(province.Word($"lenh-{i}", CommandKinds.Announce, $$"""{"text":"Chào.","at":"{{later:O}}"}"""));
            await box.RunAsync(0.2);
        }

        Assert.Empty(province.States("lenh-9"));
        Assert.DoesNotContain(box.Events<CommandAnswered>(), answered => answered.Id == "lenh-9");
        box.Centre.Texts.Cancel("tinh-lenh-1");
        await box.RunAsync(2);
        province.Send(province.Word("lenh-9", CommandKinds.Announce, """{"text":"Chào."}"""));
        await box.RunAsync(2);
        Assert.Equal(CommandState.Done, province.States("lenh-9").Last());
        Assert.Equal(["Chào."], box.Spoken);
    }

    [Fact]
    public void What_was_had_is_known_until_the_province_s_own_time_says_that_it_is_long_over()
    {
        var memory = CommandMemory.Empty;
        var at = Province.Morning;
        for (var i = 0; i < 100; i++)
        {
            memory = Over(memory, $"lenh-{i}", at.AddHours(i), at.AddHours(i + 1));
        }

        Assert.Contains("lenh-99", memory.Known.Keys);
        Assert.InRange(memory.Known.Count, 24, 28);
        // A refusal moves no time: what it says of when it was signed may be why it was refused.
        var refused = memory.With(new CommandAnswered("xa", "announce", CommandState.Refused, null, at.AddYears(1), at.AddYears(1).AddHours(1)), 1, at);
        Assert.Equal(memory.Known.Count + 1, refused.Known.Count);
    }

    [Fact]
    public void A_memory_survives_a_snapshot()
    {
        var memory = Over(CommandMemory.Empty, "lenh-1", Province.Morning, Province.Morning.AddHours(1));
        var state = CentreState.Empty(Loop.Tests.LoopBench.Plan) with { Commands = memory };
        var read = CentreSnapshot.Read(CentreSnapshot.Write(state), Loop.Tests.LoopBench.Plan).Commands;
        Assert.Equal((memory.Latest, memory.Known["lenh-1"]), (read.Latest, read.Known["lenh-1"]));
    }

    [Fact]
    public void When_more_is_remembered_than_there_is_room_for_nothing_is_answered_so_that_it_comes_again()
    {
        var memory = CommandMemory.Of(
            Enumerable.Range(0, CommandMemory.Most).Select(i => new KnownCommand($"x{i}", "announce", "done", null, Province.Morning, Province.Morning.AddHours(1), Province.Morning, i)), Province.Morning);
        Assert.IsType<CommandVerdict.TooMany>(CommandJudge.Judge(province.Announce("moi"), memory, 0, Now, ownClock: true, null));
        Assert.IsType<CommandVerdict.Had>(CommandJudge.Judge(province.Announce("x7"), memory, 0, Now, ownClock: true, null));
        // Whatever is signed when they are long over is taken: that very command makes them forgotten.
        Assert.False(memory.IsFullFor(Province.Morning.AddDays(2)));
        Assert.True(memory.IsFullFor(Province.Morning.AddHours(2)));
    }

    [Fact]
    public void A_life_of_more_than_a_day_and_a_signing_time_far_ahead_of_a_trusted_clock_are_refused()
    {
        var endless = province.Announce("lenh-1") with { Expires = province.Now.AddHours(25) };
        Assert.False(Assert.IsType<CommandVerdict.Refuse>(CommandJudge.Judge(endless, CommandMemory.Empty, 0, Now, ownClock: true, null)).Remember);
        var ahead = province.Announce("lenh-2") with { Issued = province.Now.AddMinutes(11) };
        Assert.Contains("lệch", Assert.IsType<CommandVerdict.Refuse>(CommandJudge.Judge(ahead, CommandMemory.Empty, 0, Now, ownClock: true, null)).Reason, StringComparison.Ordinal);
    }

    private ProvinceTime Now => new(province.Now, province.Now);

    private static CommandMemory Over(CommandMemory memory, string id, DateTimeOffset issued, DateTimeOffset expires) => memory
        .With(new CommandAnswered(id, "announce", CommandState.Accepted, null, issued, expires), 1, issued)
        .With(new CommandAnswered(id, "announce", CommandState.Done, null, issued, expires), 2, issued);
}
