using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Queue;

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

/// <summary>How a centre speaks to its hall, and over which devices.</summary>
/// <param name="Languages">Said at every call, in this order; Vietnamese is the first.</param>
/// <param name="Voices">Names of voice packs, folders under <paramref name="VoicesFolder"/>; empty for synthesis alone.</param>
/// <param name="VoicesFolder">Relative to the configuration file.</param>
/// <param name="Command">A program that reads text and writes WAV, asked before espeak-ng; null without one. <c>{language}</c> in an argument stands for the language's code.</param>
/// <param name="CommandLanguages">What that program speaks.</param>
/// <param name="CacheMegabytes">Room on the card for sounds; 0 keeps none.</param>
public sealed record SpeechOptions(
    ImmutableArray<LanguageCode> Languages, ImmutableArray<string> Voices, string VoicesFolder, SpokenStyle Style, bool Chime, bool Repeat,
    ImmutableArray<string>? Command, ImmutableArray<LanguageCode> CommandLanguages, int CacheMegabytes)
{
    public static SpeechOptions Default { get; } = new([LanguageCode.Vietnamese], [], "voices", default, Chime: true, Repeat: false, null, [LanguageCode.Vietnamese], 64);

    /// <summary>Outside of <see cref="Hours"/>, 1 to 100 per cent. Default 100.</summary>
    public int Volume { get; init; } = 100;

    /// <summary>Quiet and mute hours; where two cover a moment the earlier in the list holds, mute ones stand first.</summary>
    public ImmutableArray<VolumeSpan> Hours { get; init; } = [];

    /// <summary>ALSA's name of the playback device. Default <c>default</c>.</summary>
    public string Speaker { get; init; } = "default";

    /// <summary>ALSA's name of the microphone that listens whether calls sound; null: nobody listens.</summary>
    public string? Microphone { get; init; }

    /// <summary>The camera whose sound track listens whether calls sound; null when none does.</summary>
    public DeviceId? MicrophoneCamera { get; init; }

    /// <summary>Somebody listens whether calls sound.</summary>
    public bool HasMicrophone => Microphone is not null || MicrophoneCamera is not null;

    /// <summary>Null: no guidance by itself.</summary>
    public GuidanceOptions? Guidance { get; init; }

    /// <summary>A southern voice speaks, whichever words it says.</summary>
    public bool IsSouthern { get; init; }

    /// <summary>espeak-ng's voice of the region.</summary>
    public EspeakVoice Espeak => new(IsSouthern ? "vi-vn-x-south" : "vi");
}
