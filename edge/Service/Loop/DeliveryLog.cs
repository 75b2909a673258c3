using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Writes down, as light events, how each output answered for each call.</summary>
/// <param name="notBefore">Boards are redrawn after a start and answer again; calls up to here have their answers.</param>
public sealed class DeliveryLog(EdgeLoop loop, long notBefore) : IDeliveryReceipts
{
    /// <summary>The result as the contract spells it.</summary>
    public static string WordOf(Delivery delivery) => WireWord.Of(delivery);

    public void Delivered(CallId call, DeviceId output, Delivery delivery)
    {
        if (call.Seq > notBefore)
        {
            loop.Record(new CallDelivered(call.Seq, output.Value, WordOf(delivery)), light: true);
        }
    }

    /// <summary>The voice's answer, which tells more than a board's. Calls before the start may still wait for it.</summary>
    public void Said(CallId call, DeviceId speaker, SpeechReceipt receipt)
    {
        if (call.Seq > 0)
        {
            loop.Record(new CallDelivered(call.Seq, speaker.Value, WordOf(receipt.Delivery), (int?)receipt.Sounded?.TotalMilliseconds, receipt.Heard), light: true);
        }
    }
}
