using System.Globalization;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>A field of a request that cannot be what it should be; becomes a problem (400, or 404 for a counter that cannot exist).</summary>
internal sealed class BadFieldException(string code, string detail, int status = StatusCodes.Status400BadRequest) : Exception(detail)
{
    public IResult ToProblem() => Problems.Of(status, code, "Yêu cầu không hợp lệ", Message);
}

/// <summary>The values of the queue out of a request, checked at the rim.</summary>
internal static class QueueFields
{
    private static readonly (string Form, bool Offset)[] SlotForms =
    [
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", true), ("yyyy-MM-dd'T'HH:mmzzz", true), ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", true), ("yyyy-MM-dd'T'HH:mm'Z'", true),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", false), ("yyyy-MM-dd'T'HH:mm", false),
    ];

    public static CounterId Counter(int? number) => number is >= 1 and <= 99
        ? new CounterId(number.Value)
        : throw new BadFieldException("unknown-counter", "Số quầy từ 1 đến 99.", StatusCodes.Status404NotFound);

    public static ServiceCode Service(string? code) => code is not null && ServiceCode.IsValid(code)
        ? new ServiceCode(code)
        : throw new BadFieldException("bad-service", "Thiếu mã lĩnh vực, hoặc mã có ký tự lạ.");

    public static PriorityCode? Priority(string? group) => group is null ? null : ServiceCode.IsValid(group)
        ? new PriorityCode(group)
        : throw new BadFieldException("bad-priority", "Mã nhóm ưu tiên có ký tự lạ.");

    public static LanguageCode? Language(string? code) => code is null ? null : SpokenLanguages.Parse(code)
        ?? throw new BadFieldException("bad-language", $"Tiếng để gọi số là một trong: {SpokenLanguages.Codes}.");

    /// <summary>What asks for a ticket, as its event says it.</summary>
    public static string From(string? origin) => origin switch
    {
        null => "api",
        "api" or "kiosk" or "lookup" => origin,
        _ => throw new BadFieldException("bad-origin", "Nơi yêu cầu là một trong: api, kiosk, lookup."),
    };

    public static Reason Reason(string? why) => why is not null && Queue.Reason.IsValid(why)
        ? new Reason(why)
        : throw new BadFieldException("bad-reason", "Cần ghi lý do, 1 đến 120 ký tự trên một dòng; không ghi tên hay giấy tờ của công dân.");

    public static TicketNumber Number(string? number)
    {
        try
        {
            return TicketNumber.Parse(number ?? "");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new BadFieldException("bad-number", "Số thứ tự gồm một chữ cái và ít nhất ba chữ số, như A105.");
        }
    }

    public static AppointmentId Appointment(string? id)
    {
        try
        {
            return new AppointmentId(id ?? "");
        }
        catch (ArgumentException)
        {
            throw new BadFieldException("bad-appointment", "Mã lịch hẹn gồm 1 đến 40 chữ cái, chữ số hoặc dấu '-'.");
        }
    }

    /// <summary>A moment; one that names no offset is on a wall in Viet Nam, wherever the box believes to be.</summary>
    public static DateTimeOffset Slot(string? slot)
    {
        foreach (var (form, offset) in SlotForms)
        {
            if (DateTimeOffset.TryParseExact(slot, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                return offset ? moment : BusinessDate.OfLocal(moment.DateTime);
            }
        }

        throw new BadFieldException("bad-slot", "Giờ hẹn ghi dạng 2026-11-23T09:00:00+07:00; không ghi múi giờ thì tính theo giờ Việt Nam.");
    }

    /// <param name="header">In quotes, as HTTP has it.</param>
    public static CounterSight Sight(string header) => header is ['"', .. var inside, '"'] && CounterSight.IsValid(inside)
        ? new CounterSight(inside)
        : throw new BadFieldException("bad-sight", "Không rõ trang đã thấy gì ở quầy; hãy tải lại trang.");

    public static HelpPlace Place(string? place) => place is not null && ServiceCode.IsValid(place)
        ? new HelpPlace(place)
        : throw new BadFieldException("bad-place", "Nơi cần hỗ trợ gồm 1 đến 32 ký tự a–z, 0–9, '-', như quay-3 hoặc sanh.");

    public static HomeArea Area(string? area) => area is not null && HomeArea.IsValid(area)
        ? new HomeArea(area)
        : throw new BadFieldException("bad-area", "Chỉ ghi khu, xóm, thôn, bản hoặc tổ, như «Khu 5», «Xóm Bãi», «Tổ dân phố 7»; không ghi tên, số điện thoại hay số giấy tờ của công dân.");

    public static HelpKind Help(string? kind) => kind switch
    {
        null or "other" => HelpKind.Other,
        "technical" => HelpKind.Technical,
        "device" => HelpKind.Device,
        _ => throw new BadFieldException("bad-kind", "Loại hỗ trợ là technical (kỹ thuật), device (thiết bị) hoặc other (việc khác)."),
    };
    /// <summary>Words of the closed list; null for none.</summary>
    public static RatingReasons Reasons(IReadOnlyList<string>? words) => (words ?? []).Aggregate(RatingReasons.None, (all, word) =>
        WireWord.TryParse<RatingReasons>(word ?? "", out var one) && one != RatingReasons.None ? all | one
        : throw new BadFieldException("bad-reasons", "Lý do là một hay nhiều mục trong: long-wait, unclear-guidance, attitude, extra-papers, late-result, other."));

    public static Rating Rating(string? rating) => rating is not null && WireWord.TryParse<Rating>(rating, out var value)
        ? value
        : throw new BadFieldException("bad-rating", "Đánh giá là very-satisfied (rất hài lòng), satisfied (hài lòng) hoặc not-satisfied (chưa hài lòng).");
}
