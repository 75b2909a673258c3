using System.Globalization;

namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>Turns the packets of an AAC track (RFC 3640, mode AAC-hbr) into frames that a decoder takes at any time (ADTS, ISO/IEC 13818-7, 6.2).</summary>
internal sealed class AacTrack
{
    private const int HeadBytes = 7;
    private const int MostFrameBytes = 0x1FFF - HeadBytes;

    private readonly int sizeBits;
    private readonly int headerBits;
    private readonly int profile;
    private readonly int rateIndex;
    private readonly int channels;

    private AacTrack(int sizeBits, int headerBits, int profile, int rateIndex, int channels) =>
        (this.sizeBits, this.headerBits, this.profile, this.rateIndex, this.channels) = (sizeBits, headerBits, profile, rateIndex, channels);

    /// <returns>Null for a track of another kind, or one whose description does not say how to read it.</returns>
    public static AacTrack? TryRead(MediaTrack track)
    {
        var fields = track.Parameters;
        if (track.Codec != "MPEG4-GENERIC" || !fields.TryGetValue("config", out var hex) || hex.Length is < 4 or > 64 || hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        // AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1): five bits of object type, four of rate, four of channels.
        var config = Convert.FromHexString(hex);
        var bits = (config[0] << 8) | config[1];
        var (kind, rate, channels) = (bits >> 11, (bits >> 7) & 0x0F, (bits >> 3) & 0x0F);
        var (size, index) = (Number("sizelength", 13), Number("indexlength", 3));
        // 5: with a band of its own for the treble; the core below it is LC, and a decoder finds the rest by itself. 13 to 15: rates that ADTS cannot name.
        return kind is not (2 or 5) || rate > 12 || channels is < 1 or > 7 || size is < 1 or > 16 || index is < 0 or > 8 ? null : new AacTrack(size, size + index, 2, rate, channels);

        int Number(string name, int usual) => fields.TryGetValue(name, out var text) ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1 : usual;
    }

    /// <summary>Appends the packet's frames; what is cut off is left out.</summary>
    public void Append(ReadOnlySpan<byte> content, List<byte> frames)
    {
        if (content.Length < 2)
        {
            return;
        }

        var bits = (content[0] << 8) | content[1];
        var headers = content[2..];
        var at = (bits + 7) / 8;
        if (at > headers.Length)
        {
            return;
        }

        var rest = headers[at..];
        for (var bit = 0; bit + headerBits <= bits; bit += headerBits)
        {
            var size = Bits(headers, bit, sizeBits);
            if (size > rest.Length || size > MostFrameBytes)
            {
                return;
            }

            AppendFrame(rest[..size], frames);
            rest = rest[size..];
        }
    }

    private static int Bits(ReadOnlySpan<byte> bytes, int from, int count)
    {
        var value = 0;
        for (var bit = from; bit < from + count; bit++)
        {
            value = (value << 1) | ((bytes[bit / 8] >> (7 - (bit % 8))) & 1);
        }

        return value;
    }

    private void AppendFrame(ReadOnlySpan<byte> frame, List<byte> frames)
    {
        var length = HeadBytes + frame.Length;
        frames.AddRange(
        [
            0xFF, 0xF1, (byte)(((profile - 1) << 6) | (rateIndex << 2) | (channels >> 2)), (byte)(((channels & 3) << 6) | (length >> 11)), (byte)(length >> 3), (byte)(((length & 7) << 5) | 0x1F), 0xFC,
        ]);
        frames.AddRange(frame);
    }
}
