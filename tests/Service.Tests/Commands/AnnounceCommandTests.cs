using MotCua.Edge.Devices.Speech;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Commands.Tests;

public sealed class AnnounceCommandTests : IDisposable
{
    private readonly Province province = new();

    public void Dispose() => province.Dispose();

    [Fact]
    public async Task A_text_of_the_province_is_spoken_and_every_step_is_answered_and_in_the_log()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        province.Send(province.Announce("lenh-1"));
        await box.RunAsync(3);
        Assert.Equal(["Trung tâm nghỉ trưa."], box.Spoken);
        Assert.Equal([CommandState.Accepted, CommandState.Running, CommandState.Running, CommandState.Done], province.States("lenh-1"));
        Assert.Equal("Loa đã đọc xong.", province.Answers[^1].Reason);
        Assert.Equal([CommandState.Accepted, CommandState.Running, CommandState.Done], box.Events<CommandAnswered>().Select(e => e.State));
        Assert.Equal("tinh-lenh-1", Assert.Single(box.Events<AnnouncementSaid>()).Id);
        Assert.Equal(box.Events().Count, province.Bridge.EventsOf(box.Centre.Journal.Epoch).Count);
        Assert.DoesNotContain(box.Disk.List(), name => name.StartsWith("command-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_said_stands_in_no_event()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        province.Send(province.Announce("lenh-1", "Mời người nhà của em bé áo đỏ đến quầy một."));
        await box.RunAsync(3);
        Assert.Single(box.Spoken);
        Assert.DoesNotContain(box.Events(), e => System.Text.Encoding.UTF8.GetString(e.Canonical.Span).Contains("áo đỏ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_comes_again_is_answered_again_and_spoken_once()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        var word = province.Announce("lenh-1");
        province.Send(word);
        province.Send(word);
        await box.RunAsync(3);
        province.Send(word with { Issued = word.Issued.AddSeconds(30) });
        await box.RunAsync(3);
        Assert.Single(box.Spoken);
        Assert.Equal(3, box.Events<CommandAnswered>().Count());
        Assert.Equal(CommandState.Done, province.Answers[^1].State);
        Assert.Equal(2, province.States("lenh-1").Count(state => state == CommandState.Done));
    }

    [Theory]
    [InlineData("""{"text":"..."}""", "ký tự")]
    [InlineData("""{"text":"a\nb"}""", "ký tự")]
    [InlineData("{}", "không đúng")]
    [InlineData("""{"text":"Chào.","at":"2027-01-01T00:00:00Z"}""", "7 ngày")]
    public async Task A_text_that_a_clerk_could_not_have_spoken_is_refused_with_the_same_reason(string body, string why)
    {
        using var box = province.Box();
        await box.RunAsync(1);
        province.Send(province.Word("lenh-1", CommandKinds.Announce, body));
        await box.RunAsync(1);
        var answer = Assert.Single(province.Answers);
        Assert.Equal(CommandState.Refused, answer.State);
        Assert.Contains(why, answer.Reason, StringComparison.Ordinal);
        Assert.Empty(box.Spoken);
        Assert.Equal(CommandState.Refused, Assert.Single(box.Events<CommandAnswered>()).State);
    }

    [Fact]
    public void The_contract_and_the_loudspeaker_take_texts_of_one_length() => Assert.Equal(Announcement.MaxTextLength, AnnounceBody.MaxText);

    [Fact]
    public async Task A_scheduled_text_is_running_over_a_restart_and_done_once_it_was_spoken()
    {
        var before = province.Box();
        await before.RunAsync(1);
        province.Send(province.Word("lenh-1", CommandKinds.Announce, $$"""{"text":"Sắp đóng cửa.","at":"{{province.Now.AddMinutes(2):O}}"}"""));
        await before.RunAsync(1);
        Assert.Equal("Đang chờ đến giờ hẹn.", province.Answers[^1].Reason);
        before.PowerCut();

        using var after = province.Box(before.Disk, seed: 2);
        await after.RunAsync(150, strideMs: 500);
        Assert.Equal(["Sắp đóng cửa."], after.Spoken);
        Assert.Equal(CommandState.Done, province.Answers[^1].State);
    }

    [Fact]
    public async Task A_clerk_who_takes_the_text_back_ends_the_command()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        province.Send(province.Word("lenh-1", CommandKinds.Announce, $$"""{"text":"Sắp đóng cửa.","at":"{{province.Now.AddMinutes(2):O}}"}"""));
        await box.RunAsync(1);
        Assert.NotNull(box.Centre.Texts.Cancel("tinh-lenh-1"));
        await box.RunAsync(1);
        Assert.Equal((CommandState.Failed, "Cán bộ tại trung tâm đã dừng thông báo."), (province.Answers[^1].State, province.Answers[^1].Reason));
    }

    [Fact]
    public async Task Answers_that_the_line_swallowed_are_said_again_when_it_is_back_and_not_once_more_after_that()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        province.Link.Answer = message => message.Topic.Contains("/up/res/", StringComparison.Ordinal) || message.Topic.EndsWith("/up/evt", StringComparison.Ordinal) ? 0x97 : 0;
        province.Send(province.Announce("lenh-1"));
        await box.RunAsync(3);
        Assert.Single(box.Spoken);
        Assert.Empty(province.Answers);

        province.Link.Answer = _ => 0;
        province.Link.Break();
        await box.RunAsync(15, strideMs: 100);
        Assert.Equal([CommandState.Done], province.States("lenh-1"));
        province.Link.Break();
        await box.RunAsync(70, strideMs: 500);
        Assert.Equal([CommandState.Done], province.States("lenh-1"));
    }
}
