using System.Globalization;

namespace MotCua.Fleet.Centres;

/// <summary>What the centres are called: wards and communes of Phú Thọ as they are since 1 July 2025, and numbers for the rest of the country.</summary>
internal static class PlaceNames
{
    /// <summary>Of the whole country.</summary>
    public const int Most = 3_321;

    private const string Wards = """
        Nông Trang, Thanh Miếu, Vân Phú, Phú Thọ, Phong Châu, Âu Cơ, Vĩnh Phúc, Vĩnh Yên, Phúc Yên, Xuân Hòa, Hòa Bình, Kỳ Sơn, Tân Hòa, Thống Nhất
        """;

    private const string Communes = """
        Hy Cương, Lâm Thao, Xuân Lũng, Phùng Nguyên, Bản Nguyên, Phù Ninh, Dân Chủ, Phú Mỹ, Trạm Thản, Bình Phú, Thanh Ba, Quảng Yên, Hoàng Cương, Đông Thành, Chí Tiên, Liên Minh,
        Đoan Hùng, Tây Cốc, Chân Mộng, Chí Đám, Bằng Luân, Hạ Hòa, Đan Thượng, Yên Kỳ, Vĩnh Chân, Văn Lang, Hiền Lương, Cẩm Khê, Phú Khê, Hùng Việt, Đồng Lương, Tiên Lương, Vân Bán,
        Tam Nông, Thọ Văn, Vạn Xuân, Hiền Quan, Thanh Thủy, Đào Xá, Tu Vũ, Thanh Sơn, Võ Miếu, Văn Miếu, Cự Đồng, Hương Cần, Yên Sơn, Khả Cửu, Tân Sơn, Minh Đài, Lai Đồng, Xuân Đài,
        Long Cốc, Thu Cúc, Yên Lập, Thượng Long, Sơn Lương, Xuân Viên, Minh Hòa, Trung Sơn, Tam Sơn, Sông Lô, Hải Lựu, Yên Lãng, Lập Thạch, Tiên Lữ, Thái Hòa, Liên Hòa, Hợp Lý, Sơn Đông,
        Tam Đảo, Đại Đình, Đạo Trù, Tam Dương, Hội Thịnh, Hoàng An, Tam Dương Bắc, Vĩnh Tường, Thổ Tang, Vĩnh Hưng, Vĩnh An, Vĩnh Phú, Vĩnh Thành, Yên Lạc, Tề Lỗ, Liên Châu, Tam Hồng,
        Nguyệt Đức, Bình Nguyên, Xuân Lãng, Bình Xuyên, Bình Tuyền, Cao Phong, Mường Thàng, Thung Nai, Đà Bắc, Cao Sơn, Đức Nhàn, Quy Đức, Tân Pheo, Tiền Phong, Kim Bôi, Mường Động,
        Dũng Tiến, Hợp Kim, Nật Sơn, Lạc Sơn, Mường Vang, Đại Đồng, Ngọc Sơn, Nhân Nghĩa, Quyết Thắng, Thượng Cốc, Yên Phú, Lạc Thủy, An Bình, An Nghĩa, Lương Sơn, Cao Dương,
        Liên Sơn, Mai Châu, Bao La, Mai Hạ, Pà Cò, Tân Mai, Tân Lạc, Mường Bi, Mường Hoa, Toàn Thắng, Vân Sơn, Yên Thủy, Lạc Lương, Yên Trị, Thịnh Minh
        """;

    // The runtime takes letters apart only where it has tables of all languages, which this program goes without.
    private static readonly string[] Folded =
    [
        "aàáảãạăằắẳẵặâầấẩẫậ", "dđ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ",
    ];

    // Việt Trì is the centre that ./run itself brings, so it comes first here and is left out there.
    private static readonly string[] Known = ["Phường Việt Trì", .. Split(Wards).Select(name => $"Phường {name}"), .. Split(Communes).Select(name => $"Xã {name}")];

    /// <summary>Name and id of a centre.</summary>
    /// <param name="number">From 1.</param>
    public static (string Id, string Name) Of(int number) => number <= Known.Length
        ? ($"pt-{Plain(Known[number - 1])}", Known[number - 1])
        : (string.Create(CultureInfo.InvariantCulture, $"tt-{number:D4}"), string.Create(CultureInfo.InvariantCulture, $"Trung tâm số {number}"));

    private static string[] Split(string names) => names.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // "Phường Việt Trì" is viet-tri: as people write it where no Vietnamese letters may stand. Some wards share a name with a commune, so communes say what they are.
    private static string Plain(string name)
    {
        var letters = (name.StartsWith("Phường ", StringComparison.Ordinal) ? name["Phường ".Length..] : name).ToLowerInvariant();
        return new string([.. letters.Select(letter => letter == ' ' ? '-' : Array.Find(Folded, row => row.Contains(letter, StringComparison.Ordinal))?[0] ?? letter)]);
    }
}
