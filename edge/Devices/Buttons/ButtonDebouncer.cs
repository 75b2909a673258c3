using MotCua.Edge.Devices.Buses;

namespace MotCua.Edge.Devices.Buttons;

/// <summary>Finds presses in the edges of one line. Pure: moments are arguments, all in the same monotonic unit as the edges.</summary>
/// <remarks>
/// <code>
///          press bounce         held               release bounce
/// line   ▁▁▁▌▁▌▌▁▌▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▌▁▌▌▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
///                 └─ debounce ─┤ press, dated here ↲ (the last edge before the level stayed)
/// </code>
/// A level counts only once it has been still for the debounce time, down as well as up; so a spike is no press and a release bounce no second one.
/// Only an unbroken row of edges, or the level read from the port, proves stillness: a hole in the sequence proves nothing.
/// </remarks>
public sealed class ButtonDebouncer
{
    private readonly long debounce;
    private long since;
    private bool level;
    private bool settled = true;
    private bool anyEdge;
    private uint lastSequence;
    private long? doubtedSince;

    /// <param name="requestedAt">When the line was requested. Edges stamped earlier count from here, so a level must outlast the debounce time after it.</param>
    /// <param name="activeAtRequest">A line that is active from the start is held or stuck, and no press until it was released.</param>
    /// <param name="debounce">How long a level must be still.</param>
    public ButtonDebouncer(long requestedAt, bool activeAtRequest, long debounce)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(debounce);
        this.debounce = debounce;
        since = requestedAt;
        level = activeAtRequest;
        IsDown = activeAtRequest;
        DownSince = requestedAt;
    }

    /// <summary>The button, as far as still levels tell.</summary>
    public bool IsDown { get; private set; }

    /// <summary>When <see cref="IsDown"/> began; without meaning while it is up.</summary>
    public long DownSince { get; private set; }

    /// <summary>When <see cref="Check"/> is needed next; null when nothing is open.</summary>
    public long? CheckDue => doubtedSince is { } doubted ? doubted + debounce : settled ? null : since + debounce;

    /// <summary>Takes the next edge, in the order of the line.</summary>
    /// <returns>The moment of the press that this edge proves to have happened before it; null for none.</returns>
    public long? Take(LineEdge edge)
    {
        if (!anyEdge && edge.LineSequence == 1)
        {
            // Before the first edge the line was at the other level, even if the level read at the request was already the new one.
            level = !edge.Active;
            IsDown = level;
        }

        var at = Math.Max(edge.Timestamp, since);
        var unbroken = edge.LineSequence == unchecked(lastSequence + 1) && edge.Active != level;
        var press = unbroken ? Conclude(at) : null;
        anyEdge = true;
        lastSequence = edge.LineSequence;
        level = edge.Active;
        since = at;
        settled = false;
        doubtedSince = null;
        return press;
    }

    /// <summary>Edges after the last one may have been lost, and the hole in the sequence would show only with the next. Stillness starts again now.</summary>
    public void Distrust(long now)
    {
        since = Math.Max(since, now);
        settled = false;
        doubtedSince = null;
    }

    /// <summary>Compares with the level read from the port, after every queued edge was taken.</summary>
    /// <returns>The moment of a press that is now proven; null for none.</returns>
    public long? Check(long now, bool active)
    {
        if (active != level)
        {
            // The edge may be on its way into the queue. If it still is not there a debounce time later, it was lost.
            doubtedSince ??= now;
            if (now - doubtedSince.Value < debounce)
            {
                return null;
            }

            level = active;
            since = doubtedSince.Value;
        }

        doubtedSince = null;
        settled = now - since >= debounce;
        return Conclude(now);
    }

    private long? Conclude(long until)
    {
        if (level == IsDown || until - since < debounce)
        {
            return null;
        }

        IsDown = level;
        DownSince = since;
        return IsDown ? since : null;
    }
}
