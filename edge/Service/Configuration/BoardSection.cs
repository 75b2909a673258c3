using System.Globalization;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>The list <c>devices.boards</c>: a board an entry, with the fields that its chip knows.</summary>
internal static class BoardSection
{
    private const string Clock = "giờ, như \"18:00\"";
    private const string Percent = "độ sáng 1–100 (phần trăm)";
    private static readonly TimeSpan LongestBlink = TimeSpan.FromSeconds(60);

    private static readonly (string Name, BoardChip Chip)[] Chips =
    [
        ("hd44780", BoardChip.Hd44780), ("max7219", BoardChip.Max7219), ("max7219-matrix", BoardChip.Max7219Matrix), ("ht16k33", BoardChip.Ht16k33), ("tm1637", BoardChip.Tm1637),
        ("ssd1306", BoardChip.Ssd1306),
    ];

    /// <summary>The chip's name in the file, which is also the kind of the device for the province.</summary>
    public static string NameOf(BoardChip chip) => Array.Find(Chips, row => row.Chip == chip).Name;

    /// <returns>Null when the chip is none that is known: of such a board nothing can be read.</returns>
    public static BoardOptions? Read(YamlField field, DeviceId id, IReadOnlySet<CounterId> counters, WiringBook wiring)
    {
        var expected = $"một trong các chip: {string.Join(", ", Chips.Select(row => row.Name))}";
        if (field.Required("chip", expected)?.Value<BoardChip?>(text => Array.Find(Chips, row => row.Name == text) is { Name: not null } row ? row.Chip : throw new FormatException(), expected)
            is not { } chip)
        {
            return null;
        }

        var board = Shared(field, new BoardOptions(id, chip, 0), counters);
        board = chip switch
        {
            BoardChip.Hd44780 => board with { Address = wiring.I2c(field, 0x08, 0x77, 0x27), Letters = Letters(field) },
            BoardChip.Max7219 => Lit(field, board with { Address = wiring.Spi(field) }),
            BoardChip.Max7219Matrix => Lit(field, board with { Address = wiring.Spi(field), Columns = Whole(field, "columns", 4, 16, 8), Rows = Whole(field, "rows", 1, 4, 1) }),
            BoardChip.Ht16k33 => Lit(field, board with { Address = wiring.I2c(field, 0x70, 0x77, 0x70), Digits = Digits(field, 8, 4) }),
            BoardChip.Tm1637 => Lit(field, board with
            {
                Address = wiring.BoxLine(field, "clk"), DataLine = wiring.BoxLine(field, "dio"), Digits = Digits(field, 4, 6),
                CrossWired = OneOf(field, "wiring", ("crossed", true), ("straight", false)),
            }),
            _ => Lit(field, board with { Address = wiring.I2c(field, 0x3C, 0x3D, 0x3C), Turned = OneOf(field, "turned", ("false", false), ("true", true)) }),
        };
        field.NothingElse();
        return board;
    }

    private static BoardOptions Shared(YamlField field, BoardOptions board, IReadOnlySet<CounterId> counters)
    {
        var expected = $"số quầy có trong tệp: {string.Join(", ", counters.Select(counter => counter.Value).Order())}";
        var counter = field.Optional("counter")?.Value<int?>(
            text => counters.Contains(new CounterId(int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture))) ? int.Parse(text, CultureInfo.InvariantCulture) : throw new FormatException(),
            expected);
        var blink = field.Optional("blink")?.Duration(TimeSpan.Zero, LongestBlink);
        return board with { Counter = counter, Blink = blink is { } time ? board.Blink with { For = time } : board.Blink };
    }

    /// <summary>A board whose light has steps.</summary>
    private static BoardOptions Lit(YamlField field, BoardOptions board)
    {
        var light = board.Light with { Day = field.Optional("brightness")?.Integer(1, 100, Percent) ?? board.Light.Day };
        if (field.Optional("night") is { } night)
        {
            light = light with
            {
                NightFrom = Time(night, "from") ?? light.NightFrom, NightUntil = Time(night, "to") ?? light.NightUntil, Night = night.Required("brightness", Percent)?.Integer(1, 100, Percent),
            };
            night.NothingElse();
        }

        return board with { Light = light };

        static TimeOnly? Time(YamlField night, string name) =>
            night.Optional(name)?.Value<TimeOnly?>(text => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture), Clock);
    }

    private static LcdVietnamese Letters(YamlField field) => OneOf(field, "letters", ("folded", LcdVietnamese.Folded), ("glyphs", LcdVietnamese.Glyphs));

    private static int Whole(YamlField field, string name, int from, int to, int usual) => field.Optional(name)?.Integer(from, to, $"số mô-đun {from}–{to}") ?? usual;

    private static int Digits(YamlField field, int usual, int other) => OneOf(field, "digits", (usual.ToString(CultureInfo.InvariantCulture), usual), (other.ToString(CultureInfo.InvariantCulture), other));

    /// <summary>The first is the default.</summary>
    private static T OneOf<T>(YamlField field, string name, params (string Word, T Value)[] choices)
    {
        if (field.Optional(name) is not { } chosen)
        {
            return choices[0].Value;
        }

        var expected = string.Join(" hoặc ", choices.Select(choice => choice.Word));
        return chosen.Value(text => Array.Find(choices, choice => choice.Word == text) is { Word: not null } choice ? choice.Value : throw new FormatException(), expected)!;
    }
}
