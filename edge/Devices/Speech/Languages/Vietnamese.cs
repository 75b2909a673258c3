using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Languages;

/// <summary>Vietnamese, northern or southern.</summary>
public static class Vietnamese
{
    /// <summary>The letters that a series usually has.</summary>
    internal const string Alphabet = "ABCDĐEGHKLMNPQSTVX";

    /// <summary>Misheard or foreign, so that few centres have them; a voice is whole without them.</summary>
    internal const string RareLetters = "FIJOUWYZ";

    internal static Phrases Phrases { get; } = new(
        Call: "Mời công dân có số thứ tự",
        CallAgain: "Xin nhắc lại, mời công dân có số thứ tự",
        ToCounter: "đến quầy số",
        Citizen: "Công dân có số thứ tự",
        Missed: "đã lỡ lượt, vui lòng đến bàn hướng dẫn",
        NoPaper: "Máy hết giấy. Số của quý vị là",
        NoPrint: "Máy chưa in được phiếu. Số của quý vị là",
        Remember: "Vui lòng ghi nhớ");

    public static SpokenLanguage Language { get; } = new(
        LanguageCode.Vietnamese, "Tiếng Việt", Phrases, VietnameseNumbers.Tokens, VietnameseNumbers.Digits, VietnameseNumbers.Numerals, Alphabet) { RareLetters = RareLetters };
}
