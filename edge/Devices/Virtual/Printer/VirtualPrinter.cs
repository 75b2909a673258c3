using System.Collections.Immutable;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Printing;

namespace MotCua.Edge.Devices.Virtual.Printer;

/// <summary>A ticket that fell out of the printer.</summary>
/// <param name="Number">1 for the first since the start.</param>
public sealed record PrintedPaper(long Number, DateTimeOffset At, Raster Dots);

/// <summary>A receipt printer at the far end of its line: decodes the bytes it receives, answers questions, and keeps the newest papers to be looked at.</summary>
/// <remarks>
/// As a real one it obeys real-time commands wherever they stand, takes 4 KB into its buffer while it cannot print and nothing after that, and prints what is in
/// the buffer once it can. Knobs may be turned from any thread. Source: Epson, ESC/POS command reference.
/// </remarks>
public sealed partial class VirtualPrinter : IByteLine
{
    /// <summary>Papers kept; the oldest goes first.</summary>
    public const int MostPapers = 8;

    private const int BufferBytes = 4096;
    private const int RealTimeBytes = 3;

    private static readonly Task Never = new TaskCompletionSource().Task;
    private static readonly TimeSpan SlowPiece = TimeSpan.FromMilliseconds(400);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly ViolationLog violations;
    private readonly EscPosDecoder decoder;
    private readonly Queue<byte> received = new();
    private readonly Queue<byte> answers = new();
    private ImmutableArray<PrintedPaper> papers = [];
    private PrinterCondition condition;
    private long count;
    private bool unplugged;
    private int sleepers;
    private TaskCompletionSource turned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="width">Of the head, in dots: 384 or 576.</param>
    /// <param name="strict">Throw <see cref="InvalidOperationException"/> at a violation.</param>
    public VirtualPrinter(int width, TimeProvider time, bool strict = false)
    {
        this.time = time;
        violations = new ViolationLog("ESC/POS printer", strict);
        decoder = new EscPosDecoder(width, violations.Add, Cut, Answer);
    }

    /// <summary>Raised after a paper fell out.</summary>
    public event Action? Changed;

    public string Name => "máy in mô phỏng";

    /// <summary>The first illegal sequences, at most 32.</summary>
    public ImmutableArray<string> Violations => violations.All;

    /// <summary>The newest papers, oldest first.</summary>
    public ImmutableArray<PrintedPaper> Papers => papers;

    /// <summary>A call to it waits for time to pass.</summary>
    public bool IsWaitedFor => Volatile.Read(ref sleepers) > 0;

    /// <summary>Fault knob: what is wrong with it. What is mended lets it print on what is in its buffer.</summary>
    public PrinterCondition Condition
    {
        get
        {
            lock (gate)
            {
                return condition;
            }
        }

        set
        {
            lock (gate)
            {
                condition = value;
                PrintOn();
            }

            Wake();
        }
    }

    /// <summary>Fault knob: its cable is out. It loses what it held.</summary>
    public bool Unplugged
    {
        get => Volatile.Read(ref unplugged);
        set
        {
            lock (gate)
            {
                unplugged = value;
                received.Clear();
                answers.Clear();
                realTime = RealTime.None;
                decoder.PowerOn();
            }

            Wake();
        }
    }

    /// <summary>Fault knob: it answers as no printer does.</summary>
    public bool Rubbish { get; set; }

    /// <summary>It knows real-time commands and not GS r, as some clones.</summary>
    public bool NeverDone { get; set; }

    /// <summary>Fault knob: it takes bytes and says nothing.</summary>
    public bool Silent { get; set; }

    /// <summary>Its line has no flow control: what comes while its buffer is full is lost.</summary>
    public bool Overruns { get; set; }

    /// <summary>Fault knob: each piece takes 0.4 s.</summary>
    public bool Slow { get; set; }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan atMost, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        if (Slow)
        {
            await WaitAsync(Never, SlowPiece, stop);
        }

        alone = bytes.Length <= RealTimeBytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            while (true)
            {
                var change = Volatile.Read(ref turned);
                if (TryTake(bytes.Span[i]) || Overruns)
                {
                    break;
                }

                var left = atMost - time.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero)
                {
                    throw new IOException($"{Name}: it took {i} of {bytes.Length} bytes");
                }

                await WaitAsync(change.Task, left, stop);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan atMost, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var change = Volatile.Read(ref turned);
            if (Read(buffer.Span) is var read and > 0)
            {
                return read;
            }

            var left = atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return 0;
            }

            await WaitAsync(change.Task, left, stop);
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
    }

    public void Dispose()
    {
    }

    private int Read(Span<byte> buffer)
    {
        lock (gate)
        {
            ThrowIfUnplugged();
            var read = 0;
            while (read < buffer.Length && answers.TryDequeue(out var answer))
            {
                buffer[read++] = answer;
            }

            return read;
        }
    }

    private bool TryTake(byte value)
    {
        lock (gate)
        {
            ThrowIfUnplugged();
            if (Obeyed(value))
            {
                return true;
            }

            if (received.Count >= BufferBytes)
            {
                return false;
            }

            received.Enqueue(value);
            PrintOn();
            return true;
        }
    }

    private bool CanPrint => (condition & ~PrinterCondition.PaperNearEnd) == PrinterCondition.None;

    private void PrintOn()
    {
        while (CanPrint && received.TryDequeue(out var value))
        {
            decoder.Take(value);
        }
    }

    private void Cut(Raster paper)
    {
        var printed = new PrintedPaper(++count, time.GetUtcNow(), paper);
        papers = papers.Length < MostPapers ? papers.Add(printed) : papers.RemoveAt(0).Add(printed);
        Changed?.Invoke();
    }

    private void ThrowIfUnplugged()
    {
        if (unplugged)
        {
            throw new IOException($"{Name}: đã rút dây");
        }
    }

    private void Wake() => Interlocked.Exchange(ref turned, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private async ValueTask WaitAsync(Task change, TimeSpan atMost, CancellationToken stop)
    {
        Interlocked.Increment(ref sleepers);
        try
        {
            // Goes on inside the timer's own call, so that a test's time does not run ahead of it.
            var over = new TaskCompletionSource();
            await using var timer = time.CreateTimer(_ => over.TrySetResult(), null, atMost, Timeout.InfiniteTimeSpan);
            using var ended = stop.Register(() => over.TrySetResult());
            await Task.WhenAny(over.Task, change);
            stop.ThrowIfCancellationRequested();
        }
        finally
        {
            Interlocked.Decrement(ref sleepers);
        }
    }
}
