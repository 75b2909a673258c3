using System.Collections.Immutable;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>How a centre speaks to its hall.</summary>
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

    /// <summary>espeak-ng's voice of the region.</summary>
    public EspeakVoice Espeak => new(Style.Dialect == NumberDialect.Southern ? "vi-vn-x-south" : "vi");
}
