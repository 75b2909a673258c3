using MotCua.Edge.Devices.Cameras.Snapshots;
using MotCua.Protocols.Snapshots;

namespace MotCua.Edge.Snapshots;

/// <content>Whose turn it is: one picture is made at a time, since each takes a program of its own beside the calls and the boards.</content>
public sealed partial class SnapshotDesk
{
    // From its own turn on, however long it waited for that.
    private static readonly TimeSpan TakeWithin = TimeSpan.FromSeconds(60);

    private void TakeNext()
    {
        if (taking is { IsCompleted: true })
        {
            taking = null; // Its picture is its order's alone, and goes with it.
        }

        // One that was given up still holds its camera and its program until it has ended.
        if (taking is null && orders.Values.Where(order => order is { Seq: not null, IsBeingTaken: true, Taking: null }).MinBy(Urgency) is { } next)
        {
            next.Taking = taking = TakeAsync(next.Wish);
        }
    }

    private async Task<CameraPhoto> TakeAsync(SnapshotWish wish)
    {
        using var deadline = new CancellationTokenSource(TakeWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ending.Token);
        try
        {
            return await Task.Run(() => cameras[wish.Camera]!.TakeAsync(wish.Blur, either.Token), either.Token);
        }
        finally
        {
            Wake.Set();
        }
    }

    // Only an emergency comes here when all places are taken. What the province asked for it asks for again; of emergencies this camera's oldest tells least.
    private void MakeRoom(string camera)
    {
        if (orders.Values.Count(order => order.End is null) >= MostHeld
            && orders.Values.Where(order => order.End is null).MinBy(order => (order.Wish.Cause == SnapshotCause.Emergency, order.Wish.Camera != camera, order.Turn)) is { } least)
        {
            End(least, SnapshotPhase.Failed, "Nhường chỗ cho ảnh của một lần bấm nút khẩn cấp sau đó; ảnh đã xóa.");
        }
    }

    private static (bool IsCommand, long Turn) Urgency(SnapshotOrder order) => (order.Wish.Cause != SnapshotCause.Emergency, order.Turn);
}
