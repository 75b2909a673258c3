using System.Buffers;
using System.Collections.Immutable;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Journal;

/// <summary>The centre's log: state, audit trail and outbox in one. Appends are staged and made durable by one write and one sync for the whole group.</summary>
/// <remarks>One thread writes (<see cref="Append"/>, <see cref="Commit"/>, <see cref="Discard"/>); any thread may read <see cref="Committed"/> and what stands before it.</remarks>
public sealed class EventJournal : IDisposable
{
    /// <summary>A group has at most this many events; a caller with more commits in between.</summary>
    public const int MaxGroup = 30_000;

    /// <summary>And at most this many bytes, so that its segment can be read in one piece.</summary>
    public const int MaxGroupBytes = 48 * 1024 * 1024;

    internal const string SpareName = "spare";

    private readonly ArrayBufferWriter<byte> staged = new(8 * 1024);
    private readonly List<int> stagedEnds = [];
    private readonly Lock gate = new();
    private ImmutableArray<SegmentName> segments;
    private byte[] group = new byte[8 * 1024];
    private IJournalFile? tail;
    private int tailOffset;
    private CommittedMark committed;

    private EventJournal(IJournalFolder folder, JournalOptions options, Recovered recovered)
    {
        (Folder, Options, Opening, Ordinal) = (folder, options, recovered.Opening, recovered.Ordinal);
        committed = new CommittedMark(recovered.End);
        Older = [.. recovered.Older.Where(epoch => epoch.End.Seq > 0)];
        segments = [.. SegmentName.AllIn(folder.List())];
        SnapshotSeq = recovered.SnapshotSeq;
        if (recovered.Tail is { } last)
        {
            (tail, tailOffset) = (folder.Open(last.ToString()), recovered.TailOffset);
        }
    }

    /// <summary>What was found at the start.</summary>
    public JournalOpening Opening { get; }

    public EpochId Epoch => committed.Mark.Epoch;

    /// <summary>Sequence number that the next appended event must carry.</summary>
    public long NextSeq => committed.Mark.Seq + stagedEnds.Count + 1;

    /// <summary>The durable end.</summary>
    public JournalMark Committed => Volatile.Read(ref committed).Mark;

    /// <summary>Journals that damage ended, oldest first; still shipped up to their verified ends.</summary>
    public ImmutableArray<EpochExtent> Older { get; }

    internal IJournalFolder Folder { get; }

    internal JournalOptions Options { get; }

    internal int Ordinal { get; }

    /// <summary>Sequence number of the newest snapshot.</summary>
    internal long SnapshotSeq { get; set; }

    /// <summary>All segments, oldest first.</summary>
    internal ImmutableArray<SegmentName> Segments
    {
        get
        {
            lock (gate)
            {
                return segments;
            }
        }
    }

    /// <summary>Opens or begins the journal in the folder and folds its events.</summary>
    /// <param name="newEpoch">Random identity, asked for when a journal begins.</param>
    /// <exception cref="IOException">The folder cannot be read, or the card refuses to make the end of the journal durable once more.</exception>
    public static EventJournal Open(IJournalFolder folder, JournalOptions options, IJournalFold fold, Func<EpochId> newEpoch) =>
        new(folder, options, new JournalRecovery(folder, fold, options).Run(newEpoch));

    /// <summary>Stages an event. It is nowhere until <see cref="Commit"/>.</summary>
    /// <param name="canonical">Its canonical bytes, which say <see cref="NextSeq"/>.</param>
    public void Append(ReadOnlySpan<byte> canonical)
    {
        if (canonical.Length is 0 or > EventCodec.MaxBytes || stagedEnds.Count == MaxGroup || staged.WrittenCount + canonical.Length > MaxGroupBytes)
        {
            throw new InvalidOperationException($"An event has 1 to {EventCodec.MaxBytes} bytes and a group at most {MaxGroup} events; this one has {canonical.Length}, the group {stagedEnds.Count}.");
        }

        // A sector of zeros inside a group is how a torn write is told from a changed one.
        if (canonical.Contains((byte)0))
        {
            throw new InvalidOperationException("An event is JSON and holds no zero byte.");
        }

        staged.Write(canonical);
        stagedEnds.Add(staged.WrittenCount);
    }

