using System.Collections.Immutable;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Announcing;

/// <summary>A text of the centre's own that is to be spoken.</summary>
/// <param name="Text">Null when it is a file of guidance.</param>
/// <param name="Guidance">Name of the file; null for words.</param>
/// <param name="At">Null: at once.</param>
/// <param name="State"><c>scheduled</c>, <c>waiting</c>, and at last <c>done</c>, <c>failed</c>, <c>expired</c>, <c>muted</c> or <c>cancelled</c>.</param>
public sealed record CentreText(string Id, string? Text, string? Guidance, DateTimeOffset? At, string State);

/// <summary>What became of a wish to have something said.</summary>
public abstract record TextOutcome
{
    public sealed record Accepted(CentreText Text) : TextOutcome;

    /// <param name="Code">For programs.</param>
    /// <param name="Reason">For people, Vietnamese.</param>
    public sealed record Refused(string Code, string Reason) : TextOutcome;
}

/// <summary>Texts of clerks and of the province: said at once, or at an hour; one that waits can be taken back. The one door for whoever wants the hall told something.</summary>
/// <remarks>
/// Scheduled texts are kept in a small file beside the journal and survive a restart; not in the journal, whose events leave the box and must never
/// hold a name that somebody typed. Any thread asks; one loop steps.
/// </remarks>
public sealed class CentreTexts : ISteppedLoop
{
    /// <summary>Scheduled and waiting together; more are refused.</summary>
    public const int MostOpen = 16;

    /// <summary>How many that are over are still told about.</summary>
    private const int MostOver = 16;

    private static readonly TimeSpan Farthest = TimeSpan.FromDays(7);
    private static readonly TimeSpan LateBy = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UsefulFor = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly VoiceDesk desk;
    private readonly IGuidanceShelf? shelf;
    private readonly TextFile file;
    private readonly TimeProvider time;
    private readonly IClockTrust clock;
    private readonly string run;
    private readonly Action<string?> bad;
    private ImmutableArray<CentreText> texts;
    private int count;

    /// <param name="run">Differs from start to start, so that no two texts of a centre have one name in the province's log.</param>
    /// <param name="bad">Told of a recording that cannot be played, and null when one could.</param>
    internal CentreTexts(VoiceDesk desk, IGuidanceShelf? shelf, TextFile file, TimeProvider time, IClockTrust clock, string run, Action<string?> bad)
    {
        (this.desk, this.shelf, this.file, this.time, this.clock, this.run, this.bad) = (desk, shelf, file, time, clock, run, bad);
        texts = file.Load();
        desk.Ended += (text, result) => Over(text.Id, result);
    }

    public string Name => "texts";

    public WakeSignal Wake { get; } = new();

    /// <summary>Open ones and those over lately, oldest first; a snapshot.</summary>
    public ImmutableArray<CentreText> All
    {
        get
        {
            lock (gate)
            {
                return texts;
            }
        }
    }

    /// <summary>Has words spoken, or a file of guidance: exactly one of both is given.</summary>
    /// <param name="at">Null: at once.</param>
    /// <param name="id">Name of the text, at most 40 characters, when somebody asks for it by a name of his own; one that is there already is not taken twice.</param>
    public TextOutcome Add(string? words, string? guidance, DateTimeOffset? at, string? id = null)
    {
        if (Check(words, guidance, at) is { } refused)
        {
            return refused;
        }

        lock (gate)
        {
            if (id is not null && texts.FirstOrDefault(text => text.Id == id) is { } same)
            {
                return new TextOutcome.Accepted(same);
            }

            if (texts.Count(IsOpen) >= MostOpen)
            {
                return new TextOutcome.Refused("too-many", $"Đã có {MostOpen} thông báo đang chờ. Hãy hủy bớt hoặc chờ đọc xong.");
            }

            var text = new CentreText(id ?? $"thong-bao-{run}-{++count}", words?.Trim(), guidance, at, "scheduled");
            var before = texts;
            texts = texts.Add(text);
            if (at is null)
            {
                if (Hand(text) is { } problem)
                {
                    texts = before;
                    return problem;
                }

                return new TextOutcome.Accepted(texts.First(t => t.Id == text.Id));
            }

            try
            {
                file.Save([.. texts.Where(IsScheduled)]);
            }
            catch (IOException)
            {
                texts = before;
                return new TextOutcome.Refused("not-durable", "Không ghi được vào thẻ nhớ, nên thông báo hẹn giờ chưa được nhận. Vui lòng thử lại.");
            }

            Wake.Set();
            return new TextOutcome.Accepted(text);
        }
    }

    /// <summary>Takes a text back; one that sounds is cut short.</summary>
    /// <returns>Null: there is no such text.</returns>
    public TextOutcome? Cancel(string id)
    {
        CentreText? found;
        lock (gate)
        {
            found = texts.FirstOrDefault(text => text.Id == id);
            if (found is null)
            {
                return null;
            }

            if (IsScheduled(found))
            {
                Set(found, VoiceDesk.Cancelled);
                SaveScheduled();
                return new TextOutcome.Accepted(found with { State = VoiceDesk.Cancelled });
            }
        }

        // Not under the gate: the answers of its pieces come back through it.
        return IsOpen(found) && desk.Withdraw(id)
            ? new TextOutcome.Accepted(found with { State = VoiceDesk.Cancelled })
            : new TextOutcome.Refused("already-over", "Thông báo đã đọc xong hoặc đã kết thúc.");
    }

