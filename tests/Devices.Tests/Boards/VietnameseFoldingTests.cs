using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MotCua.Edge.Devices.Boards;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

public sealed class VietnameseFoldingTests
{
    /// <summary>Combining marks of NFD: grave, acute, tilde, hook, dot below; breve, circumflex, horn.</summary>
    private const string Tones = "\u0300\u0301\u0303\u0309\u0323";

    [Theory]
    [InlineData("ĐANG GỌI", "DANG GOI")]
    [InlineData("TẠM NGỪNG PHỤC VỤ", "TAM NGUNG PHUC VU")]
    [InlineData("HẾT GIỜ TIẾP NHẬN", "HET GIO TIEP NHAN")]
    [InlineData("Quầy số ba", "Quay so ba")]
    [InlineData("đường Nguyễn Huệ, xã Vĩnh Tường", "duong Nguyen Hue, xa Vinh Tuong")]
    [InlineData("Kỳ lạ – ỷ lại", "Ky la - y lai")]
    public void Words_of_the_hall_lose_only_their_marks(string text, string folded) => Assert.Equal(folded, VietnameseFolding.Fold(text));

    [Theory]
    [InlineData('a', "àáãảạ")]
    [InlineData('ă', "ằắẵẳặ")]
    [InlineData('â', "ầấẫẩậ")]
    [InlineData('e', "èéẽẻẹ")]
    [InlineData('ê', "ềếễểệ")]
    [InlineData('i', "ìíĩỉị")]
    [InlineData('o', "òóõỏọ")]
    [InlineData('ô', "ồốỗổộ")]
    [InlineData('ơ', "ờớỡởợ")]
    [InlineData('u', "ùúũủụ")]
    [InlineData('ư', "ừứữửự")]
    [InlineData('y', "ỳýỹỷỵ")]
    public void Every_vowel_folds_in_both_cases_and_both_forms(char vowel, string toned)
    {
        var (plain, shape) = vowel switch
        {
            'ă' => ('a', "\u0306"),
            'â' => ('a', "\u0302"),
            'ê' => ('e', "\u0302"),
            'ô' => ('o', "\u0302"),
            'ơ' => ('o', "\u031B"),
            'ư' => ('u', "\u031B"),
            _ => (vowel, ""),
        };
        Assert.Equal(plain.ToString(), VietnameseFolding.Fold(vowel.ToString()));
        for (var i = 0; i < toned.Length; i++)
        {
            var decomposed = plain + shape + Tones[i];
            foreach (var form in new[] { toned[i].ToString(), decomposed, vowel.ToString() + Tones[i] })
            {
                Assert.Equal(plain.ToString(), VietnameseFolding.Fold(form));
                Assert.Equal(char.ToUpperInvariant(plain).ToString(), VietnameseFolding.Fold(form.ToUpperInvariant()));
            }
        }
    }

    [Fact]
    public void What_is_no_Vietnamese_shows_as_a_question_mark() => Assert.Equal("? ?", VietnameseFolding.Fold("語\t€"));

    [Fact]
    public void Any_text_folds_to_printable_ascii_and_ascii_stays() =>
        Prop.ForAll<string?>(ArbMap.Default.ArbFor<string?>(), text =>
        {
            var folded = VietnameseFolding.Fold(text ?? "");
            return folded.All(letter => letter is >= ' ' and <= '~') && VietnameseFolding.Fold(folded) == folded;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Precomposed_and_combining_text_give_the_same_answer()
    {
        const string text = "Trung tâm Phục vụ hành chính công xã Đường Lâm, quầy số mười lăm";
        Assert.Equal(VietnameseFolding.Fold(text), VietnameseFolding.Fold(text.Normalize(NormalizationForm.FormD)));
    }
}
