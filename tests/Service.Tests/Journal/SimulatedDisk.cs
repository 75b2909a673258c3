using Xunit;


namespace MotCua.Edge.Journal.Tests;

/// <summary>The box has no power; thrown out of whatever the program was doing. Not an <see cref="IOException"/>: no program catches it.</summary>
public sealed class PowerLostException() : Exception("The power is off.");

/// <summary>A card in memory that forgets unsynced sectors when the power goes, lies, refuses and dies. The same seed does the same again.</summary>
/// <remarks>
/// Promises what the port promises and not a byte more: a sector of 512 bytes is written whole or not at all; names made by Create, Rename and
/// Replace are durable when they return; deletions are durable only after the next such name, and come back youngest first.
/// </remarks>
public sealed class SimulatedDisk(Random random) : IJournalFolder
{
    public const int Sector = 512;

    private readonly Lock gate = new();
    private readonly Dictionary<string, SimulatedFile> files = [];
    private readonly List<(string Name, SimulatedFile File)> undurableDeletes = [];
    private bool powerIsOff;
    private int? operationsLeft;

    public int Writes { get; private set; }

    public int Syncs { get; private set; }

    public long BytesWritten { get; private set; }

    /// <summary>Files made so far, each with its zeros.</summary>
    public int Creates { get; private set; }

    /// <summary>Some sectors arrive, then the call fails.</summary>
    public bool FailNextWrite { get; set; }

    /// <summary>As after an fsync error: any of the sectors may be on the card, all read as written, and no later sync writes them.</summary>
    public bool FailNextSync { get; set; }

    /// <summary>Everything fails until it is taken back.</summary>
    public bool Dead { get; set; }

    /// <summary>Room for new files; null for plenty.</summary>
    public long? FreeBytes { get; set; }

    /// <summary>The power goes in the middle of the n-th operation from now, counted from 1.</summary>
    public void PowerFailsAt(int operation) => operationsLeft = operation;

    /// <summary>Power off and on: each unsynced sector is kept or lost, by chance.</summary>
    public void PowerCut(Random chance)
    {
        lock (gate)
        {
            foreach (var file in files.Values)
            {
                file.SettleDirty(_ => chance.Next(2) == 0);
                file.ForgetCache();
            }

            var kept = chance.Next(undurableDeletes.Count + 1);
            foreach (var (name, file) in undurableDeletes.Skip(kept))
            {
                file.ForgetCache();
                files.TryAdd(name, file);
            }

            undurableDeletes.Clear();
            (powerIsOff, operationsLeft) = (false, null);
        }
    }

    /// <summary>What reading the file would give now.</summary>
    public byte[] Peek(string name) => [.. files[name].Now];

    /// <summary>Changes one byte, on the card and in what is read.</summary>
    public void Poke(string name, int offset, byte value) => files[name].Now[offset] = files[name].Card[offset] = value;

    /// <summary>Puts a whole file there, or takes it away.</summary>
    public void Put(string name, byte[]? bytes)
    {
        files.Remove(name);
        if (bytes is not null)
        {
            files[name] = new SimulatedFile([.. bytes]);
        }
    }

    /// <summary>Reading that page of 4 KiB fails from now on.</summary>
    public void MakeUnreadable(string name, int page) => files[name].UnreadablePages.Add(page);

    public SimulatedDisk Copy(Random other)
    {
        var copy = new SimulatedDisk(other);
        foreach (var (name, file) in files)
        {
            copy.files[name] = new SimulatedFile([.. file.Now]);
        }

        return copy;
    }

    public IReadOnlyList<string> List() => Do(() => files.Keys.ToList());

    public IJournalFile Open(string name) => Do(() => new Handle(this, Find(name)));

    public IJournalFile Create(string name, long length) => Do(() =>
    {
        if (FreeBytes < length)
        {
            throw new IOException("No space left on device.");
        }

        FreeBytes -= length;
        Creates++;
        files[name] = new SimulatedFile(new byte[length]);
        MakeNamesDurable();
        return new Handle(this, files[name]);
    }, cutShort: () =>
    {
        // The name may be there already, with any part of its zeros.
        if (random.Next(2) == 0)
        {
            files[name] = new SimulatedFile(new byte[random.NextInt64(length + 1)]);
        }
    });

    public void Rename(string from, string to)
    {
        void Move()
        {
            files[to] = Find(from);
            files.Remove(from);
            MakeNamesDurable();
        }

        Do(() => { Move(); return 0; }, cutShort: () => Perhaps(Move));
    }

