using MotCua.Edge.Devices.Speech.Languages;

namespace MotCua.Edge.Configuration;

/// <summary>A button as people call it.</summary>
internal static class PressLabel
{
    /// <summary>What a button is there for: its press; of one that is only held, what that does.</summary>
    public static PressSpec MainOf(ButtonOptions button) => button.Press.Action == PressAction.None ? button.Hold : button.Press;

    public static string Of(CentreOptions options, PressSpec press) => press.Action switch
    {
        PressAction.Ticket => options.Services.First(s => s.Code == press.Service).Name + (press.Priority is null ? "" : " (ưu tiên)")
            + (Called(press) is { } called ? $" ({called})" : ""),
        PressAction.Next => $"Quầy {press.Counter}: Gọi tiếp",
        PressAction.Recall => $"Quầy {press.Counter}: Gọi lại",
        PressAction.Done => $"Quầy {press.Counter}: Xong",
        PressAction.Serve => $"Quầy {press.Counter}: Đang phục vụ",
        PressAction.Missed => $"Quầy {press.Counter}: Lỡ lượt",
        PressAction.Free => $"Quầy {press.Counter}: Xong, mời người tiếp theo",
        PressAction.Help => "Cần người hỗ trợ",
        PressAction.SelfTest => "Tự kiểm tra thiết bị",
        _ => "Mở ngày làm việc",
    };
    /// <summary>What holding a button does; of the same service only what is different.</summary>
    public static string OfHold(CentreOptions options, ButtonOptions button) =>
        button.Hold.Action == PressAction.Ticket && button.Hold.Service == button.Press.Service && button.Hold.Priority == button.Press.Priority && Called(button.Hold) is { } called
            ? called
            : Of(options, button.Hold);

    private static string? Called(PressSpec press) =>
        press.Language is { } language && SpokenLanguages.Find(language) is { } spoken ? $"gọi cả bằng {char.ToLowerInvariant(spoken.Name[0])}{spoken.Name[1..]}" : null;
}
