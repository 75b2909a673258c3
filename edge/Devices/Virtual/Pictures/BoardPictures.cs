using MotCua.Edge.Devices.Boards.Pixels;

namespace MotCua.Edge.Devices.Virtual.Pictures;

/// <summary>Draws what a virtual board shows as a person in front of it sees it.</summary>
public static class BoardPictures
{
    private static readonly Rgb Case = new(0x1C, 0x1E, 0x21);
    private static readonly Rgb RedLit = new(0xFF, 0x3A, 0x28);
    private static readonly Rgb RedDark = new(0x33, 0x16, 0x14);
    private static readonly Rgb OledLit = new(0xD6, 0xF0, 0xFF);

    /// <summary>A blue character LCD with white letters, as sold with a backpack.</summary>
    public static Picture Of(LcdGlass glass)
    {
        ArgumentNullException.ThrowIfNull(glass);
        const int dot = 5, gapX = 6, gapY = 10, frame = 26;
        const double ink = 4.4;
        var ground = glass.Backlight ? new Rgb(0x16, 0x3F, 0xC4) : new Rgb(0x12, 0x1B, 0x3A);
        var lit = glass.Backlight ? new Rgb(0xE9, 0xF3, 0xFF) : new Rgb(0x2C, 0x3A, 0x62);
        var (pitchX, pitchY) = (5 * dot + gapX, 8 * dot + gapY);
        var picture = new Picture(LcdGlass.Columns * pitchX + 2 * frame, LcdGlass.Rows * pitchY + 2 * frame, Case);
        picture.RoundBox(8, 8, picture.Width - 16, picture.Height - 16, 8, ground);
        for (var at = 0; at < LcdGlass.Columns * LcdGlass.Rows; at++)
        {
            for (var part = 0; part < 40; part++)
            {
                var (x, y) = (frame + at % LcdGlass.Columns * pitchX + part % 5 * dot, frame + at / LcdGlass.Columns * pitchY + part / 5 * dot);
                // A dot that is off is still seen a little against the light.
                picture.Box(x, y, ink, ink, LcdDot(glass, glass.Codes[at], part % 5, part / 5) ? lit : ground.Under(default, 0.10));
            }
        }

        return picture;
    }

    /// <summary>A red seven-segment sign.</summary>
    /// <param name="brightest">The chip's highest step.</param>
    public static Picture Of(SegmentDigits digits, int brightest)
    {
        ArgumentNullException.ThrowIfNull(digits);
        const int width = 52, height = 92, pitch = 78, frame = 34;
        var picture = new Picture(digits.Segments.Length * pitch + 2 * frame - (pitch - width), height + 2 * frame, Case);
        picture.RoundBox(10, 10, picture.Width - 20, picture.Height - 20, 8, new Rgb(0x12, 0x0A, 0x0A));
        var lit = RedDark.Under(RedLit, Brightness(digits.Intensity / (double)brightest));
        for (var place = 0; place < digits.Segments.Length; place++)
        {
            SegmentShapes.Draw(picture, frame + place * pitch, frame, width, height, digits.Segments[place], lit, RedDark);
        }

        return picture;
    }

    /// <summary>A wall of red 8×8 modules.</summary>
    public static Picture OfMatrix(DotGlass glass)
    {
        ArgumentNullException.ThrowIfNull(glass);
        const int pitch = 12, frame = 18;
        var picture = new Picture(glass.Width * pitch + 2 * frame, glass.Height * pitch + 2 * frame, Case);
        picture.Box(frame - 4, frame - 4, glass.Width * pitch + 8, glass.Height * pitch + 8, new Rgb(0x0D, 0x0D, 0x0F));
        var lit = RedDark.Under(RedLit, Brightness(glass.Brightness));
        Dots(glass, (x, y, on) => picture.Disc(frame + x * pitch + pitch / 2.0, frame + y * pitch + pitch / 2.0, 4.4, on ? lit : RedDark));
        Dots(glass, (x, y, on) => picture.Glow(frame + x * pitch + pitch / 2.0, frame + y * pitch + pitch / 2.0, on ? 9 : 0.1, RedLit, on ? 0.22 * glass.Brightness : 0));
        return picture;
    }

    /// <summary>A small white OLED.</summary>
    public static Picture OfOled(DotGlass glass)
    {
        ArgumentNullException.ThrowIfNull(glass);
        const int pitch = 5, frame = 22;
        var picture = new Picture(glass.Width * pitch + 2 * frame, glass.Height * pitch + 2 * frame, Case);
        picture.RoundBox(10, 10, picture.Width - 20, picture.Height - 20, 6, default);
        var lit = default(Rgb).Under(OledLit, Brightness(glass.Brightness));
        Dots(glass, (x, y, on) => picture.Box(frame + x * pitch, frame + y * pitch, on ? 4.6 : 0, on ? 4.6 : 0, lit));
        return picture;
    }

    /// <summary>The eye sees light by its logarithm: half the duty looks nearly as bright.</summary>
    private static double Brightness(double duty) => 0.35 + 0.65 * Math.Sqrt(Math.Clamp(duty, 0, 1));

    private static void Dots(DotGlass glass, Action<int, int, bool> draw)
    {
        for (var at = 0; at < glass.Dots.Length; at++)
        {
            draw(at % glass.Width, at / glass.Width, glass.Dots[at]);
        }
    }

    private static bool LcdDot(LcdGlass glass, byte code, int x, int y) => code switch
    {
        < 0x10 => (glass.Glyphs[(code & 7) * 8 + y] & (0x10 >> x)) != 0,
        // ROM A00 writes zero with a stroke, and has no letters of its own in most of the upper half.
        >= 0x20 and < 0x7E => y < PixelFont.Tall.Rows && (PixelFont.Tall.Bare((char)code)[x, y] || (code == '0' && x + y == 5 && x is > 0 and < 4)),
        0xFF => true,
        _ => (code * 40503 + y * 9973 + x * 31) % 3 == 0,
    };
}
