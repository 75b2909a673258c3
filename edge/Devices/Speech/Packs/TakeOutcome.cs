namespace MotCua.Edge.Devices.Speech.Packs;

/// <summary>Why a take was not kept.</summary>
public enum TakeProblem
{
    /// <summary>The language has no such clip.</summary>
    UnknownClip,

    /// <summary>Neither WAV nor FLAC, or broken.</summary>
    NotASound,

    /// <summary>Nobody speaks in it.</summary>
    Silent,

    /// <summary>So quiet that the room would be heard with it once it is levelled.</summary>
    TooQuiet,

    /// <summary>So loud that its waves are cut off.</summary>
    Clipped,

    /// <summary>A click, no word.</summary>
    TooShort,

    /// <summary>More than a phrase, or a microphone that nobody stopped.</summary>
    TooLong,

    /// <summary>A larger file than any take.</summary>
    TooLarge,
}

/// <summary>What became of a take.</summary>
public abstract record TakeOutcome
{
    /// <param name="Sound">As it was written: trimmed and levelled.</param>
    public sealed record Kept(WavFile Sound) : TakeOutcome;

    /// <param name="Detail">For the log of a program; null where the problem says all.</param>
    public sealed record Refused(TakeProblem Problem, string? Detail = null) : TakeOutcome;
}
