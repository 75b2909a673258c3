using System.Runtime.InteropServices;

namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <summary>Ends the link thread's poll from another thread; an eventfd.</summary>
internal sealed unsafe class WakeSignal : IDisposable
{
    private readonly Lock gate = new();
    private bool pending;
    private bool closed;

    /// <exception cref="IOException">No descriptor is left.</exception>
    public WakeSignal()
    {
        Descriptor = LibC.eventfd(0, LibC.EventFlags);
        if (Descriptor < 0)
        {
            throw new IOException($"No wake descriptor: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
    }

    public int Descriptor { get; }

    // Under the lock, so that a number which the system has given away again is never written to.
    public void Set()
    {
        lock (gate)
        {
            if (!pending && !closed)
            {
                pending = true;
                var one = 1UL;
                _ = LibC.write(Descriptor, &one, sizeof(ulong));
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            pending = false;
            var count = 0UL;
            _ = LibC.read(Descriptor, &count, sizeof(ulong));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (!closed)
            {
                closed = true;
                _ = LibC.close(Descriptor);
            }
        }
    }
}
