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
/// A level that was read is a guess about edges that have not come yet. When the next edge of the row comes after all, late because the processor was
/// busy, the guess is taken back and the kernel's stamps decide; what was told meanwhile is not told again.
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

    // What the edges alone proved, while a guess stands in its place.
    private (bool Level, long Since, bool IsDown)? proven;
    private long guessedUpTo;
    private int toldOnGuess;

    /// <param name="requestedAt">Just before the line was requested. Edges stamped earlier count from here, so a level must outlast the debounce time after it.</param>
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

    /// <summary>When the last press began that has ended; without meaning before the first.</summary>
    public long WasDownSince { get; private set; }

    /// <summary>Down, and not on its way up.</summary>
    public bool IsHeld => IsDown && level && doubtedSince is null;

    /// <summary>How often in a row the level was found changed without an edge that said so.</summary>
    public int EdgesMissed { get; private set; }

    /// <summary>When <see cref="Check"/> is needed next; null when nothing is open.</summary>
    public long? CheckDue => doubtedSince is { } doubted ? doubted + debounce : settled ? null : since + debounce;

    /// <summary>Takes the next edge, in the order of the line.</summary>
    /// <returns>The change that this edge proves to have happened before it; null for none.</returns>
    public ButtonChange? Take(LineEdge edge)
    {
        Recollect(edge);
        if (!anyEdge && edge.LineSequence == 1)
        {
            // Before the first edge the line was at the other level, even if the level read at the request was already the new one.
            level = !edge.Active;
            IsDown = level;
        }

        var at = Math.Max(edge.Timestamp, since);
        var unbroken = edge.LineSequence == unchecked(lastSequence + 1) && edge.Active != level;
        var change = unbroken ? Conclude(at) : null;
        anyEdge = true;
        lastSequence = edge.LineSequence;
        level = edge.Active;
        since = at;
        settled = false;
        doubtedSince = null;
        return change;
    }

    /// <summary>Edges after the last one may have been lost, and the hole in the sequence would show only with the next. Stillness starts again now.</summary>
    public void Distrust(long now)
    {
        Guess(now);
        since = Math.Max(since, now);
        settled = false;
        doubtedSince = null;
    }

    /// <summary>Compares with the level read from the port, after every queued edge was taken.</summary>
    /// <returns>The change that now counts; null for none.</returns>
    public ButtonChange? Check(long now, bool active)
    {
        if (active != level)
        {
            // The edge may be on its way into the queue. If it still is not there a debounce time later, it was lost.
            doubtedSince ??= now;
            if (now - doubtedSince.Value < debounce)
            {
                return null;
            }

            Guess(now);
            EdgesMissed++;
            level = active;
            since = doubtedSince.Value;
        }

        doubtedSince = null;
        settled = now - since >= debounce;
        return Conclude(now);
    }

    private void Guess(long now)
    {
        proven ??= (level, since, IsDown);
        guessedUpTo = now;
    }

    // An edge that follows the last one and turns the proven level over shows that none was lost: it was only late.
    private void Recollect(LineEdge edge)
    {
        var next = edge.LineSequence == unchecked(lastSequence + 1);
        if (proven is { } before && next && edge.Active != before.Level)
        {
            (level, since, IsDown) = before;
            EdgesMissed = 0;
        }
        else if (proven is not null)
        {
            toldOnGuess = 0;
        }

        proven = null;
    }

    private ButtonChange? Conclude(long until)
    {
        if (level == IsDown || until - since < debounce)
        {
            return null;
        }

        IsDown = level;
        WasDownSince = DownSince;
        DownSince = since;
        if (!IsDown)
        {
            return new ButtonChange(Down: false, since);
        }

        if (proven is not null)
        {
            toldOnGuess++;
        }
        else if (toldOnGuess > 0 && since < guessedUpTo)
        {
            // Told when the level alone was known.
            toldOnGuess--;
            return null;
        }
        else
        {
            (toldOnGuess, EdgesMissed) = (0, 0);
        }

        return new ButtonChange(Down: true, since);
    }
}

/// <summary>A button that is down or up for good.</summary>
/// <param name="At">When the level began that has been still since.</param>
public readonly record struct ButtonChange(bool Down, long At);
