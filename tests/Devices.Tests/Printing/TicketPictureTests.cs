using System.Text;
using MotCua.Devices.Tests.Boards;
using MotCua.Edge.Devices.Printing.EscPos;
using MotCua.Edge.Devices.Printing.Fonts;
using MotCua.Edge.Devices.Printing.Slip;
using MotCua.Edge.Devices.Virtual.Printer;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Printing;

/// <summary>What citizens hold in their hands, dot by dot, after the bytes have gone through a strict printer.</summary>
public sealed class TicketPictureTests
{
    [Theory]
    [InlineData(576, "ticket-80")]
    [InlineData(384, "ticket-58")]
    public Task A_ticket_says_everything_with_its_diacritics(int width, string name) => HoldsAsync(Slips.Full, width, name);

    [Theory]
    [InlineData(576, "ticket-80-bare")]
    [InlineData(384, "ticket-58-bare")]
    public Task What_is_not_known_is_left_out(int width, string name) => HoldsAsync(Slips.Bare, width, name);

    [Theory]
    [InlineData(576, "ticket-80-procedure")]
    [InlineData(384, "ticket-58-procedure")]
    public Task A_ticket_for_a_procedure_names_it_above_its_papers(int width, string name) => HoldsAsync(
        Slips.Bare with
        {
            Service = "Chứng thực", Procedure = "Chứng thực bản sao từ bản chính giấy tờ, văn bản",
            Checklist = ["Bản chính giấy tờ cần chứng thực", "Bản sao cần chứng thực (không có thì chụp tại trung tâm)"],
        },
        width, name);

    [Fact]
    public Task A_reprint_says_that_it_is_one() => HoldsAsync(Slips.Full with { Copy = 2, Checklist = [], Follow = null, Priority = false, Footer = null }, 576, "ticket-80-reprint");

    [Fact]
    public void Every_letter_of_the_language_is_in_the_fonts_and_different_from_the_box_of_a_missing_one()
    {
        const string letters = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ★□–«»";
        using var glyphs = new FreeTypeGlyphs();
        foreach (var face in Enum.GetValues<FontFace>())
        {
            var missing = glyphs.Of(new Rune(0xE000), face, 24);
            foreach (var letter in (letters + letters.ToUpperInvariant()).EnumerateRunes())
            {
                var glyph = glyphs.Of(letter, face, 24);
                Assert.True(glyph.Height > 0 && !glyph.Bits.AsSpan().SequenceEqual(missing.Bits), $"{face} has no {letter}.");
            }
        }
    }

    [Theory]
    [InlineData("e\u0302\u0323", "ệ")]
    [InlineData("e\u0323\u0302", "ệ")]
    [InlineData("U\u031B\u0303", "Ữ")]
    [InlineData("u\u0303\u031B", "ữ")]
    [InlineData("Phu\u031Bo\u031B\u0300ng Vie\u0323\u0302t Tri\u0300", "Phường Việt Trì")]
    [InlineData("Đất đai", "Đất đai")]
    [InlineData("\u0301x", "\u0301x")]
    public void Combining_marks_join_their_letter(string said, string drawn) => Assert.Equal(drawn, VietnameseComposition.Compose(said));

    [Fact]
    public void A_text_of_combining_marks_looks_as_the_composed_one() =>
        Assert.True(Slips.Same(Slips.Paint(Slips.Bare, 576), Slips.Paint(Slips.Bare with { Place = "Xa\u0303 Thu\u031Bo\u031B\u0323ng Co\u0302\u0301c" }, 576)));

    [Theory]
    [InlineData(0, 0, "được gọi ngay")]
    [InlineData(0, 5, "dưới 5 phút")]
    [InlineData(8, 8, "khoảng 8 phút")]
    [InlineData(10, 25, "10–25 phút")]
    public void The_wait_is_a_range(int from, int to, string said) => Assert.Equal(said, SlipLayout.Say(new SlipWait(from, to)));

    [Fact]
    public void A_missing_font_is_told_by_name_and_how_to_get_it()
    {
        using var glyphs = new FreeTypeGlyphs("/usr/share/fonts/motcua-none");
        var missing = Assert.Throws<FontMissingException>(() => new SlipPainter(glyphs, 576).Prepare());
        Assert.Contains("/usr/share/fonts/motcua-none/DejaVuSans.ttf", missing.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install fonts-dejavu-core", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_end_ends_at_the_bound_of_the_paper()
    {
        var paper = Slips.Paint(Slips.Full with { Checklist = [.. Enumerable.Repeat(new string('Ẫ', 400), 40)] }, 384);
        Assert.InRange(paper.Height, 1000, Edge.Devices.Printing.Raster.MostRows);
    }

    private static async Task HoldsAsync(TicketSlip slip, int width, string name)
    {
        var time = new ManualTime();
        using var far = new VirtualPrinter(width, time, strict: true);
        using var printer = new EscPosPrinter(far, time);
        var painted = Slips.Paint(slip, width);
        await VirtualRig.PassAsync(time, printer.PrintAsync(painted, TestContext.Current.CancellationToken).AsTask());
        var fallen = Assert.Single(far.Papers).Dots;
        GoldenPicture.Holds(name, Slips.PictureOf(fallen), "Printing");
    }
}
