using MotCua.Edge.Queue;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Procedures.Tests;

public sealed class ProcedureSearchTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("motcua-procedures-");
    private readonly ManualTime time = new();

    private static ProcedureIndex Sample { get; } = new(ProcedureFile.Parse(
        "procedures.yaml", new StreamReader(Path.Combine(SourceTree.Root, "demo", "procedures.yaml")),
        [new("chung-thuc"), new("ho-tich"), new("dat-dai"), new("ho-tro-truc-tuyen")]));

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("Đăng ký khai sinh", "dang-ky-khai-sinh")]
    [InlineData("dang ky khai sinh", "dang-ky-khai-sinh")]
    [InlineData("DANG KY KHAI S", "dang-ky-khai-sinh")]
    [InlineData("khai sinh", "dang-ky-khai-sinh")]
    [InlineData("ket hon", "dang-ky-ket-hon")]
    [InlineData("doc than", "xac-nhan-tinh-trang-hon-nhan")]
    [InlineData("so do", "cap-so-do-lan-dau")]
    [InlineData("sổ đỏ", "cap-so-do-lan-dau")]
    [InlineData("ho khau", "dang-ky-thuong-tru")]
    [InlineData("sao y", "chung-thuc-ban-sao")]
    [InlineData("huu tri", "huu-tri-xa-hoi")]
    [InlineData("tam  tru,", "dang-ky-tam-tru")]
    [InlineData("hon nhan tinh trang", "xac-nhan-tinh-trang-hon-nhan")]
    [InlineData("Ke\u0302\u0301t ho\u0302n", "dang-ky-ket-hon")]
    public void What_people_type_finds_what_they_mean(string typed, string first) => Assert.Equal(first, Sample.Search(typed, 5).Best[0].Code.Value);

    [Fact]
    public void Marks_that_were_typed_decide_between_words_that_are_alike_without_them()
    {
        var index = new ProcedureIndex([Of("a", "Chứng từ kế toán"), Of("b", "Chứng tử của người thân")]);
        Assert.Equal("b", index.Search("chứng tử", 5).Best[0].Code.Value);
        Assert.Equal("a", index.Search("chứng từ", 5).Best[0].Code.Value);
        Assert.Equal(2, index.Search("chung tu", 5).Fitting);
    }

    [Fact]
    public void A_name_that_begins_so_comes_before_one_that_holds_it_before_other_words_before_the_middle_of_words()
    {
        var index = new ProcedureIndex([Of("words", "Khác", "khai sinh"), Of("all", "Sinh con, khai báo"), Of("holds", "Đăng ký khai sinh"), Of("begins", "Khai sinh lại"), Of("middle", "Bakhai Masinh")]);
        Assert.Equal(["begins", "holds", "words", "all", "middle"], index.Search("khai sinh", 9).Best.Select(one => one.Code.Value));
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData("  ?! ", 30)]
    [InlineData("xyzzy", 0)]
    public void Nothing_typed_shows_the_list_and_nonsense_nothing(string typed, int fitting) => Assert.Equal(fitting, Sample.Search(typed, 50).Fitting);

    [Fact]
    public void A_question_without_end_is_cut()
    {
        Assert.Equal(0, Sample.Search(string.Join(' ', Enumerable.Repeat("xyzzy", 100_000)), 5).Fitting);
        Assert.Equal(30, Sample.Search(new string(' ', 100_000) + "khai", 50).Fitting);
    }

    [Fact]
    public void A_file_that_changes_is_read_anew_and_a_bad_one_keeps_the_last_good_one()
    {
        var file = Path.Combine(folder.FullName, "procedures.yaml");
        var shelf = new ProcedureShelf(file, [], time);
        Assert.Equal((0, (string?)null), (shelf.Look().Index.Count, shelf.Look().Trouble));
        Write(ProcedureFileTests.Many(2), 1);
        Assert.Equal(0, shelf.Look().Index.Count);
        time.Advance(ProcedureShelf.LooksEvery);
        Assert.Equal(2, shelf.Look().Index.Count);

        Write(ProcedureFileTests.Many(3).Replace("fee: Không", "fees: Không", StringComparison.Ordinal), 2);
        time.Advance(ProcedureShelf.LooksEvery);
        Assert.Equal(2, shelf.Look().Index.Count);
        Assert.Contains("procedures[0]", shelf.Look().Trouble, StringComparison.Ordinal);
        Write(ProcedureFileTests.Many(3), 3);
        time.Advance(ProcedureShelf.LooksEvery);
        Assert.Equal((3, (string?)null), (shelf.Look().Index.Count, shelf.Look().Trouble));
        File.Delete(file);
        time.Advance(ProcedureShelf.LooksEvery);
        Assert.Equal((0, (string?)null), (shelf.Look().Index.Count, shelf.Look().Trouble));

        // Two changes within one tick of a file system's clock must not look alike.
        void Write(string text, int minute)
        {
            File.WriteAllText(file, text);
            File.SetLastWriteTimeUtc(file, new DateTime(2026, 11, 23, 1, minute, 0, DateTimeKind.Utc));
        }
    }

    private static Procedure Of(string code, string name, params string[] words) =>
        new(new ProcedureCode(code), name, "Lĩnh vực", null, ["Tờ khai"], "Không", "Trong ngày", "Luật", [.. words]);
}
