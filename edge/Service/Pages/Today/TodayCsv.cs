using System.Globalization;
using System.Text;

namespace MotCua.Edge.Pages;

/// <summary>The day as a table for a spreadsheet: UTF-8 with a mark, so that Vietnamese letters open right, and nothing in it is ever a formula.</summary>
internal static class TodayCsv
{
    private static readonly (string Word, string Name)[] Ratings = [("very-satisfied", "Rất hài lòng"), ("satisfied", "Hài lòng"), ("not-satisfied", "Chưa hài lòng")];

    public static byte[] Of(TodayPicture day)
    {
        var text = new StringBuilder();
        Row(text, "Trung tâm Phục vụ hành chính công", day.Centre);
        Row(text, "Ngày", day.Date?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "");
        text.Append("\r\n");
        Row(
            text, "Phạm vi", "Lấy số", "Đã phục vụ", "Xong, không ai ghi", "Lỡ lượt", "Hết hạn", "Đã hủy", "Còn lại", "Chờ trung vị (phút)", "Chờ 9/10 người (phút)", "Phục vụ trung vị (phút)",
            "Phục vụ 9/10 lượt (phút)");
        Figures(text, "Toàn trung tâm", day.Total);
        foreach (var service in day.Services)
        {
            Figures(text, $"Lĩnh vực: {service.Name}", service.Figures);
        }

        foreach (var counter in day.Counters)
        {
            Figures(text, string.Create(CultureInfo.InvariantCulture, $"Quầy {counter.Number}"), counter.Figures);
        }

        text.Append("\r\n");
        Row(text, "Đánh giá", "Số lượt");
        foreach (var (word, name) in Ratings)
        {
            Row(text, name, Number(day.Ratings.GetValueOrDefault(word)));
        }

        text.Append("\r\n");
        Row(text, "Từ lúc", "Người chờ nhiều nhất trong 5 phút");
        foreach (var point in day.Curve)
        {
            Row(text, point.At, Number(point.Waiting));
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>A cell in quotes; what a spreadsheet would compute begins with an apostrophe instead.</summary>
    internal static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static void Figures(StringBuilder text, string name, FiguresAnswer of) => Row(
        text, name, Number(of.Issued), Number(of.Served), Number(of.Inferred), Number(of.Missed), Number(of.Expired), Number(of.Cancelled), Number(of.Living),
        Minutes(of.WaitingMedianSeconds), Minutes(of.WaitingP90Seconds), Minutes(of.ServiceMedianSeconds), Minutes(of.ServiceP90Seconds));

    private static void Row(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Cell(cells[i]));
        }

        text.Append("\r\n");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Whole minutes: a decimal sign means another thing in each country's spreadsheet.
    private static string Minutes(double? seconds) => seconds is { } known ? Number((int)Math.Round(known / 60)) : "";
}
