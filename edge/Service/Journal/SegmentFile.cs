namespace MotCua.Edge.Journal;

/// <summary>Reads whole segments, around the parts that a dying card no longer gives.</summary>
internal static class SegmentFile
{
    private const int Page = 4096;

    // An unreadable page becomes bytes that are neither a record nor zeros, so it counts as damage and never as a torn write.
    private const byte Unreadable = 0xFF;

    public static byte[] Load(IJournalFolder folder, SegmentName name)
    {
        try
        {
            using var file = folder.Open(name.ToString());
            var bytes = new byte[Math.Min(file.Length, 64L * 1024 * 1024)];
            try
            {
                if (file.Read(0, bytes) == bytes.Length)
                {
                    return bytes;
                }
            }
            catch (IOException)
            {
                // Page by page then.
            }

            for (var at = 0; at < bytes.Length; at += Page)
            {
                var page = bytes.AsSpan(at, Math.Min(Page, bytes.Length - at));
                try
                {
                    file.Read(at, page);
                }
                catch (IOException)
                {
                    page.Fill(Unreadable);
                }
            }

            return bytes;
        }
        catch (IOException)
        {
            return [.. Enumerable.Repeat(Unreadable, Page)];
        }
    }
}
