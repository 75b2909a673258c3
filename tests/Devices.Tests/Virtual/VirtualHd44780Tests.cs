using MotCua.Edge.Devices.Virtual;
using Xunit;

namespace MotCua.Devices.Tests.Virtual;

public sealed class VirtualHd44780Tests
{
    private readonly BackpackBench bench = new();

    private LcdGlass Glass => bench.Lcd.Glass;

    [Fact]
    public void After_power_on_the_glass_is_empty_and_off()
    {
        Assert.False(Glass.On);
        Assert.All(Glass.Lines, line => Assert.Equal(new string(' ', 20), line));
    }

    [Fact]
    public void The_datasheet_start_is_legal_and_text_appears()
    {
        bench.Start();
        bench.Text("Xin chao");
        Assert.Empty(bench.Lcd.Violations);
        Assert.Equal("Xin chao            ", Glass.Lines[0]);
        Assert.True(Glass.On);
    }

    [Fact]
    public void Rows_are_folded_and_the_address_runs_on_from_27h_to_40h_and_from_67h_to_00h()
    {
        bench.Start();
        bench.Instruction(0x80 | 0x27);
        bench.Text("ab");
        bench.Instruction(0x80 | 0x67);
        bench.Text("cd");
        Assert.Equal(('a', 'b', 'c', 'd'), (Glass.Lines[2][19], Glass.Lines[1][0], Glass.Lines[3][19], Glass.Lines[0][0]));
    }

    [Fact]
    public void An_own_glyph_that_was_not_drawn_since_the_power_came_is_a_violation()
    {
        bench.Start();
        DrawGlyph(2, rows: 7);
        bench.Text("\u0002");
        Assert.Contains("code 02h is shown before", bench.Lcd.Violations.Single(), StringComparison.Ordinal);
        DrawGlyph(2, rows: 8);
        bench.Text("\u0002\u000A");
        Assert.Single(bench.Lcd.Violations);

        bench.Socket.BrownOut();
        bench.Start();
        Assert.All(Glass.Glyphs.Skip(2 * 8).Take(8), row => Assert.NotEqual(0x0E, row));
        bench.Text("\u0002");
        Assert.Equal(2, bench.Lcd.Violations.Length);
    }

    private void DrawGlyph(int slot, int rows)
    {
        bench.Instruction((byte)(0x40 | slot * 8));
        bench.Text(new string('\u000E', rows));
        bench.Instruction(0x80);
    }

    [Fact]
    public void Too_early_after_power_is_a_violation_and_not_heard()
    {
        bench.Nibble(3);
        Assert.Contains("before the last instruction was done", bench.Lcd.Violations.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_long_pauses_of_the_start_are_demanded()
    {
        bench.Pass(50);
        bench.Nibble(3);
        bench.Pass(3);
        bench.Nibble(3);
        Assert.Single(bench.Lcd.Violations);
    }

    [Fact]
    public void An_instruction_right_after_clear_is_a_violation()
    {
        bench.Start();
        bench.Instruction(0x01);
        bench.Instruction(0x06);
        Assert.NotEmpty(bench.Lcd.Violations);
    }

    [Fact]
    public void Four_bit_text_to_a_chip_that_was_not_initialised_is_a_violation()
    {
        bench.Pass(50);
        bench.Text("A");
        Assert.Contains("eight bits", bench.Lcd.Violations[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Register_select_that_moves_as_enable_rises_is_a_violation()
    {
        bench.Start();
        bench.Pins(0x40, 0x40 | BackpackBench.E | BackpackBench.Rs, 0x40 | BackpackBench.Rs);
        Assert.Contains("RS or RW moved as E rose", bench.Lcd.Violations.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_moves_as_enable_falls_is_a_violation()
    {
        bench.Start();
        bench.Pins(0x80, 0x80 | BackpackBench.E, 0x00);
        Assert.Contains("as E fell", bench.Lcd.Violations.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_does_not_exist_is_a_violation()
    {
        bench.Start();
        bench.Instruction(0x80 | 0x28);
        Assert.Contains("DDRAM address 28h", bench.Lcd.Violations.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_strict_chip_throws_where_the_driver_is_wrong() =>
        Assert.Throws<InvalidOperationException>(() => new BackpackBench(strict: true).Nibble(3));

    [Fact]
    public void Display_shift_entry_mode_and_home_follow_the_datasheet()
    {
        bench.Start();
        bench.Text("ABC");
        bench.Instruction(0x18);
        Assert.StartsWith("BC ", Glass.Lines[0], StringComparison.Ordinal);
        bench.Instruction(0x02);
        bench.Pass(2);
        Assert.StartsWith("ABC", Glass.Lines[0], StringComparison.Ordinal);
        bench.Instruction(0x80 | 5);
        bench.Instruction(0x04);
        bench.Text("ba");
        Assert.StartsWith("ABC ab ", Glass.Lines[0], StringComparison.Ordinal);
        Assert.Empty(bench.Lcd.Violations);
    }

    [Fact]
    public void Writing_own_glyphs_leaves_the_text_alone()
    {
        bench.Start();
        bench.Text("AB");
        bench.Instruction(0x40);
        bench.Text("zzzzzzzz");
        bench.Instruction(0x80 | 2);
        bench.Text("\0");
        Assert.StartsWith("AB▒ ", Glass.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Display_off_hides_the_text_and_keeps_it()
    {
        bench.Start();
        bench.Text("AB");
        bench.Instruction(0x08);
        Assert.True(Glass is { On: false } && Glass.Lines[0].Trim().Length == 0);
        bench.Instruction(0x0C);
        Assert.StartsWith("AB", Glass.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_busy_flag_and_the_address_counter_can_be_read()
    {
        bench.Start();
        bench.Instruction(0x80 | 0x45);
        Assert.Equal(0x45, ReadStatus());
        bench.Instruction(0x01);
        Assert.Equal(0x80, ReadStatus());
        bench.Pass(2);
        Assert.Equal(0x00, ReadStatus());
        Assert.Empty(bench.Lcd.Violations);
    }

    [Fact]
    public void The_backlight_is_a_pin_of_the_backpack()
    {
        bench.Pins(0x08);
        Assert.True(Glass.Backlight);
        bench.Pins(0x00);
        Assert.False(Glass.Backlight);
    }

    [Fact]
    public void A_snapshot_does_not_change_any_more()
    {
        bench.Start();
        bench.Text("A");
        var before = Glass;
        bench.Text("B");
        Assert.StartsWith("A ", before.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_may_read_the_glass_while_the_driver_writes()
    {
        bench.Start();
        var stop = TestContext.Current.CancellationToken;
        var writer = Task.Run(() => bench.Text(string.Concat(Enumerable.Repeat("ABCDEFGHIJ", 40))), stop);
        do
        {
            Assert.All(Glass.Lines, line => Assert.Equal(20, line.Length));
        }
        while (!writer.IsCompleted);
        await writer;
        Assert.Empty(bench.Lcd.Violations);
    }

    [Fact]
    public void Pages_are_told_of_changes()
    {
        var told = 0;
        bench.Lcd.Changed += () => told++;
        bench.Pins(0x08, 0x00);
        Assert.Equal(2, told);
    }

    private int ReadStatus()
    {
        const byte read = 0xF0 | BackpackBench.Rw;
        bench.Pins(read);
        var high = bench.Read(read | BackpackBench.E) & 0xF0;
        bench.Pins(read);
        var low = bench.Read(read | BackpackBench.E) >> 4;
        bench.Pins(read);
        return high | low;
    }
}
