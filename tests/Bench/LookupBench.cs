using MotCua.Edge.Procedures;
using MotCua.Edge.Queue;

namespace MotCua.Bench;

/// <summary>Looking a procedure up while somebody types, over as many as the province has.</summary>
internal static class LookupBench
{
    private const int Procedures = 2_217;
    private const int Rounds = 40;

    private static readonly string[] Verbs = ["Đăng ký", "Cấp lại", "Gia hạn", "Xác nhận", "Thay đổi", "Chấm dứt", "Công nhận", "Hỗ trợ", "Chứng thực", "Thẩm định"];
    private static readonly string[] Things =
    [
        "khai sinh có yếu tố nước ngoài", "quyền sử dụng đất và tài sản gắn liền với đất", "giấy phép hoạt động cơ sở dịch vụ", "tình trạng hôn nhân của công dân", "hộ kinh doanh và địa điểm kinh doanh",
        "chế độ trợ cấp xã hội hàng tháng", "chứng chỉ hành nghề xây dựng hạng hai", "danh mục thuốc bảo vệ thực vật", "phương tiện thủy nội địa lần đầu", "thẻ bảo hiểm y tế cho người cao tuổi",
    ];

    private static readonly string[] Typed = ["đăng ký khai sinh", "dang ky khai sinh", "ho kinh doanh", "tro cap xa hoi", "quyền sử dụng đất", "so do", "xac nhan tinh trang", "khong co gi ca", "bao hiem y te cao tuoi"];

    public static IEnumerable<Row> Run()
    {
        var index = new ProcedureIndex([.. Enumerable.Range(0, Procedures).Select(Make)]);
        Took(index);
        var took = Took(index);
        return
        [
            new Row("look-up: a search over 2,217 procedures as one types, p50", Math.Round(took[took.Count / 2].TotalMilliseconds, 2), "ms", null, null, null),
            new Row("look-up: a search over 2,217 procedures as one types, p99", Math.Round(took[took.Count * 99 / 100].TotalMilliseconds, 2), "ms", 20, null, "one core, with Vietnamese marks and without"),
        ];
    }

    // Every beginning of every question is asked, as the page asks it.
    private static List<TimeSpan> Took(ProcedureIndex index)
    {
        var took = new List<TimeSpan>();
        foreach (var question in Enumerable.Repeat(Typed, Rounds).SelectMany(all => all))
        {
            for (var letters = 0; letters <= question.Length; letters++)
            {
                var start = TimeProvider.System.GetTimestamp();
                index.Search(question[..letters], 20);
                took.Add(TimeProvider.System.GetElapsedTime(start));
            }
        }

        took.Sort();
        return took;
    }

    private static Procedure Make(int number) => new(
        new ProcedureCode($"tt-{number}"), $"{Verbs[number % 10]} {Things[number / 10 % 10]}, trường hợp thứ {number}", $"Lĩnh vực {number % 37}", null,
        ["Tờ khai theo mẫu", "Căn cước hoặc hộ chiếu còn hạn"], "Không", "Trong ngày", "Luật", ["tên khác", $"gọi {number % 53}"]);
}
