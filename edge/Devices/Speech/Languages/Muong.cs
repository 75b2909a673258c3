using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Languages;

/// <summary>Mường, which most people of the former Hòa Bình speak, in several dialects.</summary>
/// <remarks>
/// No synthesiser speaks it and no spelling of it is settled, so a commune records its own clips. Sentences and numbers are put together as in Vietnamese, its nearest
/// relative; where a dialect does not change a word after "mươi", the same word is recorded for both places.
/// </remarks>
public static class Muong
{
    public static SpokenLanguage Language { get; } = new(
        new LanguageCode("mtq"), "Tiếng Mường", Vietnamese.Phrases, VietnameseNumbers.Tokens, VietnameseNumbers.Digits, VietnameseNumbers.Numerals, Vietnamese.Alphabet)
    {
        IsOnlyRecorded = true,
        RareLetters = Vietnamese.RareLetters,
    };
}