    /// <summary>Forgets what is staged.</summary>
    public void Discard()
    {
        staged.ResetWrittenCount();
        stagedEnds.Clear();
    }

    /// <summary>Makes the staged events durable, all or none: one write, one sync.</summary>
    /// <exception cref="IOException">The card refused. The staged events are gone, and the next commit goes to a new segment.</exception>
    public void Commit()
    {
        if (stagedEnds.Count == 0)
        {
            return;
        }

        try
        {
            var (bytes, hash) = Frame();
            if (tail is null || tailOffset + bytes.Length > tail.Length)
            {
                BeginSegment(bytes);
            }
            else
            {
                WriteToTail(bytes);
            }

            Volatile.Write(ref committed, new CommittedMark(new JournalMark(Epoch, committed.Mark.Seq + stagedEnds.Count, hash)));
        }
        finally
        {
            Discard();
        }
    }

    public void Dispose() => tail?.Dispose();

    /// <summary>Takes the oldest segment, whose file is gone, off the list.</summary>
    internal void ForgetOldest()
    {
        lock (gate)
        {
            segments = segments.RemoveAt(0);
        }
    }

    private (ReadOnlyMemory<byte> Bytes, ChainHash Hash) Frame()
    {
        var size = staged.WrittenCount + (stagedEnds.Count * Record.HeaderSize);
        if (group.Length < size)
        {
            group = new byte[size];
        }

        var (at, from, seq, hash) = (0, 0, committed.Mark.Seq, committed.Mark.Hash);
        for (var i = 0; i < stagedEnds.Count; i++)
        {
            var canonical = staged.WrittenSpan[from..stagedEnds[i]];
            Record.Write(group.AsSpan(at), ++seq, i, stagedEnds.Count, canonical);
            hash = hash.Next(canonical);
            at += Record.HeaderSize + canonical.Length;
            from = stagedEnds[i];
        }

        return (group.AsMemory(0, size), hash);
    }

    private void WriteToTail(ReadOnlyMemory<byte> bytes)
    {
        var durable = false;
        try
        {
            tail!.Write(tailOffset, bytes.Span);
            tail.Sync();
            tailOffset += bytes.Length;
            durable = true;
        }
        finally
        {
            if (!durable)
            {
                GiveUpTail(bytes.Length);
            }
        }
    }

    // What a failed sync left behind is unknown and cannot be asked (the kernel drops the pages). The next segment starts at the same number
    // and thereby voids it; the zeros are for a box that is switched off before there is a next segment.
    private void GiveUpTail(int length)
    {
        try
        {
            tail!.Write(tailOffset, new byte[length]);
            tail.Sync();
        }
        catch (IOException)
        {
            // As said.
        }

        tail!.Dispose();
        tail = null;
    }

    private void BeginSegment(ReadOnlyMemory<byte> bytes)
    {
        // From here on a file of the next name may exist, which voids whatever the old tail would take from its first number on:
        // the old tail is done with, whether the new one succeeds or not.
        tail?.Dispose();
        tail = null;
        var name = new SegmentName(Ordinal, committed.Mark.Seq + 1);
        var header = new SegmentHeader(Epoch, name.FirstSeq, committed.Mark.Hash).ToBytes();
        var needed = header.Length + bytes.Length;
        var begun = TakeSpare(name, needed) ?? Folder.Create(name.ToString(), Math.Max(Options.SegmentBytes, needed));
        try
        {
            begun.Write(0, [.. header, .. bytes.Span]);
            begun.Sync();
            (tail, tailOffset) = (begun, needed);
        }
        finally
        {
            if (tail is null)
            {
                begun.Dispose();
            }
        }

        lock (gate)
        {
            segments = [.. segments.Where(s => s != name), name];
        }
    }

    private IJournalFile? TakeSpare(SegmentName name, int needed)
    {
        if (needed > Options.SegmentBytes || !Folder.List().Contains(SpareName))
        {
            return null;
        }

        Folder.Rename(SpareName, name.ToString());
        var file = Folder.Open(name.ToString());
        if (file.Length >= needed)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private sealed record CommittedMark(JournalMark Mark);
}
