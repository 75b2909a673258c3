using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Writes down, as light events, how each output answered for each call.</summary>
/// <param name="notBefore">Boards are redrawn after a start and answer again; calls up to here have their answers, save the voice's.</param>
public sealed class DeliveryLog(EdgeLoop loop, long notBefore) : IDeliveryReceipts
{
    public void Delivered(CallId call, DeviceId output, Delivery delivery)
    {
        if (call.Seq > notBefore || (call.Seq > 0 && output.Value == CentreFold.SpeakerOutput))
        {
            loop.Record(
                new CallDelivered(call.Seq, output.Value, delivery switch { Delivery.Done => "done", Delivery.Failed => "failed", _ => "expired" }), light: true);
        }
    }
}
