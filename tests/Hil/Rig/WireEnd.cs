using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Buses.Kernel;

namespace MotCua.Hil.Rig;

/// <summary>A message of a transfer.</summary>
/// <param name="Address">I2C address, or SPI chip select.</param>
/// <param name="Length">Bytes to be read, or length of <paramref name="Written"/>.</param>
internal sealed record WireMessage(int Address, bool IsRead, int Length, byte[] Written);

/// <summary>What a program asked of a bus at once.</summary>
internal sealed record WireTransfer(int Hertz, int Mode, IReadOnlyList<WireMessage> Messages);

/// <summary>The far end of a bus of <c>module/motcua_wire.c</c>: takes the kernel's transfers and answers for the chips.</summary>
internal sealed class WireEnd : IDisposable
{
    /// <summary>The chips hold the bus: no answer at all.</summary>
    public const int Silence = int.MinValue;

    private const int Most = 32768;

    private readonly CancellationTokenSource stop = new();
    private readonly CharacterLine line;
    private readonly Func<WireTransfer, (int Status, byte[] Read)> chips;
    private readonly Task running;

    /// <param name="chips">Zero and the bytes that are read, a negative error number, or <see cref="Silence"/>.</param>
    public WireEnd(string path, Func<WireTransfer, (int Status, byte[] Read)> chips)
    {
        Machine.MustBeVirtual();
        this.chips = chips;
        // A character device like a printer: one read gives one transfer, one write takes one answer.
        line = CharacterLine.UsbPrinter(path, TimeProvider.System);
        // The device must be open before the first transfer, else no chip is there.
        _ = line.ReadAsync(new byte[Most], TimeSpan.Zero, stop.Token).AsTask().GetAwaiter().GetResult();
        running = Task.Run(RunAsync);
    }

    public static int StatusOf(IOException e) => -(
        e.Message.Contains("timed out", StringComparison.Ordinal) ? ErrorNumber.TimedOut
        : e.Message.Contains("No such device", StringComparison.Ordinal) ? ErrorNumber.NoDevice
        : ErrorNumber.RemoteInputOutput);

    public void Dispose()
    {
        stop.Cancel();
        running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).GetAwaiter().GetResult();
        line.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        var buffer = new byte[Most];
        while (!stop.IsCancellationRequested)
        {
            if (await line.ReadAsync(buffer, TimeSpan.FromSeconds(1), stop.Token) is var length and > 0)
            {
                var (status, read) = chips(Parse(buffer.AsSpan(0, length)));
                if (status != Silence)
                {
                    await line.WriteAsync(Answer(MemoryMarshal.Read<uint>(buffer), status, read), TimeSpan.FromSeconds(1), stop.Token);
                }
            }
        }
    }

    private static byte[] Answer(uint id, int status, byte[] read)
    {
        var answer = new byte[2 * sizeof(uint) + (status == 0 ? read.Length : 0)];
        MemoryMarshal.Write(answer, id);
        MemoryMarshal.Write(answer.AsSpan(sizeof(uint)), status);
        read.AsSpan(0, answer.Length - 2 * sizeof(uint)).CopyTo(answer.AsSpan(2 * sizeof(uint)));
        return answer;
    }

    private static WireTransfer Parse(ReadOnlySpan<byte> bytes)
    {
        var head = MemoryMarshal.Cast<byte, uint>(bytes[..16]);
        var messages = new List<WireMessage>();
        var rest = bytes[16..];
        for (var i = 0; i < head[1]; i++)
        {
            var (address, isRead, length) = (MemoryMarshal.Read<int>(rest), MemoryMarshal.Read<int>(rest[4..]) == 1, MemoryMarshal.Read<int>(rest[8..]));
            var written = isRead ? [] : rest.Slice(12, length).ToArray();
            messages.Add(new WireMessage(address, isRead, length, written));
            rest = rest[(12 + written.Length)..];
        }

        return new WireTransfer((int)head[2], (int)head[3], messages);
    }
}
