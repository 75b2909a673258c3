using System.Collections.Immutable;
using System.Text;
using MotCua.Edge.Configuration;
using MotCua.Edge.Queue;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Procedures.Tests;

public sealed class ProcedureFileTests
{
    private const string One = """
        procedures:
          - code: khai-sinh
            name: Đăng ký khai sinh
            field: Hộ tịch
            service: ho-tich
            papers: [Tờ khai, Giấy chứng sinh]
            fee: Không
            days: Trong ngày
            basis: Luật Hộ tịch 60/2014/QH13
            words: [giấy khai sinh]
        """;

    private static readonly ImmutableArray<ServiceCode> Services = [new("chung-thuc"), new("ho-tich"), new("dat-dai"), new("ho-tro-truc-tuyen")];

    [Fact]
    public void A_procedure_is_read_with_all_that_it_says()
    {
        var read = Assert.Single(Parse(One));
        Assert.Equal(("khai-sinh", "Đăng ký khai sinh", "Hộ tịch", "ho-tich"), (read.Code.Value, read.Name, read.Field, read.Service?.Value));
        Assert.Equal(["Tờ khai", "Giấy chứng sinh"], read.Papers);
        Assert.Equal(("Không", "Trong ngày", "Luật Hộ tịch 60/2014/QH13"), (read.Fee, read.Days, read.Basis));
        Assert.Equal(["giấy khai sinh"], read.Words);
        Assert.Null(Assert.Single(Parse(One.Replace("    service: ho-tich\n", "", StringComparison.Ordinal))).Service);
    }

    [Fact]
    public void The_sample_of_the_demo_is_whole()
    {
        using var text = new StreamReader(Path.Combine(SourceTree.Root, "demo", "procedures.yaml"));
        var all = ProcedureFile.Parse("procedures.yaml", text, Services);
        Assert.Equal(30, all.Length);
        Assert.All(all, one => Assert.True(one.Papers.Length >= 2 || one.Service is null, one.Name));
        Assert.True(all.Select(one => one.Field).Distinct().Count() >= 5);
    }

    [Theory]
    [InlineData("fee: Không", "", 2, "procedures[0].fee", "(thiếu)", "1–300 ký tự")]
    [InlineData("code: khai-sinh", "code: Khai sinh", 2, "procedures[0].code", "Khai sinh", "mã thủ tục")]
    [InlineData("service: ho-tich", "service: ho-khau", 5, "procedures[0].service", "ho-khau", "một trong: chung-thuc, ho-tich")]
    [InlineData("papers: [Tờ khai, Giấy chứng sinh]", "papers: Tờ khai", 6, "procedures[0].papers", "Tờ khai", "danh sách 1–20 mục")]
    [InlineData("papers: [Tờ khai, Giấy chứng sinh]", "papers: []", 6, "procedures[0].papers", "0 mục", "danh sách 1–20 mục")]
    [InlineData("papers: [Tờ khai, Giấy chứng sinh]", "papers: [Tờ khai, {a: b}]", 6, "procedures[0].papers[1]", "(nhóm)", "1–200 ký tự")]
    [InlineData("days: Trong ngày", "day: Trong ngày", 8, "procedures[0]", "day", "một trong: code, name")]
    [InlineData("days: Trong ngày", "days: [Trong ngày]", 8, "procedures[0].days", "(danh sách)", "1–200 ký tự")]
    [InlineData("days: Trong ngày", "days: Trong ngày\n    days: Mai", 9, "procedures[0].days", "(hai lần)", "mỗi mục một lần")]
    [InlineData("procedures:", "thu-tuc:", 1, "(tệp)", "thu-tuc", "một mục procedures")]
    [InlineData("fee: Không", "fee: *a", 7, "procedures[0].fee", "(nhóm)", "1–300 ký tự")]
    public void An_error_is_told_with_line_path_what_was_found_and_what_is_expected(string right, string wrong, int line, string path, string found, string expected)
    {
        var errors = Assert.Throws<ConfigurationException>(() => Parse(One.Replace(right, wrong, StringComparison.Ordinal))).Errors;
        var error = errors[0];
        Assert.Equal((line, path, found), (error.Line, error.Path, error.Found));
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_told_at_once_and_a_file_of_nothing_but_errors_ends()
    {
        Assert.Equal(3, Errors(One.Replace("fee: Không", "fees: Không", StringComparison.Ordinal).Replace("khai-sinh", "KS", StringComparison.Ordinal)).Count);
        var bad = new StringBuilder("procedures:\n");
        for (var i = 0; i < 500; i++)
        {
            bad.Append("  - chỉ có chữ\n");
        }

        Assert.Equal(50, Errors(bad.ToString()).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("procedures: không")]
    [InlineData("procedures:\n  - code: [")]
    [InlineData("a: &a [*a]")]
    [InlineData("procedures:\n\t- x")]
    public void What_is_no_such_file_is_refused_in_words(string text) => Assert.NotEmpty(Errors(text));

    [Fact]
    public void The_same_code_twice_is_an_error_at_the_second()
    {
        var twice = One + "\n" + One["procedures:\n".Length..];
        var error = Assert.Single(Errors(twice));
        Assert.Equal((11, "procedures[1].code", "khai-sinh"), (error.Line, error.Path, error.Found));
    }

    [Fact]
    public void Five_thousand_are_read_and_one_more_is_not()
    {
        Assert.Equal(ProcedureFile.Most, Parse(Many(ProcedureFile.Most)).Length);
        Assert.Equal($"hơn {ProcedureFile.Most} thủ tục", Assert.Single(Errors(Many(ProcedureFile.Most + 1))).Found);
    }

    internal static string Many(int count)
    {
        var text = new StringBuilder("procedures:\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - {{code: tt-{i}, name: Thủ tục số {i}, field: Hộ tịch, papers: [Tờ khai], fee: Không, days: Trong ngày, basis: Luật}}\n");
        }

        return text.ToString();
    }

    private static IReadOnlyList<ConfigurationError> Errors(string text) => Assert.Throws<ConfigurationException>(() => Parse(text)).Errors;

    private static ImmutableArray<Procedure> Parse(string text) => ProcedureFile.Parse("procedures.yaml", new StringReader(text), Services);
}
