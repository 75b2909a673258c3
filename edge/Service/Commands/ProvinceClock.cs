using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Commands;

/// <summary>Between which two moments it is now in the province.</summary>
public readonly record struct ProvinceTime(DateTimeOffset Earliest, DateTimeOffset Latest);

/// <summary>What time it is in the province, to tell whether a command has expired.</summary>
/// <remarks>
/// A box whose clock is trusted looks at it. Any other (no battery, no NTP) would either obey what is long over or be deaf for ever; so it takes the time from
/// the province's own word:
/// <code>
///   event written here ──── acknowledged and signed there (iat) ──── received ──── now
///   └──────────── by our monotonic clock ────────────────────────────────────────┘      iat + (now − received) ≤ now ≤ iat + (now − written)
/// </code>
/// The acknowledgement names the chain's hash after that event, which nobody could know before it was written in this boot. So an old acknowledgement that somebody
/// sends again proves nothing, and one that is held back only leaves it open how late it is. Both ways nothing expired is obeyed, and as soon as
/// the line works, which every command needs too, the next events bring the time. Any thread.
/// </remarks>
public sealed class ProvinceClock(TimeProvider time, IClockTrust clock)
{
    // Signing times are cut to whole seconds.
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(1);

    // A monotonic clock drifts by some 50 ppm, a fifth of a second an hour; after that a looser word replaces a tighter one.
    private const long GoodForMs = 3_600_000;

    private readonly Lock gate = new();
    private (long Seq, long Mono)? witness;
    private (DateTimeOffset AtZero, long Mono)? latest;
    private DateTimeOffset? earliestAtZero;

    /// <summary>Whether this box's own clock is believed.</summary>
    public bool IsOwn => clock.Now() != ClockTrust.Unsynced;

    /// <summary>True while an event is wanted whose acknowledgement will tell the time.</summary>
    public bool WantsWitness
    {
        get
        {
            lock (gate)
            {
                return witness is null && !IsOwn;
            }
        }
    }

    /// <returns>Null while nobody knows how late it is; then nothing can be obeyed yet.</returns>
    public ProvinceTime? Now()
    {
        if (IsOwn)
        {
            return new ProvinceTime(time.GetUtcNow(), time.GetUtcNow());
        }

        lock (gate)
        {
            var passed = Monotonic();
            return latest is { } bound ? new ProvinceTime((earliestAtZero ?? DateTimeOffset.UnixEpoch).AddMilliseconds(passed), bound.AtZero.AddMilliseconds(passed)) : null;
        }
    }

    /// <summary>An event of this boot is durable.</summary>
    /// <param name="mono">As its header says it.</param>
    public void Written(long seq, long mono)
    {
        lock (gate)
        {
            witness ??= (seq, mono);
        }
    }

    /// <summary>The province has signed that it holds the journal that is being written, bit for bit.</summary>
    public void Acknowledged(long upTo, DateTimeOffset signedAt)
    {
        lock (gate)
        {
            if (signedAt == default)
            {
                return;
            }

            var now = Monotonic();
            var signedAtZero = signedAt - TimeSpan.FromMilliseconds(now);
            earliestAtZero = earliestAtZero is { } known && known > signedAtZero ? known : signedAtZero;
            if (witness is not { } seen || upTo < seen.Seq)
            {
                return;
            }

            witness = null;
            var atZero = signedAt + Cut - TimeSpan.FromMilliseconds(seen.Mono);
            if (latest is not { } before || atZero < before.AtZero || now - before.Mono > GoodForMs)
            {
                latest = (atZero, now);
            }
        }
    }

    // As in the headers of events.
    private long Monotonic() => (long)(time.GetTimestamp() / (double)time.TimestampFrequency * 1000);
}