    public void Replace(string name, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        void Put()
        {
            if (FreeBytes < copy.Length)
            {
                throw new IOException("No space left on device.");
            }

            FreeBytes += (files.TryGetValue(name, out var old) ? old.Now.Length : 0) - copy.Length;
            files[name] = new SimulatedFile(copy);
            MakeNamesDurable();
        }

        Do(() => { Put(); return 0; }, cutShort: () => Perhaps(Put));
    }

    public void Delete(string name)
    {
        void Remove()
        {
            if (files.Remove(name, out var file))
            {
                FreeBytes += file.Now.Length;
                undurableDeletes.Add((name, file));
            }
        }

        Do(() => { Remove(); return 0; }, cutShort: () => Perhaps(Remove));
    }

    private SimulatedFile Find(string name) => files.TryGetValue(name, out var file) ? file : throw new FileNotFoundException($"No file {name}.", name);

    private void MakeNamesDurable() => undurableDeletes.Clear();

    private void Perhaps(Action act)
    {
        if (random.Next(2) == 0)
        {
            act();
        }
    }

    private int NextChance(int below) => random.Next(below);

    private T Do<T>(Func<T> act, Action? cutShort = null)
    {
        lock (gate)
        {
            if (powerIsOff)
            {
                throw new PowerLostException();
            }

            if (Dead)
            {
                throw new IOException("The card does not answer.");
            }

            if (--operationsLeft == 0)
            {
                cutShort?.Invoke();
                powerIsOff = true;
                throw new PowerLostException();
            }

            return act();
        }
    }

    private sealed class SimulatedFile(byte[] bytes)
    {
        private readonly HashSet<int> dirty = [];

        public byte[] Now { get; private set; } = bytes;

        public byte[] Card { get; } = [.. bytes];

        public HashSet<int> UnreadablePages { get; } = [];

        public void WriteSectors(int offset, byte[] data, Func<int, bool> arrives)
        {
            for (var at = 0; at < data.Length;)
            {
                var sector = (offset + at) / Sector;
                var part = Math.Min(data.Length - at, ((sector + 1) * Sector) - offset - at);
                if (arrives(sector))
                {
                    data.AsSpan(at, part).CopyTo(Now.AsSpan(offset + at));
                    dirty.Add(sector);
                }

                at += part;
            }
        }

        public void SettleDirty(Func<int, bool> reachesCard)
        {
            foreach (var sector in dirty.Order().Where(reachesCard))
            {
                var from = sector * Sector;
                Now.AsSpan(from, Math.Min(Sector, Now.Length - from)).CopyTo(Card.AsSpan(from));
            }

            dirty.Clear();
        }

        public void ForgetCache() => Now = [.. Card];
    }

    private sealed class Handle(SimulatedDisk disk, SimulatedFile file) : IJournalFile
    {
        public long Length => disk.Do(() => file.Now.Length);

        public int Read(long offset, Span<byte> into)
        {
            var length = into.Length;
            var bytes = disk.Do(() =>
            {
                var count = (int)Math.Clamp(file.Now.Length - offset, 0, length);
                return file.UnreadablePages.Any(page => page * 4096L < offset + count && offset < (page + 1) * 4096L)
                    ? throw new IOException("Input/output error.")
                    : file.Now.AsSpan((int)offset, count).ToArray();
            });
            bytes.CopyTo(into);
            return bytes.Length;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var data = bytes.ToArray();
            disk.Do(() =>
            {
                Assert.True(offset + data.Length <= file.Now.Length, "The journal never makes a file longer.");
                disk.Writes++;
                disk.BytesWritten += data.Length;
                var fails = disk.FailNextWrite;
                disk.FailNextWrite = false;
                file.WriteSectors((int)offset, data, _ => !fails || disk.NextChance(2) == 0);
                return fails ? throw new IOException("Input/output error.") : 0;
            }, cutShort: () => file.WriteSectors((int)offset, data, _ => disk.NextChance(2) == 0));
        }

        public void Sync() => disk.Do(() =>
        {
            disk.Syncs++;
            var fails = disk.FailNextSync;
            disk.FailNextSync = false;
            file.SettleDirty(_ => !fails || disk.NextChance(2) == 0);
            return fails ? throw new IOException("Input/output error.") : 0;
        }, cutShort: () => file.SettleDirty(_ => disk.NextChance(2) == 0));

        public void Dispose()
        {
        }
    }
}
