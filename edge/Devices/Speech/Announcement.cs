using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech;

/// <summary>What goes first: calls before notices before guidance.</summary>
public enum SpeechKind
{
    /// <summary>A person is called; nothing goes before it but an earlier call.</summary>
    Call,

    /// <summary>Said once for a reason: a lost turn, a word of the clerk. Calls wait for its end when it is short; one that lasts longer than <see cref="AnnouncerOptions.LongestNotice"/> is cut short as guidance is.</summary>
    Notice,

    /// <summary>Fills quiet moments of a full room. A call cuts it short.</summary>
    Guidance,
}

/// <summary>Something to say.</summary>
/// <param name="Call">The call it belongs to, answered in receipts; null for other speech, which waits behind calls.</param>
/// <param name="Text">All of it as a person reads it, 1 to 1,000 characters, no control characters.</param>
/// <param name="NotAfter">Monotonic moment, in <see cref="TimeProvider.GetTimestamp"/> units, after which beginning it would mislead; parts of a text that has begun have <see cref="AnnouncerOptions.GoOnWithin"/>.</param>
/// <exception cref="ArgumentException">The text is empty, too long or holds a control character.</exception>
public sealed record Announcement(CallId? Call, string Text, long NotAfter)
{
    public const int MaxTextLength = 1000;

    public SpeechKind Kind { get; init; } = Call is null ? SpeechKind.Notice : SpeechKind.Call;

    /// <summary>Names speech that is no call, for its receipt and for taking it back; parts of one text share it. Null when nobody asks for it.</summary>
    public string? Id { get; init; }

    /// <summary>Reads a recording to play instead of the words, which then only name it; asked when it is about to be played, so that none waits in memory. Throws <see cref="IOException"/>.
    /// Null: the words are spoken.</summary>
    public Func<CancellationToken, ValueTask<WavFile>>? Recording { get; init; }

    /// <summary>Asked when it is about to be said, from the announcer's thread; false: it would not be true any more. Returns at once. Null: it stays true.</summary>
    public Func<bool>? StillTrue { get; init; }

    public string Text { get; } = Text.Length is >= 1 and <= MaxTextLength && !Text.Any(char.IsControl) ? Text
        : throw new ArgumentException($"An announcement has 1 to {MaxTextLength} characters and no control characters.", nameof(Text));

    /// <summary>What is said and how it is put together; by default the text in Vietnamese, without a chime.</summary>
    public Script Script { get; init; } = Script.Of(Text, LanguageCode.Vietnamese);

    public static Announcement Of(CallId? call, Script script, long notAfter) => new(call, script.Text, notAfter) { Script = script };
}

/// <summary>An announcement that has become sound.</summary>
/// <param name="HasPilot">The sound begins with the <see cref="Proof.Pilot"/>, so that a microphone can tell whether it sounded.</param>
public sealed record Utterance(Announcement Announcement, WavFile Sound, bool HasPilot = false);

/// <summary>Turns announcements into sound.</summary>
public interface IVoice
{
    /// <exception cref="IOException">Nothing of it could become sound; boards show it all the same.</exception>
    ValueTask<WavFile> RenderAsync(Announcement announcement, CancellationToken stop);
}

/// <summary>Turns text into sound. An engine that hangs is stopped at its deadline.</summary>
public interface ISpeechEngine
{
    bool Speaks(LanguageCode language);

    /// <param name="text">As for <see cref="Announcement.Text"/>.</param>
    /// <exception cref="IOException">The engine is missing, died, was too slow or answered rubbish.</exception>
    ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop);

    /// <summary>The same for words that somebody typed, which may hold a name: they are kept nowhere.</summary>
    /// <inheritdoc cref="SynthesizeAsync"/>
    ValueTask<WavFile> SynthesizeOnceAsync(string text, LanguageCode language, CancellationToken stop) => SynthesizeAsync(text, language, stop);
}

/// <summary>What a speaker played of a sound.</summary>
/// <param name="Sounded">By the frames that the device took and let out; for a sound that was played whole, its length.</param>
/// <param name="Underruns">How often the buffer ran empty meanwhile: gaps that people heard.</param>
public readonly record struct Playback(TimeSpan Sounded, int Underruns = 0);

/// <summary>A speaker that cannot play, with the fault that tells people what to do.</summary>
public class SpeakerException(FaultCode fault, string message, Exception? inner = null) : IOException(message, inner)
{
    public FaultCode Fault { get; } = fault;
}

/// <summary>A sound that broke off: a card that went away, a device that failed.</summary>
public sealed class PlaybackException(FaultCode fault, string message, Playback played) : SpeakerException(fault, message)
{
    /// <summary>What had sounded until then.</summary>
    public Playback Played { get; } = played;
}

/// <summary>Where sound comes out.</summary>
public interface ISpeaker
{
    DeviceId Id { get; }

    /// <summary>Plays the sound to its end; when it returns, people have heard the whole of it.</summary>
    /// <exception cref="IOException">No device, or it failed past recovery (<see cref="PlaybackException"/> when a part had sounded).</exception>
    ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop);

    /// <summary>Looks whether the device could play now, without a sound; for one that failed, so that its return is seen before the next call.</summary>
    /// <exception cref="IOException">It could not.</exception>
    void Check()
    {
    }
}
