using MotCua.Devices.Tests.Boards.Contract;
using MotCua.Edge.Devices.Boards;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

/// <summary>What is particular to matrix and OLED.</summary>
public sealed class DotBoardTests(ITestOutputHelper output)
{
    private const double FullPicture = 1024 + 13;

    [Theory]
    [InlineData(4, 1)]
    [InlineData(8, 3)]
    [InlineData(16, 4)]
    public void A_change_of_a_matrix_is_at_most_eight_transfers(int columns, int rows)
    {
        var rig = new MatrixRig(columns, rows);
        rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: true);
        var before = rig.Transfers;
        rig.Board.Show(Views.Of(1, "K842 12", "A105 3"), fromScratch: false);
        Assert.InRange(rig.Transfers - before, 1, 8);
        Assert.Equal("K842", rig.Ticket(0));
    }

    [Fact]
    public void Four_modules_say_ticket_and_counter_in_figures()
    {
        var rig = new MatrixRig(4, 1);
        rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: true);
        Assert.Equal(("A105", "3"), (rig.Ticket(0), rig.Counter(0)));
    }

    [Fact]
    public void A_long_notice_on_a_short_wall_is_shown_part_by_part_and_begins_again()
    {
        var rig = new MatrixRig(4, 1);
        var view = Views.Of(1, "A105 3") with { Notice = "TẠM NGỪNG PHỤC VỤ" };
        rig.Board.Show(view, fromScratch: true);
        var parts = new List<string>();
        for (var part = 0; part < 8; part++)
        {
            parts.Add(rig.Seen);
            var soon = rig.Board.Again;
            Assert.NotNull(soon);
            Assert.InRange(soon.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1500));
            rig.Time.Advance(soon.Value);
            rig.Board.Show(view, fromScratch: false);
        }

        Assert.Equal(4, parts.Distinct().Count());
        Assert.Equal(parts[..4], parts[4..]);
        rig.Board.Show(Views.Of(1, "A105 3"), fromScratch: false);
        Assert.Equal("A105", rig.Ticket(0));
        Assert.Null(rig.Board.Again);
    }

    [Fact]
    public void A_new_number_on_the_oled_is_at_most_a_fifth_of_a_full_picture() =>
        Seeds.ForAll(seed =>
        {
            var random = new Random(seed);
            var rig = new OledRig();
            var series = "AHKLMSX"[random.Next(7)];
            rig.Board.Show(Views.Of(7, $"{series}{random.Next(1, 1000):000} 3"), fromScratch: true);
            var before = rig.Bytes;
            rig.Board.Show(Views.Of(7, $"{series}{random.Next(1, 1000):000} 3"), fromScratch: false);
            Assert.InRange((rig.Bytes - before) / FullPicture, 0, 0.20);
        });

    [Fact]
    public void The_dearest_change_of_ticket_counter_and_waiting_on_the_oled_stays_under_a_half()
    {
        var random = new Random(7);
        var dearest = 0.0;
        var rig = new OledRig();
        rig.Board.Show(BoardView.Empty, fromScratch: true);
        for (var i = 0; i < 400; i++)
        {
            var before = rig.Bytes;
            rig.Board.Show(Views.Of(random.Next(1000), $"{"AHKLMSX"[random.Next(7)]}{random.Next(1, 1000):000} {random.Next(1, 100)}"), fromScratch: false);
            dearest = Math.Max(dearest, (rig.Bytes - before) / FullPicture);
        }

        output.WriteLine($"{dearest:P1}");
        Assert.InRange(dearest, 0.2, 0.5);
    }
}
