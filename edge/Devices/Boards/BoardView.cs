using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Boards;

/// <summary>What a board should say, not how. Made from the committed state only; the newest view replaces an older one that was not shown yet.</summary>
/// <param name="Version">Grows with every view; the journal's sequence number of the newest event in it.</param>
/// <param name="Calls">The running calls, newest first.</param>
/// <param name="Waiting">Tickets waiting in the whole centre.</param>
/// <param name="Notice">A line in place of the calls, such as "TẠM NGỪNG PHỤC VỤ"; null in normal service.</param>
public sealed record BoardView(long Version, ImmutableArray<BoardCall> Calls, int Waiting, string? Notice = null)
{
    /// <summary>A number that was just given without paper, for its citizen to read; null in normal service. It takes no call's place.</summary>
    public string? Told { get; init; }

    /// <summary>The call that is being spoken now; it stands first. Later calls that a board has no room for meanwhile are shown afterwards. Null: none is.</summary>
    public CallId? Spoken { get; init; }

    /// <summary>A call that people should look at once more; null: none.</summary>
    public CallFlash? Flash { get; init; }

    /// <summary>Calls that stand while a picture has their place for a moment: not shown, and not over.</summary>
    public ImmutableArray<BoardCall> Covered { get; init; } = [];

    public static BoardView Empty { get; } = new(0, [], 0);

    /// <summary>What a sign over one counter should say: only that counter's calls. A number that was just given would read as called there.</summary>
    public BoardView ForCounter(int counter) => this with { Calls = [.. Calls.Where(call => call.Counter == counter)], Told = null };
}

/// <summary>A wish to make people look up at a call again.</summary>
/// <param name="Round">Differs from the last wish's; the same wish in a later view is not a new one.</param>
public readonly record struct CallFlash(CallId Call, int Round);

/// <summary>A ticket called to a counter.</summary>
/// <param name="CallId">Identity of this very call (a recall is another one); answered in delivery receipts.</param>
/// <param name="Ticket">As printed on the ticket, such as "A105".</param>
/// <param name="Counter">1 to 99.</param>
public sealed record BoardCall(CallId CallId, string Ticket, int Counter);

/// <summary>Journal sequence number of the event that made the call.</summary>
public readonly record struct CallId(long Seq);

/// <summary>A board that people read: sign, LCD, matrix. A driver throws <see cref="IOException"/> when the device does not answer; the pump around it isolates, retries and reports.</summary>
public interface IBoard
{
    Health.DeviceId Id { get; }

    /// <summary>How many of the newest calls the board has room for, 1 or more. Older ones in a view were not shown.</summary>
    int CallRoom => int.MaxValue;

    /// <summary>After a <see cref="Show"/>: how soon the board wants the same view again, because what it makes of it changes with time (a new call blinks). Null: not before the scrub.</summary>
    TimeSpan? Again => null;

    /// <summary>Shows the view, writing only what changed. After a failure, or when <paramref name="fromScratch"/>, the chip is initialised and everything written.</summary>
    /// <param name="fromScratch">Trust nothing that the chip was told before. A board that works must neither go dark nor empty meanwhile: this is also the periodic scrub.</param>
    /// <exception cref="IOException">The device did not answer; what it shows now is unknown.</exception>
    void Show(BoardView view, bool fromScratch);
}

/// <summary>How an output answered for a call.</summary>
public enum Delivery
{
    Done,
    Failed,

    /// <summary>Too late to be of use; dropped and told.</summary>
    Expired,

    /// <summary>Not said because these are hours of silence; nothing failed.</summary>
    Muted,
}

/// <summary>Where outputs answer for each call. Called from any thread; returns at once and never throws.</summary>
public interface IDeliveryReceipts
{
    void Delivered(CallId call, Health.DeviceId output, Delivery delivery);
}
