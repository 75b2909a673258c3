using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Buses.Kernel;

/// <summary>An I2C bus of the kernel, <c>/dev/i2c-N</c>. Chips are opened with their first transfer, so one on a bus that is not there yet is no error.</summary>
/// <param name="number">As in the device's name; 1 on a Raspberry Pi's header.</param>
public sealed class I2cBus(int number) : II2cBus
{
    private readonly string name = $"i2c-{number}";

    /// <inheritdoc/>
    public II2cDevice Open(int address)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, 0x08);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x77);
        return new Chip(name, (ushort)address);
    }

    /// <summary>One chip. After any failure but a missing acknowledge the device is closed and opened anew, because an adapter that was unplugged is not let go before.</summary>
    private sealed unsafe class Chip(string bus, ushort address) : II2cDevice
    {
        private readonly Lock gate = new();
        private DeviceFile? file;
        private bool disposed;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            fixed (byte* written = bytes)
            {
                Transfer([new I2cAbi.Message { Address = address, Length = Length(bytes.Length), Buffer = (nint)written }]);
            }
        }

        public void WriteRead(ReadOnlySpan<byte> bytes, Span<byte> answer)
        {
            fixed (byte* written = bytes)
            fixed (byte* read = answer)
            {
                Transfer(
                [
                    new I2cAbi.Message { Address = address, Length = Length(bytes.Length), Buffer = (nint)written },
                    new I2cAbi.Message { Address = address, Flags = I2cAbi.Read, Length = Length(answer.Length), Buffer = (nint)read },
                ]);
            }
        }

        public void Dispose()
        {
            lock (gate)
            {
                disposed = true;
                Close();
            }
        }

        private static ushort Length(int length) => length <= I2cAbi.LongestMessage ? (ushort)length
            : throw new ArgumentOutOfRangeException(nameof(length), length, $"An I2C message holds at most {I2cAbi.LongestMessage} bytes.");

        private void Transfer(ReadOnlySpan<I2cAbi.Message> messages)
        {
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(disposed, this);
                file ??= OpenFile();
                fixed (I2cAbi.Message* first = messages)
                {
                    var transfer = new I2cAbi.Transfer { Messages = (nint)first, Count = (uint)messages.Length };
                    if (file.Control(I2cAbi.ReadWrite, ref transfer) is var errno and not 0)
                    {
                        throw Failed(errno);
                    }
                }
            }
        }

        private DeviceFile OpenFile()
        {
            var opened = DeviceFile.Open($"/dev/{bus}");
            if (LibC.IoctlValue(opened.Handle, I2cAbi.Slave, address) >= 0)
            {
                return opened;
            }

            // Transfers would go through all the same, between those of the kernel's own driver.
            var errno = Marshal.GetLastPInvokeError();
            opened.Dispose();
            var holder = errno == ErrorNumber.Busy ? I2cBuses.DriverOf(bus, address) : null;
            throw new BusException(BusException.Meaning(errno), bus, Place, errno, holder is null ? null : $"the kernel's driver '{holder}' holds it") { Holder = holder };
        }

        private string Place => $"address 0x{address:X2}";

        private BusException Failed(int errno)
        {
            // Adapters do not agree on the error for a chip that does not acknowledge (Documentation/i2c/fault-codes.rst).
            var missing = errno is ErrorNumber.NoDeviceOrAddress or ErrorNumber.RemoteInputOutput or ErrorNumber.InputOutput;
            if (!missing)
            {
                Close();
            }

            var failure = missing ? BusFailure.NotAnswering : BusException.Meaning(errno);
            return new BusException(failure, bus, Place, errno, failure switch
            {
                BusFailure.NotAnswering => "the chip does not acknowledge",
                BusFailure.TimedOut => "a chip holds the bus",
                _ => null,
            });
        }

        private void Close()
        {
            file?.Dispose();
            file = null;
        }
    }
}
