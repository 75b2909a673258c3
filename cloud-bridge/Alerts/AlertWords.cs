using System.Collections.Frozen;
using MotCua.Protocols;
using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <summary>An alert in words for people: Vietnamese, as an operator would say it on the telephone. Pure.</summary>
public static class AlertWords
{
    private const int NamedAtMost = 5;

    // By the first word of a fault's code: whom it hurts and how. Said of citizens first, since they cannot help themselves.
    private static readonly FrozenDictionary<string, string> Harms = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["button"] = "Người bấm nút lấy số có thể phải bấm lại hoặc nhờ hướng dẫn.",
        ["expander"] = "Nút bấm vẫn dùng được nhưng chậm hơn.",
        ["press"] = "Có người đã bấm nút mà không được nhận số.",
        ["printer"] = "Người lấy số không có phiếu giấy; số chỉ hiện trên bảng và được đọc qua loa.",
        ["speech"] = "Người nhìn kém và người ngồi xa bảng có thể không biết mình được gọi.",
        ["speaker"] = "Người nhìn kém và người ngồi xa bảng có thể không biết mình được gọi.",
        ["voice"] = "Lượt gọi vẫn được đọc, bằng giọng khác hoặc thiếu một thứ tiếng.",
        ["microphone"] = "Chưa ai bị ảnh hưởng; không kiểm tra được loa có kêu thật hay không.",
        ["tv"] = "Người ngồi chờ không thấy số trên TV; các bảng khác và loa vẫn gọi.",
        ["device"] = "Người chờ có thể không thấy số ở bảng này.",
        ["journal"] = "Mọi người đang chờ: máy có thể ngừng cấp số.",
        ["camera"] = "Công dân chưa bị ảnh hưởng; tỉnh không thấy hình ở chỗ này khi có sự cố.",
        ["neighbour"] = "Cán bộ quầy nộp và tra hồ sơ chậm hoặc không được, người đến làm thủ tục phải chờ lâu hơn.",
        ["uplink"] = "Trung tâm vẫn phục vụ; tỉnh không thấy số liệu mới.",
        ["centre"] = "Nếu mất điện, người đến trung tâm không lấy được số; nếu chỉ mất mạng, trung tâm vẫn phục vụ.",
        ["region"] = "Các trung tâm còn điện vẫn gọi số, nhưng cán bộ không nộp được hồ sơ trực tuyến.",
        ["province"] = "Các trung tâm vẫn phục vụ tại chỗ; tỉnh không thấy và không ra lệnh được.",
        ["bridge"] = "Công dân chưa bị ảnh hưởng; tỉnh không thấy và không ra lệnh được cho trung tâm nào.",
        ["host"] = "Chưa ai bị ảnh hưởng; để lâu máy có thể ngừng phục vụ.",
        ["room"] = "Người chờ trong phòng, nhất là người già và trẻ nhỏ.",
        ["clock"] = "Chưa ai bị ảnh hưởng; giờ trên phiếu và thống kê có thể sai.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What it is, without its place.</summary>
    public static string Title(RootKey root) => ProvinceFaults.Find(root.Code).Title;

    /// <summary>What a person should do, one or two sentences.</summary>
    public static string WhatToDo(RootKey root) => ProvinceFaults.Find(root.Code).WhatToDo;

    /// <summary>Whom it hurts, and how.</summary>
    /// <param name="waiting">People who wait at its centres now; null when nobody knows.</param>
    public static string Harm(RootKey root, long? waiting)
    {
        var harm = Harms.GetValueOrDefault(root.Code.Split('.')[0], "Xem trang của trung tâm.");
        return waiting is { } people and > 0 ? $"{people} người đang chờ. {harm}" : harm;
    }

    /// <summary>Where it is: a region, or centres by their names, the first few of them.</summary>
    public static string Place(RootKey root, IReadOnlyList<CentreId> centres, Func<CentreId, string> nameOf) => root.Kind switch
    {
        RootKind.Bridge => "Máy chủ của tỉnh",
        RootKind.Province or RootKind.Flood => centres.Count == 0 ? "Toàn tỉnh" : $"Toàn tỉnh: {centres.Count} trung tâm ({Names(centres, nameOf)})",
        RootKind.Region => $"{root.Scope}: {centres.Count} trung tâm ({Names(centres, nameOf)})",
        _ when root.Subject.Length > 0 => $"{nameOf(new CentreId(root.Scope))}, {root.Subject}",
        _ => nameOf(new CentreId(root.Scope)),
    };

    /// <summary>A cause on a list.</summary>
    public static string Cause(AlertCause cause, Func<CentreId, string> nameOf)
    {
        var title = ProvinceFaults.Find(cause.Key.Code).Title;
        var where = cause.Key.Centre is { } centre ? $"{nameOf(centre)}{(cause.Key.Subject.Length > 0 ? $", {cause.Key.Subject}" : "")}: " : "";
        return cause.Onsets > 1 ? $"{where}{title} ({cause.Onsets} lần)" : where + title;
    }

    /// <summary>How often it came, when that says something.</summary>
    public static string? Flapping(Alert alert) => alert.Causes.Values.Where(cause => !cause.Moved).Select(cause => cause.Onsets).DefaultIfEmpty(0).Max() is var most and > 2 ? $"Chập chờn: {most} lần" : null;

    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => "Nghiêm trọng",
        Severity.Warning => "Cần xử lý",
        _ => "Lưu ý",
    };

    public static string Of(AlertMoment moment) => moment switch
    {
        AlertMoment.Opened => "Mở cảnh báo",
        AlertMoment.Announced => "Cảnh báo mới",
        AlertMoment.Reopened => "Sự cố trở lại",
        AlertMoment.Worsened => "Sự cố nặng hơn",
        AlertMoment.Escalated => "Chưa ai nhận, báo lên cấp trên",
        AlertMoment.Resolved => "Đã hết",
        _ => "Gộp vào cảnh báo khác",
    };

    private static string Names(IReadOnlyList<CentreId> centres, Func<CentreId, string> nameOf) =>
        string.Join(", ", centres.Take(NamedAtMost).Select(nameOf)) + (centres.Count > NamedAtMost ? ", …" : "");
}
