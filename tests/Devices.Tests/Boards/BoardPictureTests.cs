using MotCua.Devices.Tests.Boards.Contract;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Virtual.Pictures;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

/// <summary>What people in front of each board see, kept as pictures.</summary>
public sealed class BoardPictureTests
{
    private static readonly BoardView Busy = Views.Of(12, "A105 3", "H007 12", "K842 1");
    private static readonly BoardView Paused = Busy with { Notice = "TẠM NGỪNG PHỤC VỤ" };
    private static readonly BoardView Closed = Busy with { Notice = "Hết giờ tiếp nhận" };

    [Fact]
    public void Lcd_with_folded_letters() => Holds("lcd-folded", Showing(new LcdRig(LcdVietnamese.Folded), Busy), rig => BoardPictures.Of(rig.Glass));

    [Fact]
    public void Lcd_with_own_glyphs() => Holds("lcd-glyphs", Showing(new LcdRig(LcdVietnamese.Glyphs), Busy), rig => BoardPictures.Of(rig.Glass));

    [Fact]
    public void Lcd_with_a_notice_in_own_glyphs() => Holds("lcd-glyphs-notice", Showing(new LcdRig(LcdVietnamese.Glyphs), Paused), rig => BoardPictures.Of(rig.Glass));

    [Fact]
    public void Sign_of_eight_digits() => Holds("sign-8-digits", Showing(new Max7219Rig(), Busy), rig => BoardPictures.Of(rig.Digits, 15));

    [Fact]
    public void Sign_of_eight_digits_at_night()
    {
        var rig = Showing(new Max7219Rig(), Busy);
        rig.Time.Advance(TimeSpan.FromHours(12));
        Holds("sign-8-digits-night", Showing(rig, Busy), night => BoardPictures.Of(night.Digits, 15));
    }

    [Fact]
    public void Sign_on_an_ht16k33() => Holds("sign-ht16k33", Showing(new Ht16k33Rig(8), Views.Of(1, "K1005 12")), rig => BoardPictures.Of(rig.Digits, 15));

    [Fact]
    public void Sign_on_a_tm1637() => Holds("sign-tm1637", Showing(new Tm1637Rig(4), Views.Of(1, "H207 12")), rig => BoardPictures.Of(rig.Chip.Digits, 7));

    [Fact]
    public void Sign_of_six_digits_on_a_tm1637() => Holds("sign-tm1637-6", Showing(new Tm1637Rig(6), Views.Of(1, "M368 12")), rig => BoardPictures.Of(rig.Chip.Digits, 7));

    [Fact]
    public void Matrix_of_three_lines() => Holds("matrix-hall", Showing(new MatrixRig(8, 3), Busy), rig => BoardPictures.OfMatrix(rig.Glass));

    [Fact]
    public void Matrix_with_a_notice() => Holds("matrix-hall-notice", Showing(new MatrixRig(8, 3), Paused), rig => BoardPictures.OfMatrix(rig.Glass));

    [Fact]
    public void Matrix_of_four_modules() => Holds("matrix-small", Showing(new MatrixRig(4, 1), Busy), rig => BoardPictures.OfMatrix(rig.Glass));

    [Fact]
    public void Oled() => Holds("oled", Showing(new OledRig(), Busy), rig => BoardPictures.OfOled(rig.Glass));

    [Fact]
    public void Matrix_with_a_number_that_was_given_without_paper() =>
        Holds("matrix-told", Showing(new MatrixRig(8, 3), Views.Of(12, "A105 3", "H007 12") with { Told = "A106" }), rig => BoardPictures.OfMatrix(rig.Glass));

    [Fact]
    public void Matrix_of_four_modules_with_a_number_that_was_given_without_paper() =>
        Holds("matrix-small-told", Showing(new MatrixRig(4, 1), Views.Of(12) with { Told = "A106" }), rig => BoardPictures.OfMatrix(rig.Glass));

    [Fact]
    public void A_number_that_was_given_without_paper_takes_no_calls_place_on_a_matrix() =>
        Holds("matrix-small", Showing(new MatrixRig(4, 1), Busy with { Told = "A106" }), rig => BoardPictures.OfMatrix(rig.Glass));

    [Fact]
    public void Oled_with_a_number_that_was_given_without_paper() => Holds("oled-told", Showing(new OledRig(), Busy with { Told = "A1006" }), rig => BoardPictures.OfOled(rig.Glass));

    [Fact]
    public void Oled_with_a_notice() => Holds("oled-notice", Showing(new OledRig(), Paused), rig => BoardPictures.OfOled(rig.Glass));

    [Fact]
    public void Oled_when_it_closes() => Holds("oled-closed", Showing(new OledRig(), Closed), rig => BoardPictures.OfOled(rig.Glass));

    /// <summary>Every letter that the composed fonts know, so that a change of one is seen.</summary>
    [Fact]
    public void Every_vietnamese_vowel_on_a_wall() =>
        Holds("matrix-letters", Showing(new MatrixRig(16, 4), Busy with { Notice = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ ÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊĐ ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ ÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ" }), rig => BoardPictures.OfMatrix(rig.Glass));

    [Fact]
    public void Every_vietnamese_vowel_on_an_oled() =>
        Holds("oled-letters", Showing(new OledRig(), Busy with { Notice = "ĂẰẮẲẴẶÂẦẤẨẪẬÀÁẢÃẠĐ ÈẺẼẸÊỀẾỂỄỆÌỈĨỊỲỶỸỴ ÔỒỐỔỖỘƠỜỚỞỠỢÒỎÕỌ ƯỪỨỬỮỰÙỦŨỤ" }), rig => BoardPictures.OfOled(rig.Glass));

    private static T Showing<T>(T rig, BoardView view) where T : BoardRig
    {
        rig.Board.Show(view, fromScratch: true);
        return rig;
    }

    private static void Holds<T>(string name, T rig, Func<T, Picture> picture) => GoldenPicture.Holds(name, picture(rig));
}
