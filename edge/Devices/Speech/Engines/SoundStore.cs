using System.Security.Cryptography;
using System.Text;

namespace MotCua.Edge.Devices.Speech.Engines;

/// <summary>Keeps sounds on the card within a budget of bytes, so that what was said before needs no engine. Thread-safe; nothing is read before the first question.</summary>
/// <remarks>
/// <para>A file is the SHA-256 of the rest, then the WAV; its name is the SHA-256 of the key. It appears whole or not at all, and one that a card or a hand has changed
/// is thrown away. A full or broken card only means that engines are asked: nothing here throws.</para>
/// <para>What was slow to make (<see cref="Slow"/>) is written at once. Anything else is kept when it is asked for the second time between two starts: most texts are said once, and a
/// sentence is 200 KB, ten times what its ticket costs the card. The numbers that come again between two starts are each written once.</para>
/// <para>What was used lately stays, also over a restart: the time of a file tells the day of its last use, so it is written once a day at most.</para>
/// </remarks>
/// <param name="folder">Made when it is missing. Only files ending in <c>.sound</c> are touched.</param>
/// <param name="budgetBytes">What all files together may take; the longest unused go first.</param>
public sealed class SoundStore(string folder, long budgetBytes, TimeProvider time)
{
    /// <summary>People notice a call that is so late; a box that is switched off each night would make it again every morning.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan TouchedAfter = TimeSpan.FromDays(1);

    /// <summary>A larger file is none of ours: 4 MiB of speech and its hash.</summary>
    private const int MaxFileBytes = (4 << 20) + 4096;

    /// <summary>Texts remembered as asked once; some days of calls. Past it all are forgotten, and asked for the second time a little later.</summary>
    private const int MaxAskedOnce = 4096;

    private const int HashBytes = SHA256.HashSizeInBytes;
    private const string Ending = ".sound";

    private readonly Lock gate = new();
    private readonly HashSet<string> askedOnce = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> newestFirst = new();
    private Dictionary<string, LinkedListNode<Entry>>? byName;
    private long bytes;

    /// <summary>What the files take.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                Look();
                return bytes;
            }
        }
    }

    /// <returns>Null: never kept, or the file is damaged and gone now.</returns>
    public WavFile? Find(string key)
    {
        var name = NameOf(key);
        lock (gate)
        {
            Look();
            if (!byName!.TryGetValue(name, out var node))
            {
                return null;
            }

            if (TryRead(name) is { } sound)
            {
                newestFirst.Remove(node);
                newestFirst.AddFirst(node);
                Touch(node);
                return sound;
            }

            Drop(node);
            return null;
        }
    }

    /// <summary>Takes note of a sound; when it was slow to make, and else the second time, it is written.</summary>
    /// <param name="took">How long it was made.</param>
    public void Keep(string key, WavFile sound, TimeSpan took = default)
    {
        var name = NameOf(key);
        var file = sound.Bytes;
        lock (gate)
        {
            Look();
            var size = HashBytes + file.Length;
            if (byName!.ContainsKey(name) || size > Math.Min(budgetBytes, MaxFileBytes) || (took < Slow && IsFirstTime(name)))
            {
                return;
            }

            while (bytes + size > budgetBytes && newestFirst.Last is { } oldest)
            {
                Drop(oldest);
            }

            if (TryWrite(name, file.Span))
            {
                byName[name] = newestFirst.AddFirst(new Entry(name, size, time.GetUtcNow()));
                bytes += size;
                askedOnce.Remove(name);
            }
        }
    }

    private void Touch(LinkedListNode<Entry> node)
    {
        var now = time.GetUtcNow();
        if (now - node.Value.Used < TouchedAfter)
        {
            return;
        }

        node.Value = node.Value with { Used = now };
        try
        {
            File.SetLastWriteTimeUtc(Path.Combine(folder, node.Value.Name), now.UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // After a restart it counts as used on an earlier day.
        }
    }

    private bool IsFirstTime(string name)
    {
        if (askedOnce.Count >= MaxAskedOnce)
        {
            askedOnce.Clear();
        }

        return askedOnce.Add(name);
    }

    private void Look()
    {
        if (byName is not null)
        {
            return;
        }

        byName = new(StringComparer.Ordinal);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + Ending).OrderByDescending(file => file.LastWriteTimeUtc))
            {
                byName[file.Name] = newestFirst.AddLast(new Entry(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)));
                bytes += file.Length;
            }

            foreach (var torn in Directory.EnumerateFiles(folder, "*" + Ending + ".new"))
            {
                File.Delete(torn);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No folder, no sounds: engines are asked.
        }

        while (bytes > budgetBytes && newestFirst.Last is { } oldest)
        {
            Drop(oldest);
        }
    }

    private WavFile? TryRead(string name)
    {
        try
        {
            var path = Path.Combine(folder, name);
            if (new FileInfo(path).Length is <= HashBytes or > MaxFileBytes)
            {
                return null;
            }

            var file = File.ReadAllBytes(path);
            return SHA256.HashData(file.AsSpan(HashBytes)).AsSpan().SequenceEqual(file.AsSpan(0, HashBytes)) ? WavFile.TryWrap(file.AsMemory(HashBytes), out _) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Not synced: after a power cut the hash tells, and the worst is one more question to an engine.
    private bool TryWrite(string name, ReadOnlySpan<byte> sound)
    {
        var path = Path.Combine(folder, name);
        try
        {
            using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(SHA256.HashData(sound));
                file.Write(sound);
            }

            File.Move(path + ".new", path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(path + ".new");
            return false;
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        newestFirst.Remove(node);
        byName!.Remove(node.Value.Name);
        bytes -= node.Value.Bytes;
        Remove(Path.Combine(folder, node.Value.Name));
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays on a card that takes no changes; it is not counted and not read any more.
        }
    }

    /// <param name="Used">As the time of its file says it: to the day.</param>
    private readonly record struct Entry(string Name, long Bytes, DateTimeOffset Used);

    private static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + Ending;
}
