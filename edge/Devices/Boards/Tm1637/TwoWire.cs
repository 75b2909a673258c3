using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Boards.Tm1637;

/// <summary>Bit-bangs the TM1637's two lines. Looks like I2C, but has no address, sends the lowest bit first, and a byte is 8 clocks and one for the answer.</summary>
/// <remarks>
/// <code>
/// CLK ▔▔▔▔▁▁▔▔▁▁▔▔ … ▁▁▔▔▁▁▔▔▔▔▔
/// DIO ▔▔▁▁╪═ 0 ═╪═ …  ▁ack▁▁▁▁▔▔    DIO moves while CLK is low; start and stop are the two moves while it is high
/// </code>
/// Both lines are let go for high, never driven, and read back before the next step: many modules carry capacitors that make them slow, and
/// so the wire itself says how fast it can go. The chip wants 400 ns a half clock (datasheet, "Timing characteristics"); one call to the kernel takes longer.
/// </remarks>
internal sealed class TwoWire : IDisposable
{
    /// <summary>Reads before a line that stays low is given up: some milliseconds on a real box, where a rise takes a tenth at most.</summary>
    private const int MostReads = 2000;

    private const int BitsPerByte = 8;

    private readonly IGpioOpenDrain clock;
    private readonly IGpioOpenDrain data;
    private readonly string name;

    public TwoWire(IGpioPort port, int clockLine, int dataLine, bool pullUp, string consumer)
    {
        name = $"TM1637 on lines {clockLine} (CLK) and {dataLine} (DIO)";
        clock = port.RequestOpenDrain(new OpenDrainLine(clockLine, pullUp, consumer));
        try
        {
            data = port.RequestOpenDrain(new OpenDrainLine(dataLine, pullUp, consumer));
        }
        catch (IOException)
        {
            clock.Dispose();
            throw;
        }
    }

    /// <summary>One frame: start, bytes, stop.</summary>
    /// <exception cref="IOException">A byte was not answered, or a line is held low.</exception>
    public void Write(params ReadOnlySpan<byte> bytes)
    {
        Start();
        foreach (var value in bytes)
        {
            Byte(value);
        }

        Stop();
    }

    /// <summary>Brings a chip that waits in the middle of a byte to the rest between two frames.</summary>
    /// <remarks>Whatever bit it waits for, after nine clocks its answer is over and it has let go; the stop ends the frame.</remarks>
    public void Rest()
    {
        clock.Set(false);
        data.Set(true);
        for (var bit = 0; bit <= BitsPerByte && !IsIdle(); bit++)
        {
            Release(clock, "CLK");
            clock.Set(false);
        }

        Stop();
    }

    public void Dispose()
    {
        clock.Dispose();
        data.Dispose();
    }

    /// <summary>Nobody else pulls DIO; the chip does so only while it answers.</summary>
    private bool IsIdle() => data.IsHigh();

    private void Start()
    {
        Release(data, "DIO");
        Release(clock, "CLK");
        data.Set(false);
        clock.Set(false);
    }

    private void Byte(byte value)
    {
        for (var bit = 0; bit < BitsPerByte; bit++)
        {
            if ((value >> bit & 1) != 0)
            {
                Release(data, "DIO");
            }
            else
            {
                data.Set(false);
            }

            Release(clock, "CLK");
            clock.Set(false);
        }

        // The chip pulls DIO low from the eighth fall of CLK to the ninth.
        data.Set(true);
        Release(clock, "CLK");
        var answered = !data.IsHigh();
        clock.Set(false);
        if (!answered)
        {
            Stop();
            throw new TwoWireException($"{name}: the chip does not answer; check supply and that CLK and DIO are not swapped.", null);
        }
    }

    private void Stop()
    {
        data.Set(false);
        Release(clock, "CLK");
        Release(data, "DIO");
    }

    private void Release(IGpioOpenDrain line, string pin)
    {
        line.Set(true);
        for (var read = 0; read < MostReads; read++)
        {
            if (line.IsHigh())
            {
                return;
            }
        }

        throw new TwoWireException($"{name}: {pin} is held low; a short circuit, or no pull-up.", pin);
    }
}
