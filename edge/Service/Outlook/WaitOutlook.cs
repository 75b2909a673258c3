using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Edge.Queue.Forecast;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Outlook;

/// <summary>Forecasts the wait of waiting tickets. It learns at its own pace by reading the journal on, and looks ahead when somebody asks.</summary>
/// <remarks>Nothing waits for its lessons and it wakes nobody; however many ask, one look serves all of them for <see cref="Fresh"/>.</remarks>
public sealed class WaitOutlook : ISteppedLoop
{
    /// <summary>How often it reads on, 5 s.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>How old an answer may be, 2 s: ranges are told in whole minutes.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private const int MostTickets = 200;
    private const int EventsAtOnce = 150;
    private const int BytesAtOnce = 64 * 1024;

    // How many events of a rush are read in one step; the rest come with the next.
    private const int StretchesAtOnce = 4;

    private readonly JournalReader reader;
    private readonly Func<Committed> durable;
    private readonly IClockTrust clock;
    private readonly TimeProvider time;
    private readonly MemoryFile file;
    private readonly Lessons lessons;
    private readonly Lock gate = new();
    private JournalMark learnedUpTo;
    private long? lookedAt;
    private long lookedUpTo;
    private Dictionary<TicketNumber, WaitForecast> forecasts = [];

    /// <param name="durable">The durable state and how far it goes.</param>
    /// <param name="clock">While it is not trusted nothing is learned and nothing said: a duration across a clock's correction is none.</param>
    internal WaitOutlook(EventJournal journal, QueuePlan plan, Func<Committed> durable, IClockTrust clock, TimeProvider time, MemoryFile file)
    {
        (this.durable, this.clock, this.time, this.file) = (durable, clock, time, file);
        reader = new JournalReader(journal);
        lessons = new Lessons(plan, file.Load());
        // What was learned before the day began is in the memory; the day itself is read again, since its tickets are still open.
        var before = Math.Max(0, durable().State.DayBeginsAt);
        learnedUpTo = reader.HashAt(journal.Epoch, before) is { } hash ? new JournalMark(journal.Epoch, before, hash) : journal.Committed;
    }

    public string Name => "outlook";

    public WakeSignal Wake { get; } = new();

    /// <summary>Looks ahead, unless somebody just did. Takes some milliseconds; any thread.</summary>
    /// <param name="since">Sequence number of an event that the look must know; zero for any.</param>
    /// <returns>Null for a ticket that does not wait, stands further back than anyone can tell, or waits for a slot of its own.</returns>
    public WaitForecast? Of(TicketNumber number, long since = 0)
    {
        lock (gate)
        {
            if (lookedAt is not { } before || time.GetElapsedTime(before) >= Fresh || lookedUpTo < since)
            {
                var now = durable();
                Look(now.State.Queue);
                (lookedAt, lookedUpTo) = (time.GetTimestamp(), now.Mark.Seq);
            }

            return forecasts.GetValueOrDefault(number);
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        lock (gate)
        {
            ReadOn(durable().Mark.Seq);
        }

        return ValueTask.FromResult(Pace);
    }

    private void ReadOn(long upTo)
    {
        for (var i = 0; i < StretchesAtOnce && learnedUpTo.Seq < upTo && reader.ReadAfter(learnedUpTo, EventsAtOnce, BytesAtOnce) is { } stretch; i++)
        {
            foreach (var bytes in stretch.Events)
            {
                // A day that a clerk opened without knowing the time is a day all the same.
                if (EventCodec.Read(bytes.Span) is not { Data: { } data } read || WireMap.ToQueue(read.Header, data) is not { } happened
                    || (read.Header.Clock == ClockTrust.Unsynced && happened is not Queue.DayOpened))
                {
                    continue;
                }

                lessons.Learn(happened, read.Header.Time);
                if (happened is Queue.DayOpened)
                {
                    file.Save(lessons.Memory);
                }
            }

            learnedUpTo = stretch.End;
        }
    }

    private void Look(QueueState state)
    {
        if (clock.Now() == ClockTrust.Unsynced || state.WaitingCount == 0)
        {
            forecasts = [];
            return;
        }

        var now = time.GetUtcNow();
        var (scene, tickets) = SceneOf.At(state, now, lessons.LastActive, MostTickets);
        var waits = WaitForecaster.OfAll(scene, lessons.Memory, (ulong)(state.Date?.DayNumber ?? 0));
        var found = new Dictionary<TicketNumber, WaitForecast>(waits.Length);
        for (var i = 0; i < waits.Length; i++)
        {
            var number = tickets[i].Number;
            found[number] = waits[i];
            if (waits[i] is WaitRange range && !lessons.IsPromised(number))
            {
                lessons.Promise(number, now, range);
            }
        }

        forecasts = found;
    }
}
