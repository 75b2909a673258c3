using System.Collections.Immutable;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Languages;

/// <summary>Every language that the hall can be spoken to in.</summary>
public static class SpokenLanguages
{
    public static ImmutableArray<SpokenLanguage> All { get; } = [Vietnamese.Language, English.Language, Muong.Language];

    /// <summary>For people: "vi (Tiếng Việt), en (Tiếng Anh), …".</summary>
    public static string Codes => string.Join(", ", All.Select(language => $"{language.Code} ({language.Name})"));

    /// <returns>Null for what is no language of these.</returns>
    public static LanguageCode? Parse(string code) => LanguageCode.IsValid(code) ? Find(new LanguageCode(code))?.Code : null;

    /// <returns>Null for a language that nobody has written yet.</returns>
    public static SpokenLanguage? Find(LanguageCode code) => All.FirstOrDefault(language => language.Code == code);
}
