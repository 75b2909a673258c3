using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>A kernel that says what a test wants of its clock.</summary>
internal sealed class SettableTrust : IClockTrust
{
    public ClockTrust Trust { get; set; }

    public ClockTrust Now() => Trust;
}
