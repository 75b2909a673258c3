namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>The bytes of one picture, in blocks of the room that all eyes share.</summary>
internal sealed class PictureBlocks(PictureBudget budget)
{
    /// <summary>What a key picture of a 4K camera at its best quality has.</summary>
    public const int MostBytes = 24 * PictureBudget.BlockBytes;

    private readonly List<byte[]> blocks = [];

    public int Written { get; private set; }

    public IEnumerable<ReadOnlyMemory<byte>> Parts => blocks.Select((block, i) => new ReadOnlyMemory<byte>(block, 0, Math.Min(PictureBudget.BlockBytes, Written - (i * PictureBudget.BlockBytes))));

    /// <returns>False: the picture is too large, or the others have all the room.</returns>
    public bool Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var at = Written % PictureBudget.BlockBytes;
            if (at == 0)
            {
                if (Written == MostBytes || budget.TryTake() is not { } block)
                {
                    return false;
                }

                blocks.Add(block);
            }

            var now = Math.Min(bytes.Length, PictureBudget.BlockBytes - at);
            bytes[..now].CopyTo(blocks[^1].AsSpan(at));
            Written += now;
            bytes = bytes[now..];
        }

        return true;
    }

    /// <summary>Gives the room back.</summary>
    public void Clear()
    {
        budget.Return(blocks);
        blocks.Clear();
        Written = 0;
    }
}
