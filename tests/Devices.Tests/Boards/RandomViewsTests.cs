using Xunit;

namespace MotCua.Devices.Tests.Boards;

/// <summary>Random rows of views; FsCheck prints the seed that failed.</summary>
public sealed class RandomViewsTests
{
    [Fact]
    public void The_lcd_shows_the_same_after_changes_as_after_a_full_redraw() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            var (changing, redrawn) = (new Lcd(), new Lcd());
            var view = Views.Any(random);
            for (var i = 0; i < 15; i++)
            {
                view = random.Next(4) == 0 ? Views.Any(random) : Views.Near(view, random);
                changing.Board.Show(view, fromScratch: random.Next(8) == 0);
                redrawn.Board.Show(view, fromScratch: true);
                Assert.Equal(redrawn.Lines, changing.Lines);
            }

            Assert.Empty(changing.Chip.Violations);
        });

    [Fact]
    public void The_sign_shows_the_same_after_changes_as_after_a_full_redraw() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            var (changing, redrawn) = (new Sign(), new Sign());
            var view = Views.Any(random);
            for (var i = 0; i < 15; i++)
            {
                view = random.Next(4) == 0 ? Views.Any(random) : Views.Near(view, random);
                Assert.InRange(changing.Transfers(() => changing.Board.Show(view, fromScratch: false)), 0, i == 0 ? 13 : 8);
                redrawn.Board.Show(view, fromScratch: true);
                Assert.Equal(redrawn.Chip.Digits.Segments, changing.Chip.Digits.Segments);
            }
        });

    [Fact]
    public void A_scrub_heals_any_garbage_on_the_lcd() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            var lcd = new Lcd(strict: false);
            var view = Views.Any(random);
            lcd.Board.Show(view, fromScratch: true);
            var lines = lcd.Lines;
            lcd.Chip.Scramble(random);
            lcd.Board.Show(view, fromScratch: true);
            Assert.Equal(lines, lcd.Lines);
            Assert.True(lcd.Chip.Glass.On);
        });

    [Fact]
    public void A_scrub_heals_any_garbage_on_the_sign() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            var sign = new Sign();
            var view = Views.Any(random);
            sign.Board.Show(view, fromScratch: true);
            var text = sign.Text;
            sign.Chip.Scramble(random);
            sign.Board.Show(view, fromScratch: true);
            Assert.Equal(text, sign.Text);
            Assert.True(sign.Chip.Digits is { On: true, DisplayTest: false, Intensity: 8 });
        });
}
