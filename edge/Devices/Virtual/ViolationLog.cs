using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>What a virtual chip was told that a real one would take wrongly. Thread-safe.</summary>
/// <param name="chip">Name for messages, such as <c>SSD1306</c>.</param>
/// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation, so that a test stops where the driver is wrong.</param>
internal sealed class ViolationLog(string chip, bool strict)
{
    private const int Listed = 32;

    private ImmutableArray<string> all = [];

    /// <summary>The first ones, at most 32.</summary>
    public ImmutableArray<string> All => all;

    public void Add(string what)
    {
        ImmutableInterlocked.Update(ref all, known => known.Length < Listed ? known.Add(what) : known);
        if (strict)
        {
            throw new InvalidOperationException($"{chip}: {what}.");
        }
    }
}
