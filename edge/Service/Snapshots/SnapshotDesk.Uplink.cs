using MotCua.Edge.Devices.Stepping;
using MotCua.Protocols.Snapshots;

namespace MotCua.Edge.Snapshots;

/// <content>What the uplink asks for and tells.</content>
public sealed partial class SnapshotDesk
{
    // Reason codes of MQTT 5 (2.4) that no waiting mends.
    private const int NotAuthorized = 0x87;
    private const int PacketTooLarge = 0x95;

    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(30);

    /// <summary>The next picture that may go, since the province has signed for its event; emergencies first. It counts as under way until it is answered or lost. From the uplink.</summary>
    internal (string Id, byte[] Message)? Next(long heldUpTo)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            var next = orders.Values.Where(order => order is { Message: not null, IsUnderWay: false } && order.Seq <= heldUpTo && order.NotBefore <= now && order.Until > now).MinBy(Urgency);
            if (next?.Message is not { } message)
            {
                return null;
            }

            next.IsUnderWay = true;
            return (next.Wish.Id, message);
        }
    }

    /// <summary>The broker has answered. From the uplink.</summary>
    /// <param name="reasonCode">Of MQTT 5; from 0x80 it was not taken.</param>
    internal void Answered(string id, int reasonCode)
    {
        lock (gate)
        {
            if (orders.TryGetValue(id, out var order) && order is { IsUnderWay: true, End: null })
            {
                order.IsUnderWay = false;
                switch (reasonCode)
                {
                    case < 0x80:
                        End(order, SnapshotPhase.Sent, null);
                        break;
                    case NotAuthorized or PacketTooLarge:
                        End(order, SnapshotPhase.Failed, $"Máy chủ của tỉnh không nhận ảnh (mã 0x{reasonCode:x2}).");
                        break;
                    default:
                        order.NotBefore = time.After(RefusedPause); // A queue that is full, as a rule.
                        break;
                }
            }
        }

        Wake.Set();
    }

    /// <summary>The line is gone, or the broker never answered: what was under way goes again. From the uplink.</summary>
    internal void Lost()
    {
        lock (gate)
        {
            foreach (var order in orders.Values)
            {
                order.IsUnderWay = false;
            }
        }
    }
}