    /// <summary>Hands over what is due. While the clock is not trusted nothing is.</summary>
    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        lock (gate)
        {
            if (!texts.Any(IsScheduled))
            {
                return ValueTask.FromResult(Timeout.InfiniteTimeSpan);
            }

            var now = time.GetUtcNow();
            var due = clock.Now() == ClockTrust.Unsynced ? [] : texts.Where(text => IsScheduled(text) && text.At <= now).ToList();
            try
            {
                due.ForEach(text => HandOver(text, now));
            }
            finally
            {
                // Whatever happens to one of them: what was handed over must not stand in the file and be said again after a restart.
                if (due.Count > 0)
                {
                    SaveScheduled();
                }
            }
        }

        return ValueTask.FromResult(Pace);
    }

    // Under the gate.
    private void HandOver(CentreText text, DateTimeOffset now)
    {
        // The box was off at that hour; the hall is another one by now.
        var result = now - text.At > LateBy ? "expired" : Hand(text) is null ? null : "failed";
        if (result is not null)
        {
            Set(text, result);
            desk.Record(text.Id, text.Guidance, result);
        }
    }

    /// <returns>Null when a text could be taken as far as it is up to the text.</returns>
    public TextOutcome.Refused? Check(string? words, string? guidance, DateTimeOffset? at)
    {
        if (words is null == guidance is null)
        {
            return new("bad-text", "Cần đúng một trong hai: text (lời đọc) hoặc guidance (tên tệp hướng dẫn).");
        }

        if (words is not null && (words.Trim().Length is 0 or > Announcement.MaxTextLength || words.Any(char.IsControl) || !words.Any(char.IsLetterOrDigit)))
        {
            return new("bad-text", $"Lời đọc có 1–{Announcement.MaxTextLength} ký tự trên một dòng, có chữ và không có ký tự điều khiển; nhận được {words.Length} ký tự.");
        }

        if (words is not null && Sentences.Of(words).Count > VoiceDesk.MostPieces)
        {
            return new("bad-text", "Lời đọc có quá nhiều chữ số nên đọc thành tiếng quá lâu; hãy viết ngắn lại.");
        }

        if (guidance is not null && (shelf is null || !shelf.Names().Contains(guidance, StringComparer.Ordinal)))
        {
            return new("unknown-guidance", "Không có tệp hướng dẫn này trong thư mục guidance.");
        }

        if (at is { } when)
        {
            if (clock.Now() == ClockTrust.Unsynced)
            {
                return new("clock-untrusted", "Đồng hồ của máy chưa đúng giờ nên chưa hẹn giờ được; có thể đọc ngay.");
            }

            var now = time.GetUtcNow();
            if (when < now - TimeSpan.FromMinutes(1) || when > now + Farthest)
            {
                return new("bad-time", "Giờ hẹn phải từ bây giờ đến 7 ngày tới.");
            }
        }

        return null;
    }

    // Under the gate. Null: taken. What was refused stays in the list; whoever asked says what becomes of it.
    private TextOutcome.Refused? Hand(CentreText text)
    {
        var notAfter = time.After(UsefulFor);
        string? problem = null;
        var spoken = text.Text is { } words ? SpokenText.OfWords(text.Id, SpeechKind.Notice, null, words, notAfter)
            : shelf?.Load(text.Guidance!, out problem) is { } clip ? SpokenText.OfClip(text.Id, SpeechKind.Notice, clip.ToldTo(bad, otherwise: null), notAfter)
            : null;
        Set(text, "waiting"); // Before it is handed over: its answer may come at once.
        if (spoken is not null && desk.TrySay(spoken))
        {
            return null;
        }

        return spoken is null
            ? new("bad-guidance", $"Không đọc được tệp {text.Guidance}: {problem}.")
            : new("too-many", "Loa đang có quá nhiều việc. Vui lòng thử lại sau ít phút.");
    }

    private void Over(string id, string result)
    {
        lock (gate)
        {
            if (texts.FirstOrDefault(text => text.Id == id) is { } text)
            {
                Set(text, result);
            }
        }
    }

    private void Set(CentreText text, string state)
    {
        var index = texts.IndexOf(texts.First(t => t.Id == text.Id));
        texts = texts.SetItem(index, text with { State = state });
        while (texts.Count(t => !IsOpen(t)) > MostOver)
        {
            texts = texts.Remove(texts.First(t => !IsOpen(t)));
        }
    }

    private void SaveScheduled()
    {
        try
        {
            file.Save([.. texts.Where(IsScheduled)]);
        }
        catch (IOException)
        {
            // What is over stands in the file still; after a restart it is too late by then, or said twice at worst.
        }
    }

    private static bool IsScheduled(CentreText text) => text.State == "scheduled";

    private static bool IsOpen(CentreText text) => text.State is "scheduled" or "waiting";
}
