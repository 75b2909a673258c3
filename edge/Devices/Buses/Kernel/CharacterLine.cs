using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>A character device as a line of bytes: a serial port (<c>/dev/ttyUSB0</c>) or a USB line printer (<c>/dev/usb/lp0</c>).</summary>
/// <remarks>Opened with the first call and anew after a failure, so one that was unplugged works again as soon as it is back.</remarks>
public sealed class CharacterLine : IByteLine
{
    // How long a cancelled call may go on; the deadline itself is kept to the millisecond.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan BetweenEmptyPackets = TimeSpan.FromMilliseconds(5);

    private readonly Lock gate = new();
    private readonly string path;
    private readonly SerialSettings? settings;
    private readonly TimeProvider time;
    private DeviceFile? file;
    private bool disposed;

    private CharacterLine(string path, SerialSettings? settings, TimeProvider time) => (this.path, this.settings, this.time) = (path, settings, time);

    public string Name => settings is { } serial ? $"{path} at {serial.Baud} baud" : path;

    public static CharacterLine Serial(string path, SerialSettings settings, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Baud, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Baud, 4_000_000);
        return new CharacterLine(path, settings, time);
    }

    public static CharacterLine UsbPrinter(string path, TimeProvider time) => new(path, null, time);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan atMost, CancellationToken stop) =>
        new(Task.Run(() => Use(opened => Write(opened, bytes.Span, atMost, stop)), stop));

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan atMost, CancellationToken stop) =>
        new(Task.Run(() => Use(opened => Read(opened, buffer.Span, atMost, stop)), stop));

    /// <inheritdoc/>
    public void Close()
    {
        lock (gate)
        {
            file?.Dispose();
            file = null;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
        }

        Close();
    }

    private int Use(Func<DeviceFile, int> work)
    {
        DeviceFile used;
        var held = false;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            used = file ??= OpenFile();
            // Whoever disposes meanwhile must not let the number of the descriptor go to another file.
            used.Handle.DangerousAddRef(ref held);
        }

        try
        {
            return work(used);
        }
        catch (BusException)
        {
            lock (gate)
            {
                used.Dispose();
                file = file == used ? null : file;
            }

            throw;
        }
        finally
        {
            used.Handle.DangerousRelease();
        }
    }

    private DeviceFile OpenFile()
    {
        // Not blocking: a printer without paper must not hold a thread, nor a port without carrier its opening.
        var opened = DeviceFile.Open(path, LibC.NonBlocking | LibC.NoControllingTerminal);
        try
        {
            settings?.Apply(opened);
            return opened;
        }
        catch (BusException)
        {
            opened.Dispose();
            throw;
        }
    }

    private int Write(DeviceFile used, ReadOnlySpan<byte> bytes, TimeSpan atMost, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        for (var rest = bytes; !rest.IsEmpty;)
        {
            if (!Await(used, LibC.PollOut, begun, atMost, stop))
            {
                throw new BusException(BusFailure.TimedOut, path, null, ErrorNumber.TimedOut, $"it took {bytes.Length - rest.Length} of {bytes.Length} bytes");
            }

            var taken = LibC.Write(used.Handle, in rest[0], (nuint)rest.Length);
            rest = taken > 0 ? rest[(int)taken..] : taken < 0 && MayGoOn() ? rest : throw Failure(Marshal.GetLastPInvokeError());
        }

        return bytes.Length;
    }

    private int Read(DeviceFile used, Span<byte> buffer, TimeSpan atMost, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (!buffer.IsEmpty && Await(used, LibC.PollIn, begun, atMost, stop))
        {
            var read = LibC.Read(used.Handle, ref buffer[0], (nuint)buffer.Length);
            if (read > 0)
            {
                return (int)read;
            }

            if (read == 0 && settings is null)
            {
                if (time.GetElapsedTime(begun) >= atMost)
                {
                    return 0;
                }

                Rest(); // An empty packet of a printer that has nothing to say yet; some send one after another.
            }
            else if (read == 0 || !MayGoOn())
            {
                // A serial port never says "end of file" while it is there.
                throw Failure(read == 0 ? ErrorNumber.NoDevice : Marshal.GetLastPInvokeError());
            }
        }

        return 0;
    }

    private static void Rest()
    {
        var none = default(LibC.PollEntry);
        _ = LibC.Poll(ref none, 0, (int)BetweenEmptyPackets.TotalMilliseconds);
    }

    /// <returns>False when the time is over.</returns>
    private bool Await(DeviceFile used, short events, long begun, TimeSpan atMost, CancellationToken stop)
    {
        var entry = new LibC.PollEntry { Descriptor = (int)used.Handle.DangerousGetHandle(), Events = events };
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var left = atMost - time.GetElapsedTime(begun);
            var wait = left <= TimeSpan.Zero ? TimeSpan.Zero : left < Slice ? left : Slice;
            var ready = LibC.Poll(ref entry, 1, (int)Math.Ceiling(wait.TotalMilliseconds));
            if (ready > 0)
            {
                return true; // Or in error, which the call itself tells better.
            }

            if (ready < 0 && !MayGoOn())
            {
                throw Failure(Marshal.GetLastPInvokeError());
            }

            if (wait == TimeSpan.Zero)
            {
                return false;
            }
        }
    }

    private static bool MayGoOn() => Marshal.GetLastPInvokeError() is ErrorNumber.Interrupted or ErrorNumber.Again;

    private BusException Failure(int errno) => new(BusException.Meaning(errno), path, null, errno);
}
