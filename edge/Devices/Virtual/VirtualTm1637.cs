using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A TM1637 with four or six digits, listening to two wires: decodes start, bits, stop, and answers each byte. Any thread may read <see cref="Digits"/>.</summary>
/// <remarks>
/// After power-on the display is off and the memory holds anything. The port that drives the wires holds its lock while they move.
/// Source: TM1637 datasheet v2.4, "Interface instructions", "Data command", "Address command", "Display control".
/// </remarks>
public sealed class VirtualTm1637
{
    private const int Memory = 6;
    private const int BitsPerByte = 8;

    private readonly Lock gate = new();
    private readonly ViolationLog violations;
    private readonly int[] places;
    private readonly byte[] memory = new byte[Memory];
    private readonly bool[] written = new bool[Memory];
    private SharedWire? clock;
    private SharedWire? data;
    private bool clockWasHigh = true;
    private bool dataWasHigh = true;
    private bool inFrame;
    private int bits;
    private int shifted;
    private int taken;
    private bool answers;
    private int? address;
    private bool runsOn;
    private bool display;
    private int brightness;

    /// <param name="digits">4 or 6.</param>
    /// <param name="crossWired">Six digits wired as 3 2 1 6 5 4, as on the usual boards.</param>
    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation.</param>
    public VirtualTm1637(int digits = 4, bool crossWired = true, bool strict = false)
    {
        violations = new ViolationLog("TM1637", strict);
        places = digits switch
        {
            4 => [0, 1, 2, 3],
            6 => crossWired ? [2, 1, 0, 5, 4, 3] : [0, 1, 2, 3, 4, 5],
            _ => throw new ArgumentOutOfRangeException(nameof(digits), digits, "4 or 6."),
        };
    }

    /// <summary>Raised after each byte and each frame, on the thread of the driver.</summary>
    public event Action? Changed;

    /// <summary>Does not answer after so many bytes of a frame; null: it does.</summary>
    public int? NackAfter { get; set; }

    /// <summary>Bytes taken since it was made.</summary>
    public long Bytes { get; private set; }

    /// <summary>The plug is out: no power, no answer. Plugging in again starts the chip from power-on.</summary>
    public bool Unplugged
    {
        get;
        set
        {
            field = value;
            BrownOut();
        }
    }

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations => violations.All;

    /// <summary>What people see now.</summary>
    public SegmentDigits Digits
    {
        get
        {
            lock (gate)
            {
                return SegmentDigits.Of([.. places.Select(place => display ? SegmentDigits.FromAFirst(memory[place]) : (byte)0)], brightness, display);
            }
        }
    }

    /// <summary>A disturbance: memory, registers and the byte in flight may all be anything now.</summary>
    public void Scramble(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        lock (gate)
        {
            random.NextBytes(memory);
            brightness = random.Next(8);
            display = random.Next(2) == 0;
            runsOn = random.Next(2) == 0;
        }

        Changed?.Invoke();
    }

    /// <summary>The supply dips: every register is as after power-on.</summary>
    public void BrownOut()
    {
        lock (gate)
        {
            Array.Fill(memory, (byte)0xA5);
            Array.Clear(written);
            inFrame = false;
            bits = 0;
            address = null;
            runsOn = true;
            display = false;
            brightness = 0;
        }

        Answer(false);
        Changed?.Invoke();
    }

    internal void Wire(SharedWire clockWire, SharedWire dataWire)
    {
        (clock, data) = (clockWire, dataWire);
        clock.Moved += ClockMoved;
        data.Moved += DataMoved;
        BrownOut();
    }

    private void ClockMoved()
    {
        clockWasHigh = clock!.IsHigh;
        if (!inFrame || Unplugged)
        {
            return;
        }

        if (clockWasHigh)
        {
            if (bits < BitsPerByte)
            {
                shifted |= (data!.IsHigh ? 1 : 0) << bits;
            }

            bits++;
        }
        else if (bits == BitsPerByte)
        {
            Take();
        }
        else if (bits > BitsPerByte)
        {
            bits = 0;
            shifted = 0;
            Answer(false);
        }
    }

    private void DataMoved()
    {
        var rose = data!.IsHigh;
        if (rose == dataWasHigh)
        {
            return;
        }

        dataWasHigh = rose;
        // The chip's own answer is no start.
        if (!clockWasHigh || Unplugged)
        {
            return;
        }

        if (inFrame && bits > 1)
        {
            violations.Add("DIO moved while CLK was high in the middle of a byte");
        }

        inFrame = !rose;
        (bits, shifted, taken, address) = (0, 0, 0, null);
        Changed?.Invoke();
    }

    private void Take()
    {
        if (taken >= NackAfter)
        {
            return;
        }

        Answer(true);
        Bytes++;
        lock (gate)
        {
            Store((byte)shifted);
        }

        taken++;
        Changed?.Invoke();
    }

    private void Answer(bool low)
    {
        answers = low;
        data?.ChipSets(letGo: !answers);
    }

    private void Store(byte value)
    {
        if (taken > 0)
        {
            StoreData(value);
            return;
        }

        switch (value >> 6)
        {
            case 1 when (value & 0x3B) == 0:
                runsOn = (value & 0x04) == 0;
                break;
            case 2:
                SwitchOn((value & 0x08) != 0);
                brightness = value & 0x07;
                break;
            case 3 when (value & 0x3F) < Memory:
                address = value & 0x3F;
                break;
            default:
                violations.Add($"command {value:X2}h is not for display");
                break;
        }
    }

    private void StoreData(byte value)
    {
        if (address is not { } place)
        {
            violations.Add($"byte {value:X2}h without an address in its frame");
            return;
        }

        if (place >= Memory)
        {
            violations.Add("more data than the display has digits");
            return;
        }

        memory[place] = value;
        written[place] = true;
        address = runsOn ? place + 1 : place;
    }

    private void SwitchOn(bool on)
    {
        if (on && places.Any(place => !written[place]))
        {
            violations.Add("display on before all digits were written");
        }

        display = on;
    }
}
