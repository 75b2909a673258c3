using System.Buffers.Binary;
using MotCua.Edge.Devices.Climate;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A Sensirion SHT3x: takes a 16-bit command, and answers a single shot with temperature and humidity, each with its checksum. Thread-safe.</summary>
/// <remarks>Source: SHT3x datasheet, 4.3 (single shot without clock stretching), 4.12 and 4.13.</remarks>
public sealed class VirtualSht3x : IVirtualI2cChip
{
    private const ushort SoftReset = 0x30A2;

    private readonly Lock gate = new();
    private readonly List<byte> command = [];
    private readonly byte[] answer = new byte[6];
    private int read = 6;

    /// <summary>Degrees Celsius, −45 to 130.</summary>
    public double TemperatureC { get; set; } = 28;

    /// <summary>0 to 100.</summary>
    public double HumidityPercent { get; set; } = 65;

    /// <summary>A bad contact turns bits of every answer over.</summary>
    public bool Garbled { get; set; }

    /// <summary>Single shots so far.</summary>
    public int Measurements { get; private set; }

    public void Write(byte value, TimeSpan at)
    {
        lock (gate)
        {
            command.Add(value);
            if (command.Count == 2)
            {
                Do(BinaryPrimitives.ReadUInt16BigEndian([command[0], command[1]]));
            }
        }
    }

    public byte Read(TimeSpan at)
    {
        lock (gate)
        {
            // With nothing to say the line stays high.
            return read < answer.Length ? answer[read++] : (byte)0xFF;
        }
    }

    public void Stop()
    {
        lock (gate)
        {
            command.Clear();
        }
    }

    public void PowerOn(TimeSpan at)
    {
        lock (gate)
        {
            command.Clear();
            read = answer.Length;
        }
    }

    private void Do(ushort code)
    {
        if (code == SoftReset)
        {
            read = answer.Length;
        }
        else if (code >> 8 == 0x24)
        {
            Measurements++;
            Answer(answer.AsSpan(0, 3), (TemperatureC + 45) / 175);
            Answer(answer.AsSpan(3, 3), HumidityPercent / 100);
            answer[1] ^= (byte)(Garbled ? 0x10 : 0);
            read = 0;
        }
    }

    private static void Answer(Span<byte> word, double part)
    {
        BinaryPrimitives.WriteUInt16BigEndian(word, (ushort)Math.Round(Math.Clamp(part, 0, 1) * ushort.MaxValue));
        word[2] = SensirionCrc.Of(word[..2]);
    }
}
