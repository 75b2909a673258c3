using System.Text;
using MotCua.Edge.Devices.Buses.Kernel;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

/// <summary>Serial lines over a pseudo-terminal of this machine's kernel.</summary>
public sealed class CharacterLineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Every_byte_passes_both_ways_unchanged()
    {
        using var other = new PseudoTerminal();
        using var line = CharacterLine.Serial(other.Path, new SerialSettings(19200), TimeProvider.System);
        var every = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        await line.WriteAsync(every, Patience, Stop);
        Assert.Equal(every, other.Read(256));
        other.Write(every);
        var got = new List<byte>();
        var buffer = new byte[64];
        while (got.Count < 256)
        {
            var read = await line.ReadAsync(buffer, Patience, Stop);
            Assert.True(read > 0);
            got.AddRange(buffer[..read]);
        }

        Assert.Equal(every, got);
    }

    [Fact]
    public async Task Nothing_said_in_time_is_no_error()
    {
        using var other = new PseudoTerminal();
        using var line = CharacterLine.Serial(other.Path, new SerialSettings(9600), TimeProvider.System);
        Assert.Equal(0, await line.ReadAsync(new byte[8], TimeSpan.FromMilliseconds(20), Stop));
    }

    [Fact]
    public async Task A_device_that_takes_nothing_is_told_with_how_much_it_took()
    {
        using var other = new PseudoTerminal();
        using var line = CharacterLine.Serial(other.Path, new SerialSettings(9600), TimeProvider.System);
        var failure = await Assert.ThrowsAsync<BusException>(async () => await line.WriteAsync(new byte[1 << 20], TimeSpan.FromMilliseconds(50), Stop));
        Assert.Equal(BusFailure.TimedOut, failure.Failure);
        Assert.Contains(other.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("of 1048576 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_goes_is_told()
    {
        var other = new PseudoTerminal();
        using var line = CharacterLine.Serial(other.Path, new SerialSettings(9600), TimeProvider.System);
        await line.WriteAsync(Encoding.ASCII.GetBytes("x"), Patience, Stop);
        other.Dispose();
        await Assert.ThrowsAsync<BusException>(async () => await line.ReadAsync(new byte[8], Patience, Stop));
        await Assert.ThrowsAsync<BusException>(async () => await line.WriteAsync(new byte[8], Patience, Stop));
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_called_off()
    {
        using var other = new PseudoTerminal();
        using var line = CharacterLine.Serial(other.Path, new SerialSettings(9600), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var read = line.ReadAsync(new byte[8], TimeSpan.FromMinutes(10), stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_port_that_is_not_there_or_no_port_is_told_by_name()
    {
        using var missing = CharacterLine.Serial("/dev/motcua-no-such-port", new SerialSettings(9600), TimeProvider.System);
        var failure = await Assert.ThrowsAsync<BusException>(async () => await missing.WriteAsync(new byte[1], Patience, Stop));
        Assert.Equal(BusFailure.NoDevice, failure.Failure);
        Assert.Contains("/dev/motcua-no-such-port: No such file or directory", failure.Message, StringComparison.Ordinal);
        using var no = CharacterLine.Serial("/dev/null", new SerialSettings(9600), TimeProvider.System);
        Assert.Contains("it is no serial port", (await Assert.ThrowsAsync<BusException>(async () => await no.WriteAsync(new byte[1], Patience, Stop))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(299)]
    [InlineData(4_000_001)]
    public void An_impossible_rate_is_refused(int baud) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterLine.Serial("/dev/null", new SerialSettings(baud), TimeProvider.System));
}
