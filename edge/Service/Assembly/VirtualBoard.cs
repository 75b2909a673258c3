using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Devices.Virtual.Pictures;

namespace MotCua.Edge.Assembly;

/// <summary>A simulated board, whatever its chip: what people see on its glass, and the knobs that break it. Any thread may read and turn.</summary>
public sealed record VirtualBoard
{
    /// <summary>As the file says it.</summary>
    public required BoardOptions Wiring { get; init; }

    /// <summary>What people read on it, line by line.</summary>
    public required Func<IReadOnlyList<string>> Lines { get; init; }

    /// <summary>The chip lights its glass.</summary>
    public required Func<bool> IsOn { get; init; }

    /// <summary>Something that differs whenever the picture does.</summary>
    public required Func<int> Mark { get; init; }

    public required Func<Picture> Draw { get; init; }

    /// <summary>Illegal sequences that the chip has seen.</summary>
    public required Func<int> Violations { get; init; }

    public required Func<bool> IsUnplugged { get; init; }

    public required Action<bool> Unplug { get; init; }

    public required Action BrownOut { get; init; }

    public required Action<Random> Scramble { get; init; }

    /// <summary>Null for a chip that never answers.</summary>
    public Func<bool>? IsNacking { get; init; }

    public Action<bool>? Nack { get; init; }

    /// <summary>Names a listener of every change of the glass.</summary>
    public required Action<Action> Listen { get; init; }

    internal static VirtualBoard Of(BoardOptions wiring, VirtualHd44780 chip, I2cSocket socket) => OnI2c(socket) with
    {
        Wiring = wiring, Lines = () => [.. chip.Glass.Lines], IsOn = () => chip.Glass.On, Violations = () => chip.Glass.Violations, Scramble = chip.Scramble, Listen = raise => chip.Changed += raise,
        Mark = () => Hash([.. chip.Glass.Codes, .. chip.Glass.Glyphs, (byte)(chip.Glass.Backlight ? 1 : 0)]), Draw = () => BoardPictures.Of(chip.Glass),
    };

    internal static VirtualBoard Of(BoardOptions wiring, VirtualHt16k33 chip, I2cSocket socket) => OnI2c(socket).WithDigits(wiring, () => chip.Digits, 15) with
    {
        Violations = () => chip.Violations.Length, Scramble = chip.Scramble, Listen = raise => chip.Changed += raise,
    };

    internal static VirtualBoard Of(BoardOptions wiring, VirtualSsd1306 chip, I2cSocket socket) => OnI2c(socket).WithDots(wiring, () => chip.Glass, BoardPictures.OfOled) with
    {
        // The number is three times as large, from the seventeenth row on.
        Lines = () => [chip.Glass.Read(0, 17, 3)], Violations = () => chip.Violations.Length, Scramble = chip.Scramble, Listen = raise => chip.Changed += raise,
    };

    internal static VirtualBoard Of(BoardOptions wiring, VirtualMax7219 chip, SpiSocket socket) => OnSpi(socket).WithDigits(wiring, () => chip.Digits, 15) with
    {
        Violations = () => chip.Violations.Length, BrownOut = chip.BrownOut, Scramble = chip.Scramble, Listen = raise => chip.Changed += raise,
    };

    internal static VirtualBoard Of(BoardOptions wiring, VirtualMax7219Chain chip, SpiSocket socket) => OnSpi(socket).WithDots(wiring, () => chip.Glass, BoardPictures.OfMatrix) with
    {
        Lines = () => [.. Enumerable.Range(0, wiring.Rows).Select(row => chip.Glass.Read(0, row * 8))],
        Violations = () => chip.Violations.Length, BrownOut = chip.BrownOut, Scramble = chip.Scramble, Listen = raise => chip.Changed += raise,
    };

    internal static VirtualBoard Of(BoardOptions wiring, VirtualTm1637 chip) => Empty.WithDigits(wiring, () => chip.Digits, 7) with
    {
        Violations = () => chip.Violations.Length, BrownOut = chip.BrownOut, Scramble = chip.Scramble, Listen = raise => chip.Changed += raise,
        IsUnplugged = () => chip.Unplugged, Unplug = pulled => chip.Unplugged = pulled, IsNacking = () => chip.NackAfter is not null, Nack = on => chip.NackAfter = on ? 1 : null,
    };

    private static VirtualBoard Empty { get; } = new()
    {
        Wiring = null!, Lines = () => [], IsOn = () => false, Mark = () => 0, Draw = () => new Picture(1, 1, default), Violations = () => 0, IsUnplugged = () => false, Unplug = _ => { },
        BrownOut = () => { }, Scramble = _ => { }, Listen = _ => { },
    };

    private static VirtualBoard OnI2c(I2cSocket socket) => Empty with
    {
        IsUnplugged = () => socket.Unplugged, Unplug = pulled => socket.Unplugged = pulled, BrownOut = socket.BrownOut,
        IsNacking = () => socket.NackAfter is not null, Nack = on => socket.NackAfter = on ? 3 : null,
    };

    private static VirtualBoard OnSpi(SpiSocket socket) => Empty with { IsUnplugged = () => socket.Unplugged, Unplug = pulled => socket.Unplugged = pulled };

    private VirtualBoard WithDigits(BoardOptions wiring, Func<SegmentDigits> digits, int brightest) => this with
    {
        Wiring = wiring, Lines = () => [digits().Text], IsOn = () => digits().On, Draw = () => BoardPictures.Of(digits(), brightest),
        Mark = () => digits() is var seen ? Hash([.. seen.Segments, (byte)seen.Intensity]) : 0,
    };

    private VirtualBoard WithDots(BoardOptions wiring, Func<DotGlass> glass, Func<DotGlass, Picture> draw) => this with
    {
        Wiring = wiring, IsOn = () => glass().On, Draw = () => draw(glass()),
        Mark = () => glass() is var seen ? Hash([.. seen.Dots.Select(dot => (byte)(dot ? 1 : 0)), (byte)(seen.Brightness * 255)]) : 0,
    };

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode() & int.MaxValue;
    }
}
