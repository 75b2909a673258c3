using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using Xunit;

namespace MotCua.Edge.Snapshots.Tests;

/// <content>Pictures that the broker took and whose answers were lost.</content>
public sealed partial class SnapshotCommandTests
{
    [Fact]
    public async Task Done_is_said_after_the_broker_s_answer_and_the_next_line_gets_a_picture_again_whose_answer_was_lost()
    {
        using var box = await BoxAsync();
        province.Link.Withholds = IsPicture;
        province.Send(Snapshot("chup-1"));
        await UntilAsync(box, () => province.Pictures.Count == 1);
        await box.RunAsync(5, strideMs: 100);
        Assert.Equal(("Đang gửi ảnh về tỉnh.", 1), (box.Centre.Snapshots!.Look("chup-1").Reason, box.Events<CameraSnapshot>().Count()));
        province.Link.Withholds = _ => false;
        province.Link.Break();
        await UntilAsync(box, () => province.States("chup-1").LastOrDefault() == CommandState.Done, stride: 500);
        Assert.Equal(["chup-1", "chup-1"], province.Pictures.Select(one => one.Head.Id));
        Assert.Equal(["asked", "sent"], box.Events<CameraSnapshot>().Select(e => e.Phase));
        Assert.Single(photographer.Taken);
    }

    [Fact]
    public async Task A_picture_whose_answer_never_comes_goes_again_after_a_while_and_keeps_no_other_waiting()
    {
        using var box = await BoxAsync();
        province.Link.Withholds = message => IsPicture(message) && province.Pictures.Count == 0;
        province.Send(Snapshot("chup-1"));
        await UntilAsync(box, () => province.Pictures.Count == 1);
        province.Send(Snapshot("chup-2", """{"camera":"camera-quay","reason":"security","role":"operator"}"""));
        await UntilAsync(box, () => photographer.Taken.Count == 2);
        await box.RunAsync(25, strideMs: 500);
        Assert.Single(province.Pictures);
        await box.RunAsync(45, strideMs: 500);
        Assert.Equal(["chup-1", "chup-1", "chup-2"], province.Pictures.Select(one => one.Head.Id));
        Assert.Equal((CommandState.Done, CommandState.Done), (province.States("chup-1").Last(), province.States("chup-2").Last()));
        Assert.True(province.Link.IsUp);
    }

    [Fact]
    public async Task A_picture_whose_answer_never_comes_is_gone_when_its_time_is_over()
    {
        using var box = await BoxAsync();
        province.Link.Withholds = IsPicture;
        province.Send(Snapshot("chup-1", """{"camera":"camera-sanh","reason":"incident","role":"supervisor","ttlMinutes":1}"""));
        await UntilAsync(box, () => province.Pictures.Count == 1);
        await box.RunAsync(65, strideMs: 500);
        Assert.Equal(("failed", "Hết thời gian lưu trước khi gửi được; ảnh đã xóa."), (box.Events<CameraSnapshot>().Last().Phase, box.Events<CameraSnapshot>().Last().Note));
        Assert.Equal(CommandState.Failed, province.States("chup-1").Last());
    }

    private static bool IsPicture(MqttMessage message) => message.Topic.Contains("/up/snap/", StringComparison.Ordinal);
}
