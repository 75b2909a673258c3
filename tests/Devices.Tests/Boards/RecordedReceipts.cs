using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;

namespace MotCua.Devices.Tests.Boards;

/// <summary>Keeps what outputs answered, in order.</summary>
internal sealed class RecordedReceipts : IDeliveryReceipts
{
    public List<(long Call, Delivery Delivery)> All { get; } = [];

    public void Delivered(CallId call, DeviceId output, Delivery delivery) => All.Add((call.Seq, delivery));
}
