using System.Collections.Frozen;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;

namespace MotCua.Edge.Announcing;

/// <summary>What a ticket kiosk reads aloud to somebody who cannot read it. A closed list: nobody has the box say words of their own.</summary>
internal static class KioskTexts
{
    private static readonly FrozenDictionary<string, (string Vietnamese, string English)> Plain = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["home"] = (
            "Mời quý vị chạm vào việc cần làm để lấy số. Nếu thuộc diện ưu tiên, như người cao tuổi, người khuyết tật, phụ nữ mang thai, xin chạm vào ô ưu tiên trước. "
            + "Cần giúp, xin chạm vào ô cần người hỗ trợ ở cuối màn hình.",
            "Please touch what you have come for, and you get a number. If you have priority, for example as an elderly or disabled person, or when you are pregnant, touch the priority field first. "
            + "For help, touch the help field at the bottom of the screen."),
        ["priority"] = (
            "Quý vị thuộc diện nào dưới đây? Xin chạm vào một dòng. Lý do ưu tiên không được đọc to và không hiện cho người khác.",
            "Which of these applies to you? Please touch one line. The reason is never announced, nor shown to others."),
        ["code"] = (
            "Đưa mã trên giấy hẹn hoặc trên điện thoại vào máy quét, hoặc gõ mã rồi chạm vào ô nhận số.",
            "Hold the code of your appointment to the scanner, or type it and touch the field get a number."),
        ["again"] = ("Gõ số thứ tự trên phiếu của quý vị, rồi chạm vào ô in lại.", "Type the number of your ticket, then touch print again."),
        ["closed"] = (
            "Hiện máy chưa cấp số được. Lý do được viết trên màn hình; nếu cần, xin hỏi bàn hướng dẫn.",
            "Tickets cannot be given now. The reason is written on the screen; please ask at the help desk if you need anything."),
        ["help"] = ("Đã báo cho Đội hỗ trợ. Xin quý vị chờ tại đây, có người đang đến.", "The support team has been told. Please wait here, somebody is coming."),
        ["lookup"] = (
            "Gõ vài chữ trong tên thủ tục, không cần dấu. Chạm vào một thủ tục để xem giấy tờ cần có, phí và thời gian.",
            "Type some letters of a procedure's name, without accents if you like. Touch a procedure to see the papers it needs, its fee and how long it takes."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="name">Such as <c>home</c>; <c>ticket</c>, <c>no-paper</c> and <c>no-print</c> want a ticket.</param>
    /// <param name="ticket">A number as printed.</param>
    /// <returns>Null for what is not in the list.</returns>
    public static Script? Find(string name, SpokenLanguage language, string? ticket, SpokenStyle style)
    {
        var english = language == English.Language;
        return (name, ticket) switch
        {
            ("ticket", { } number) => new Script([new Sentence(language.Code, [
                new Token("", english ? "Your number is" : "Số thứ tự của quý vị là"), .. language.Ticket(number, style, Breath.FullStop),
                new Token("", english ? "Please wait until it is called" : "Vui lòng chờ gọi số", Breath.FullStop)])], Chime: false),
            ("no-paper", { } number) => new Script([language.NoPaper(number, style)], Chime: false),
            ("no-print", { } number) => new Script([language.NoPrint(number, style)], Chime: false),
            (_, null) when Plain.TryGetValue(name, out var text) => Script.Of(english ? text.English : text.Vietnamese, language.Code),
            _ => null,
        };
    }
}
