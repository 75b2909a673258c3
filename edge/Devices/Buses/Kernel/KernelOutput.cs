using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>A requested output line of a <see cref="GpioChip"/>.</summary>
internal sealed class KernelOutput(SafeFileHandle handle, string chip, int offset) : IGpioOutput
{
    /// <inheritdoc/>
    public void Set(bool active)
    {
        var values = new GpioAbi.LineValues { Bits = active ? 1UL : 0, Mask = 1 };
        if (LibC.Ioctl(handle, GpioAbi.SetValues, ref LibC.Bytes(ref values)) < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new BusException(BusException.Meaning(errno), chip, $"line {offset}", errno);
        }
    }

    public void Dispose() => handle.Dispose();
}
