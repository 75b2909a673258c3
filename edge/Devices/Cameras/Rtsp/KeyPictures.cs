namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>Puts together the pictures of a track that stand by themselves, and lets all others pass by unread: a decoder that gets one of those every few seconds costs next to nothing.</summary>
/// <remarks>H.264 by RFC 6184, H.265 by RFC 7798, both without interleaving, as cameras send them. What is handed out is a byte stream (Annex B) that a decoder takes at any time.</remarks>
/// <param name="budget">Shared by all eyes.</param>
internal sealed class KeyPictures(bool isH265, PictureBudget budget) : IPictureParts
{
    /// <summary>A larger picture is dropped and counted.</summary>
    public const int MostBytes = PictureBlocks.MostBytes;

    private const int MostSetBytes = 1024;

    private static readonly byte[] StartCode = [0, 0, 0, 1];

    // An access unit delimiter: it tells the parser at once that the picture before it is whole.
    private static readonly byte[] End264 = [0, 0, 0, 1, 0x09, 0xF0];
    private static readonly byte[] End265 = [0, 0, 0, 1, 0x46, 0x01, 0x50];

    private readonly SortedDictionary<int, byte[]> sets = [];
    private readonly PictureBlocks picture = new(budget);
    private bool isDone;
    private uint time;
    private int next = -1;
    private bool hasKey;
    private bool isSpoilt;
    private bool setsCame;
    private bool inFragment;

    /// <inheritdoc/>
    public long Spoilt { get; private set; }

    /// <summary>Gives its room back.</summary>
    public void Dispose() => Drop();

    /// <summary>Takes parameter sets that the description names, in base64.</summary>
    public void TakeSets(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var name in (string[])["sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets"])
        {
            foreach (var text in parameters.TryGetValue(name, out var value) ? value.Split(',') : [])
            {
                var bytes = new byte[text.Length];
                if (Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length > 2)
                {
                    TakeUnit(bytes.AsSpan(0, length));
                }
            }
        }

        setsCame = false;
    }

    /// <inheritdoc/>
    public bool Take(in RtpPacket packet, bool isDue = true)
    {
        if (isDone)
        {
            Begin(packet.Time);
        }

        if (next >= 0 && packet.Sequence != next)
        {
            Spoil();
        }

        next = (ushort)(packet.Sequence + 1);
        if (packet.Time != time)
        {
            Begin(packet.Time);
        }

        if (packet.Content.Length > 2)
        {
            TakeContent(packet.Content);
        }

        if (!packet.IsLast)
        {
            return false;
        }

        isDone = hasKey && !isSpoilt && !inFragment;
        if (!isDone)
        {
            Spoilt += hasKey ? 1 : 0;
            Begin(packet.Time);
        }

        return isDone;
    }

    /// <summary>The whole picture with its parameter sets before it and a mark behind it, in order; no copy of it is made.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Parts() =>
    [
        .. sets.Values.Select(set => new ReadOnlyMemory<byte>(set)),
        .. picture.Parts,
        isH265 ? End265 : End264,
    ];

    /// <inheritdoc/>
    public void Drop() => picture.Clear();

    private void Begin(uint at)
    {
        (time, hasKey, isSpoilt, setsCame, inFragment, isDone) = (at, false, false, false, false, false);
        Drop();
    }

    private void Spoil()
    {
        isSpoilt = true;
        Drop();
    }

    private void TakeContent(ReadOnlySpan<byte> content)
    {
        var type = isH265 ? (content[0] >> 1) & 0x3F : content[0] & 0x1F;
        var (group, fragment, head) = isH265 ? (48, 49, 2) : (24, 28, 1);
        if (type == group)
        {
            for (var rest = content[head..]; rest.Length > 2;)
            {
                var length = (rest[0] << 8) | rest[1];
                if (length > rest.Length - 2)
                {
                    Spoil();
                    return;
                }

                TakeUnit(rest.Slice(2, length));
                rest = rest[(2 + length)..];
            }
        }
        else if (type == fragment)
        {
            TakeFragment(content, head);
        }
        else
        {
            TakeUnit(content);
        }
    }

    private void TakeFragment(ReadOnlySpan<byte> content, int head)
    {
        if (content.Length < head + 2)
        {
            return;
        }

        var mark = content[head];
        var type = isH265 ? mark & 0x3F : mark & 0x1F;
        if ((mark & 0x80) != 0)
        {
            inFragment = IsPictureWanted(type);
            if (inFragment)
            {
                Append(StartCode);
                Append(isH265 ? [(byte)((content[0] & 0x81) | (type << 1)), content[1]] : [(byte)((content[0] & 0xE0) | type)]);
            }
        }

        if (inFragment)
        {
            Append(content[(head + 1)..]);
            inFragment = (mark & 0x40) == 0;
        }
    }

    private void TakeUnit(ReadOnlySpan<byte> unit)
    {
        if (unit.Length < 2)
        {
            return;
        }

        var type = isH265 ? (unit[0] >> 1) & 0x3F : unit[0] & 0x1F;
        if (isH265 ? type is 32 or 33 or 34 : type is 7 or 8)
        {
            setsCame = true;
            if (unit.Length <= MostSetBytes)
            {
                sets[type] = [.. StartCode, .. unit];
            }
        }
        else if (IsPictureWanted(type))
        {
            Append(StartCode);
            Append(unit);
        }
    }

    // Some cameras never send an IDR picture after the first: what follows parameter sets stands by itself as well.
    private bool IsPictureWanted(int type)
    {
        var isPicture = isH265 ? type < 32 : type is >= 1 and <= 5;
        hasKey |= isPicture && ((isH265 ? type is >= 16 and <= 21 : type == 5) || setsCame);
        return isPicture && hasKey;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (!isSpoilt && !picture.Append(bytes))
        {
            Spoil();
        }
    }
}
