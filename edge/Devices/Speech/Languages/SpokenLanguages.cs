using System.Collections.Immutable;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Languages;

/// <summary>Every language that the hall can be spoken to in.</summary>
public static class SpokenLanguages
{
    public static ImmutableArray<SpokenLanguage> All { get; } = [Vietnamese.Language, English.Language, Muong.Language];

    /// <returns>Null for a language that nobody has written yet.</returns>
    public static SpokenLanguage? Find(LanguageCode code) => All.FirstOrDefault(language => language.Code == code);
}
