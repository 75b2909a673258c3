using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Commands.Tests;

public sealed class SelfTestCommandTests : IDisposable
{
    private readonly Province province = new();

    public void Dispose() => province.Dispose();

    [Fact]
    public async Task The_province_follows_a_test_step_by_step_and_reads_its_result()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        box.Box.Loudspeaker.Unplugged = true;
        province.Send(province.Word("lenh-1", CommandKinds.SelfTest));
        for (var i = 0; i < 60 && box.Centre.SelfTest.Progress is not { Running: false }; i++)
        {
            await box.RunAsync(5, strideMs: 100);
        }

        await box.RunAsync(3);
        var steps = province.Answers.Where(answer => answer.Step is not null).ToList();
        Assert.Equal(steps.Select(answer => answer.Step).Order(), steps.Select(answer => answer.Step));
        Assert.True(steps.Count > 3);
        Assert.All(steps, answer => Assert.Equal(box.Centre.SelfTest.Progress!.Steps, answer.Steps));
        var last = province.Answers[^1];
        Assert.Equal(CommandState.Done, last.State);
        Assert.StartsWith("Đã kiểm tra xong.", last.Reason, StringComparison.Ordinal);
        Assert.Contains("Có lỗi: speaker", last.Reason, StringComparison.Ordinal);
        Assert.Equal("province", Assert.Single(box.Events<SelfTestFinished>()).By);
    }

    [Fact]
    public async Task While_a_test_runs_another_is_refused_and_the_running_one_goes_on()
    {
        using var box = province.Box();
        await box.RunAsync(1);
        Assert.True(box.Centre.SelfTest.TryStart("page"));
        province.Send(province.Word("lenh-1", CommandKinds.SelfTest));
        await box.RunAsync(1);
        Assert.Equal((CommandState.Refused, "Đang có một lượt kiểm tra; chờ xong rồi thử lại."), (province.Answers[^1].State, province.Answers[^1].Reason));
        Assert.Equal("page", box.Centre.SelfTest.Progress!.By);
    }

    [Fact]
    public async Task A_box_that_goes_off_in_the_middle_of_a_test_says_so_and_does_not_begin_it_again()
    {
        var before = province.Box();
        await before.RunAsync(1);
        province.Send(province.Word("lenh-1", CommandKinds.SelfTest));
        await before.RunAsync(2);
        Assert.True(before.Centre.SelfTest.Progress!.Running);
        before.PowerCut();

        using var after = province.Box(before.Disk, seed: 2);
        await after.RunAsync(3);
        Assert.Null(after.Centre.SelfTest.Progress);
        Assert.Equal(CommandState.Failed, province.Answers[^1].State);
        Assert.Contains("khởi động lại", province.Answers[^1].Reason, StringComparison.Ordinal);
    }
}
