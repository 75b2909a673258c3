using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Snapshots;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Uplink;

/// <content>Pictures that were asked for: one at a time, each after the province has signed for the event that says so.</content>
public sealed partial class UplinkLoop
{
    // A line of 64 kbit/s carries one in half of it; where a slower rate is configured, what that takes comes on top. A dead line the keep-alive finds sooner.
    private static readonly TimeSpan PictureDeadline = TimeSpan.FromSeconds(60);

    private readonly SnapshotDesk? pictures;
    private (int Handle, string Id, long Until)? pictureUnderWay;

    private void ListenTo(SnapshotDesk? desk)
    {
        if (desk is not null)
        {
            desk.Ready += Wake.Set;
        }
    }

    // Between two batches: a picture is three times as large as one, and events wait for its end on a slow line.
    private void SayPicture()
    {
        if (pictureUnderWay is { } late && time.GetTimestamp() >= late.Until)
        {
            LosePicture(); // Its answer never came, and none of those after it has to wait for that. Twice is once at the province.
        }

        if (pictures is null || pictureUnderWay is not null || inFlight is not null || !birthAnswered || !budget.IsFree || acks.HeldOf(reader.Epochs()[^1].Epoch) is not { } held
            || pictures.Next(held.Seq) is not { } next)
        {
            return;
        }

        if (Say(source.Snapshot(next.Id, next.Message)) is >= 0 and var handle)
        {
            pictureUnderWay = (handle, next.Id, time.After(PictureDeadline + budget.Busy));
        }
        else
        {
            LosePicture();
        }
    }

    private bool IsOfPicture(MqttLinkEvent.Published published)
    {
        if (pictureUnderWay is not { } one || one.Handle != published.Handle)
        {
            return false;
        }

        pictureUnderWay = null;
        pictures!.Answered(one.Id, published.ReasonCode);
        return true;
    }

    private void LosePicture()
    {
        pictureUnderWay = null;
        pictures?.Lost();
    }
}
