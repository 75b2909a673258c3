using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>A requested input line of a <see cref="GpioChip"/>.</summary>
internal sealed class KernelInput(SafeFileHandle handle, EdgeCarrier carrier, KernelStamps stamps, string chip, int offset) : IGpioInput
{
    private const int QueueLength = 64;
    private const int ReadAtOnce = 16;

    private readonly Lock gate = new();
    private readonly Queue<LineEdge> edges = new(QueueLength);
    private BusException? broken;
    private bool disposed;

    public event Action? EdgeQueued;

    public SafeFileHandle Handle => handle;

    public bool IsBroken
    {
        get
        {
            lock (gate)
            {
                return broken is not null;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsActive()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (broken is not null)
            {
                throw Again(broken);
            }
        }

        var values = new GpioAbi.LineValues { Mask = 1 };
        return LibC.Ioctl(handle, GpioAbi.GetValues, ref LibC.Bytes(ref values)) >= 0
            ? (values.Bits & 1) != 0
            : throw Failure(Marshal.GetLastPInvokeError());
    }

    /// <inheritdoc/>
    public bool TryTakeEdge(out LineEdge edge)
    {
        lock (gate)
        {
            return edges.TryDequeue(out edge);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            edges.Clear();
        }

        carrier.Drop(this);
    }

    /// <summary>Takes over what the kernel has queued. The carrier's thread only.</summary>
    /// <returns>Whether the owner has something to look at.</returns>
    public bool TakeOver()
    {
        var events = new EventBuffer();
        var read = LibC.Read(handle, ref LibC.Bytes(ref events), (nuint)Unsafe.SizeOf<EventBuffer>());
        if (read < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            return errno is not (ErrorNumber.Interrupted or ErrorNumber.Again) && Break(Failure(errno));
        }

        var count = (int)read / Unsafe.SizeOf<GpioAbi.LineEvent>();
        lock (gate)
        {
            for (var i = 0; i < count && edges.Count < QueueLength; i++)
            {
                // Past the bound the newest are lost, and the sequence shows the hole.
                edges.Enqueue(new LineEdge(events[i].Id == GpioAbi.BecameActive, stamps.ToProvider(events[i].Nanoseconds), events[i].LineSequence));
            }
        }

        return count > 0;
    }

    /// <summary>The line works no more; the owner hears it with its next look at the level.</summary>
    /// <returns>True: the owner has something to look at.</returns>
    public bool Break(BusException reason)
    {
        lock (gate)
        {
            broken ??= reason;
        }

        return true;
    }

    public BusException Failure(int errno) => new(BusException.Meaning(errno), chip, $"line {offset}", errno);

    public void Tell() => EdgeQueued?.Invoke();

    private static BusException Again(BusException e) => new(e.Failure, e.Device, e.Place, e.Errno);

    [InlineArray(ReadAtOnce)]
    private struct EventBuffer
    {
        private GpioAbi.LineEvent first;
    }
}
