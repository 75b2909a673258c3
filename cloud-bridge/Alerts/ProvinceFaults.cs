using System.Collections.Frozen;
using MotCua.Protocols.Faults;

namespace MotCua.CloudBridge.Alerts;

/// <summary>Faults that the province declares about centres and about itself, beside those that centres declare (<see cref="FaultCatalogue"/>).</summary>
public static class ProvinceFaults
{
    public const string CentreLost = "centre.lost";
    public const string CentreStopped = "centre.stopped";
    public const string CentrePower = "centre.power";
    public const string RegionLine = "region.line";
    public const string ProvinceLine = "province.line";
    public const string BridgeLink = "bridge.link";
    public const string BridgeViews = "bridge.views";
    public const string Flood = "alerts.flood";
    public const string Unnamed = "device.unnamed";
    public const string TooMany = "centre.many-faults";
    public const string Hot = "host.hot";
    public const string DiskLow = "host.disk-low";
    public const string ClockWrong = "host.clock-wrong";
    public const string Backlog = "host.backlog";
    public const string RoomHot = "room.hot";

    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    /// <summary>Each with its hold-down as <see cref="FaultDeclaration.TimeToVisible"/>.</summary>
    public static IReadOnlyList<FaultDeclaration> All { get; } =
    [
        // A broker notices a dead line after one and a half keep-alives; two minutes lets all centres of an outage be noticed before the first alert opens.
        new(CentreLost, Severity.Critical, null, TwoMinutes, "Mất liên lạc với trung tâm",
            "Gọi điện cho trung tâm: nếu mất điện, chờ có điện, máy tự chạy lại; nếu còn điện, kiểm tra đèn của bộ định tuyến, rút điện 10 giây rồi cắm lại. Máy vẫn phục vụ tại chỗ khi có điện."),
        new(CentreStopped, Severity.Warning, null, FiveMinutes, "Máy của trung tâm đã tắt trong giờ làm việc",
            "Gọi trung tâm bật lại máy; trong lúc chờ, phát số bằng tay."),
        new(CentrePower, Severity.Critical, null, TimeSpan.Zero, "Nhiều khả năng trung tâm mất điện",
            "Gọi trung tâm hỏi điện và cầu dao; có điện lại, các thiết bị tự chạy, không cần thao tác gì."),
        new(RegionLine, Severity.Critical, null, TimeSpan.Zero, "Mất đường truyền của cả khu vực",
            "Gọi nhà mạng và điện lực của khu vực, báo các trung tâm trong danh sách; các trung tâm còn điện vẫn phục vụ và tự gửi dữ liệu khi có mạng."),
        new(ProvinceLine, Severity.Critical, null, TimeSpan.Zero, "Phần lớn trung tâm mất liên lạc cùng lúc",
            "Kiểm tra máy chủ MQTT và đường truyền của tỉnh trước khi gọi từng trung tâm; các trung tâm vẫn phục vụ và giữ dữ liệu."),
        new(BridgeLink, Severity.Critical, null, TimeSpan.FromSeconds(30), "Cầu nối mất kết nối với máy chủ MQTT",
            "Kiểm tra máy chủ MQTT, đường mạng và chứng thư của cầu nối; trong lúc này tỉnh không thấy trung tâm nào, các trung tâm vẫn phục vụ."),
        new(BridgeViews, Severity.Warning, null, TwoMinutes, "Số liệu ở tỉnh không cập nhật",
            "Xem lý do ở dòng chi tiết và nhật ký của cầu nối; dữ liệu gốc vẫn được nhận đủ."),
        new(Flood, Severity.Critical, null, TimeSpan.Zero, "Quá nhiều cảnh báo cùng lúc",
            "Xem các cảnh báo đang mở, xử lý nguyên nhân chung trước; các sự cố còn lại nằm trong danh sách của cảnh báo này."),
        new(Unnamed, Severity.Warning, null, TimeSpan.Zero, "Thiết bị báo có sự cố",
            "Xem dòng chi tiết; kiểm tra nguồn và dây nối của thiết bị, nếu vẫn lỗi thì báo đội hỗ trợ."),
        new(TooMany, Severity.Warning, null, TimeSpan.Zero, "Trung tâm có quá nhiều sự cố thiết bị",
            "Mở trang của trung tâm xem toàn bộ thiết bị; kiểm tra nguồn điện và mạng nội bộ trước."),
        new(Hot, Severity.Warning, null, FiveMinutes, "Máy của trung tâm quá nóng",
            "Để máy nơi thoáng, lau bụi khe gió, không đặt chồng vật khác lên máy."),
        new(DiskLow, Severity.Warning, null, FiveMinutes, "Thẻ nhớ của trung tâm sắp đầy",
            "Báo đội hỗ trợ xóa tệp không dùng hoặc thay thẻ nhớ lớn hơn."),
        new(ClockWrong, Severity.Notice, null, TimeSpan.FromMinutes(10), "Đồng hồ của trung tâm sai giờ",
            "Lấy số và gọi số vẫn chạy; kiểm tra mạng để máy tự chỉnh giờ, thay pin đồng hồ nếu máy có đồng hồ pin."),
        new(Backlog, Severity.Notice, null, TimeSpan.FromMinutes(15), "Dữ liệu chờ gửi về tỉnh nhiều và lâu",
            "Trung tâm vẫn phục vụ; đường truyền chậm, báo đội hỗ trợ đo tốc độ mạng."),
        new(RoomHot, Severity.Notice, null, TimeSpan.FromMinutes(10), "Phòng của trung tâm quá nóng",
            "Bật quạt hoặc điều hòa ở phòng chờ; người già và trẻ nhỏ được mời vào chỗ mát."),
    ];

    private static readonly FrozenDictionary<string, FaultDeclaration> ByCode = All.ToFrozenDictionary(f => f.Code, StringComparer.Ordinal);

    /// <summary>Looks in both tables.</summary>
    /// <returns>For a fault of a newer edge a declaration that says no more than its code.</returns>
    public static FaultDeclaration Find(string code) => ByCode.GetValueOrDefault(code) ?? FaultCatalogue.Find(code)
        ?? new FaultDeclaration(code, Severity.Warning, null, TimeSpan.FromMinutes(1), $"Sự cố «{code}»", "Xem trang của trung tâm và dòng chi tiết; báo đội hỗ trợ nếu kéo dài.");

    /// <summary>Whether a rule may speak of it.</summary>
    public static bool Knows(string code) => ByCode.ContainsKey(code) || FaultCatalogue.Find(code) is not null;
}
