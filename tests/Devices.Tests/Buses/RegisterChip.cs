using MotCua.Edge.Devices.Virtual;

namespace MotCua.Devices.Tests.Buses;

/// <summary>The most common kind of I2C chip: the first byte written points to a register, the following fill it and its neighbours.</summary>
internal sealed class RegisterChip : IVirtualI2cChip
{
    private readonly byte[] registers = new byte[256];
    private readonly List<byte> written = [];
    private byte pointer;
    private bool begun;

    /// <summary>All bytes of the last transaction that wrote.</summary>
    public IReadOnlyList<byte> LastWritten => written;

    public int Stops { get; private set; }

    public void Write(byte value, TimeSpan at)
    {
        if (!begun)
        {
            begun = true;
            pointer = value;
            written.Clear();
        }
        else
        {
            registers[pointer++] = value;
        }

        written.Add(value);
    }

    public byte Read(TimeSpan at) => registers[pointer++];

    public void Stop()
    {
        begun = false;
        Stops++;
    }

    public void PowerOn(TimeSpan at) => Array.Clear(registers);
}
