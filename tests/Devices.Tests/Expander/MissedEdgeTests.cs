using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Expander;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Expander;

public sealed class MissedEdgeTests
{
    [Fact]
    public async Task A_change_to_the_level_that_was_known_shows_that_an_edge_was_missed()
    {
        var time = new ManualTime();
        var chip = new BareRegisters();
        using var port = new Mcp23017Port(new DeviceId("expander"), chip, new VirtualGpioPort(time, new Random(1)), 4, time, new RecordedReports());
        using var line = port.RequestInput(ExpanderBench.Wired(3));
        await port.StepAsync(TestContext.Current.CancellationToken);
        // Flag and captured level of pin 3: it rose, though it was high when last read.
        (chip.Bytes[0x0E], chip.Bytes[0x10]) = (0x08, 0x08);
        time.Advance(Mcp23017Options.Default.CheckEvery);
        await port.StepAsync(TestContext.Current.CancellationToken);
        Assert.True(line.TryTakeEdge(out var edge));
        Assert.Equal((false, 2u), (edge.Active, edge.LineSequence));
        Assert.False(line.TryTakeEdge(out _));
    }

    /// <summary>Registers that keep what they are told; all pins high.</summary>
    private sealed class BareRegisters : II2cDevice
    {
        public byte[] Bytes { get; } = [.. Enumerable.Range(0, 22).Select(at => (byte)(at is 0x12 or 0x13 ? 0xFF : 0))];

        public void Write(ReadOnlySpan<byte> bytes) => bytes[1..].CopyTo(Bytes.AsSpan(bytes[0]));

        public void WriteRead(ReadOnlySpan<byte> bytes, Span<byte> answer) => Bytes.AsSpan(bytes[0], answer.Length).CopyTo(answer);

        public void Dispose()
        {
        }
    }
}
