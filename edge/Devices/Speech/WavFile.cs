using System.Buffers.Binary;

namespace MotCua.Edge.Devices.Speech;

/// <summary>A sound: 16-bit little-endian PCM, one channel. Immutable.</summary>
public sealed class WavFile
{
    public const int MinSampleRate = 8_000;
    public const int MaxSampleRate = 48_000;
    public const int BytesPerSample = 2;

    private const int HeaderBytes = 44;
    private const ushort Pcm = 1;

    private WavFile(int sampleRate, ReadOnlyMemory<byte> samples) => (SampleRate, Samples) = (sampleRate, samples);

    /// <summary>Samples a second, <see cref="MinSampleRate"/> to <see cref="MaxSampleRate"/>.</summary>
    public int SampleRate { get; }

    /// <summary>The whole file with a correct header, made anew each time: a sound of minutes is not kept twice.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            var file = new byte[HeaderBytes + Samples.Length];
            WriteHeader(file, SampleRate, Samples.Length);
            Samples.CopyTo(file.AsMemory(HeaderBytes));
            return file;
        }
    }

    /// <summary>The samples alone, <see cref="BytesPerSample"/> bytes each; at least one.</summary>
    public ReadOnlyMemory<byte> Samples { get; }

    public TimeSpan Length => TimeSpan.FromTicks(Samples.Length / BytesPerSample * TimeSpan.TicksPerSecond / SampleRate);

    /// <summary>Wraps bare samples.</summary>
    /// <exception cref="ArgumentException">No whole sample, half a sample at the end, or a rate outside the range.</exception>
    public static WavFile FromSamples(int sampleRate, ReadOnlySpan<byte> samples) => Wrap(sampleRate, samples.ToArray());

    /// <summary>As <see cref="FromSamples"/> without a copy.</summary>
    /// <param name="samples">Not changed by anyone from now on.</param>
    internal static WavFile Wrap(int sampleRate, byte[] samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, MinSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, MaxSampleRate);
        return samples.Length >= BytesPerSample && samples.Length % BytesPerSample == 0 ? new WavFile(sampleRate, samples)
            : throw new ArgumentException("A sound has one or more whole samples.", nameof(samples));
    }

    /// <summary>Reads a file of unknown origin.</summary>
    /// <returns>The sound; null when it is not one, with the reason in <paramref name="problem"/>.</returns>
    /// <remarks>
    /// A program that writes into a pipe cannot know the length beforehand (espeak-ng writes 7FFFF000h), so a data chunk that claims more
    /// than there is ends where the file ends. Source: Multimedia Programming Interface 1.0, "Waveform Audio File Format".
    /// </remarks>
    public static WavFile? TryRead(ReadOnlySpan<byte> file, out string? problem) => TryWrap(file.ToArray(), out problem);

    /// <summary>As <see cref="TryRead"/> without a copy.</summary>
    /// <param name="whole">Not changed by anyone from now on.</param>
    internal static WavFile? TryWrap(ReadOnlyMemory<byte> whole, out string? problem)
    {
        var file = whole.Span;
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            problem = "not a WAV file";
            return null;
        }

        var sampleRate = 0;
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var id = rest[..4];
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var body = rest[8..];
            body = body[..(int)Math.Min(size, (uint)body.Length)];
            if (id.SequenceEqual("fmt "u8))
            {
                sampleRate = ReadFormat(body, out problem);
                if (problem is not null)
                {
                    return null;
                }
            }
            else if (id.SequenceEqual("data"u8))
            {
                return ReadData(whole.Slice(file.Length - rest.Length + 8, body.Length), sampleRate, out problem);
            }

            // Chunks start at even offsets.
            var step = 8L + size + (size & 1);
            rest = step < rest.Length ? rest[(int)step..] : [];
        }

        problem = "a WAV file without sound";
        return null;
    }

    private static int ReadFormat(ReadOnlySpan<byte> format, out string? problem)
    {
        problem = "a WAV file of another kind than 16-bit PCM with one channel";
        if (format.Length < 16
            || BinaryPrimitives.ReadUInt16LittleEndian(format) != Pcm
            || BinaryPrimitives.ReadUInt16LittleEndian(format[2..]) != 1
            || BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) != 8 * BytesPerSample)
        {
            return 0;
        }

        var sampleRate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        problem = sampleRate is >= MinSampleRate and <= MaxSampleRate ? null
            : $"a WAV file with {sampleRate} samples a second (known: {MinSampleRate} to {MaxSampleRate})";
        return (int)sampleRate;
    }

    private static WavFile? ReadData(ReadOnlyMemory<byte> data, int sampleRate, out string? problem)
    {
        data = data[..(data.Length / BytesPerSample * BytesPerSample)];
        problem = sampleRate == 0 ? "a WAV file whose sound comes before its format" : data.IsEmpty ? "a WAV file without sound" : null;
        return problem is null ? new WavFile(sampleRate, data) : null;
    }

    private static void WriteHeader(Span<byte> header, int sampleRate, int dataBytes)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderBytes - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], Pcm);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * BytesPerSample);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], BytesPerSample);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 8 * BytesPerSample);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], dataBytes);
    }
}
