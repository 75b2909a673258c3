using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Fleet.Days;

/// <summary>What people and devices can do in a centre.</summary>
internal interface ICentreHands
{
    /// <summary>The queue as it durably stands.</summary>
    QueueState Queue { get; }

    /// <returns>False when the queue refused.</returns>
    bool Submit(QueueCommand command);

    void Record(EventData fact, bool light);

    void Report(DeviceReport report);

    void CutLine(bool cut);

    FollowToken NewToken();
}
