using System.Collections.Immutable;

namespace MotCua.Edge.Configuration;

/// <summary>Hours with a loudness of their own.</summary>
/// <param name="To">Not included; at or before <paramref name="From"/> it is of the next day.</param>
/// <param name="Volume">0 (mute) to 100 per cent.</param>
public readonly record struct VolumeSpan(TimeOnly From, TimeOnly To, int Volume)
{
    public bool Covers(TimeOnly at) => From < To ? at >= From && at < To : at >= From || at < To;
}

/// <summary>When guidance fills the waiting.</summary>
/// <param name="Waiting">It is played when at least so many wait, 1 to 1,000 …</param>
/// <param name="For">… for at least so long …</param>
/// <param name="Every">… and never more often than this.</param>
/// <param name="AfterCall">And not for so long after a call, within which its repeat comes.</param>
public sealed record GuidanceOptions(int Waiting, TimeSpan For, TimeSpan Every, TimeSpan AfterCall);

/// <summary>The loudspeakers of a centre.</summary>
public sealed record SpeechOptions
{
    public static SpeechOptions Default { get; } = new();

    /// <summary>Outside of <see cref="Hours"/>, 1 to 100 per cent. Default 100.</summary>
    public int Volume { get; init; } = 100;

    /// <summary>Quiet and mute hours; where two cover a moment the earlier in the list holds, mute ones stand first.</summary>
    public ImmutableArray<VolumeSpan> Hours { get; init; } = [];

    /// <summary>ALSA's name of the playback device. Default <c>default</c>.</summary>
    public string Speaker { get; init; } = "default";

    /// <summary>ALSA's name of the microphone that listens whether calls sound; null: nobody listens.</summary>
    public string? Microphone { get; init; }

    /// <summary>Null: no guidance by itself.</summary>
    public GuidanceOptions? Guidance { get; init; }
}
