using MotCua.CloudBridge.Health;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Store;

/// <summary>Health of centres over time, in slots of five minutes.</summary>
/// <remarks>Every operation throws <see cref="BridgeStoreException"/> when the engine fails.</remarks>
public interface IHealthStore
{
    /// <summary>Adds to slots that are there, and makes the others.</summary>
    void Put(IReadOnlyCollection<HealthSlot> slots);

    /// <summary>Slots of a centre between two moments, oldest first, several together where a longer step is asked for.</summary>
    /// <param name="step">A multiple of <see cref="HealthSlot.Length"/>.</param>
    IReadOnlyList<HealthSlot> Read(CentreId centre, DateTimeOffset from, DateTimeOffset to, TimeSpan step);

    /// <summary>Removes slots before a moment, in pieces.</summary>
    /// <returns>How many.</returns>
    long Forget(DateTimeOffset before);
}
