using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>A requested open-drain line of a <see cref="GpioChip"/>. Where the hardware has none the kernel makes one, by turning the line into an input.</summary>
internal sealed class KernelOpenDrain(SafeFileHandle handle, string chip, int offset) : IGpioOpenDrain
{
    /// <inheritdoc/>
    public void Set(bool high)
    {
        var values = new GpioAbi.LineValues { Bits = high ? 1UL : 0, Mask = 1 };
        Check(LibC.Ioctl(handle, GpioAbi.SetValues, ref LibC.Bytes(ref values)));
    }

    /// <inheritdoc/>
    public bool IsHigh()
    {
        var values = new GpioAbi.LineValues { Mask = 1 };
        Check(LibC.Ioctl(handle, GpioAbi.GetValues, ref LibC.Bytes(ref values)));
        return (values.Bits & 1) != 0;
    }

    public void Dispose() => handle.Dispose();

    private void Check(int result)
    {
        if (result < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            throw new BusException(BusException.Meaning(errno), chip, $"line {offset}", errno);
        }
    }
}
