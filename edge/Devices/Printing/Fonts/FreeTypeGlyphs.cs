using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MotCua.Edge.Devices.Printing.Fonts;

/// <summary>Letters of DejaVu Sans, drawn by FreeType. Neither is touched before the first letter is asked for; what failed is tried anew with the next.</summary>
/// <remarks>One thread at a time draws; the fonts are mapped, not read.</remarks>
/// <param name="folder">Of the fonts; the default is where Debian's fonts-dejavu-core has them.</param>
public sealed class FreeTypeGlyphs(string folder = FreeTypeGlyphs.DebianFolder) : IGlyphs, IDisposable
{
    public const string DebianFolder = "/usr/share/fonts/truetype/dejavu";

    /// <summary>A ticket has some 60 different letters in its few sizes. At the bound all are forgotten and drawn again as they are needed.</summary>
    private const int MostGlyphs = 512;

    private readonly Lock gate = new();
    private readonly Dictionary<(int Letter, FontFace Face, int Size), Glyph> cache = [];
    private readonly Dictionary<FontFace, nint> faces = [];
    private nint library;

    public Glyph Of(Rune letter, FontFace face, int size)
    {
        lock (gate)
        {
            if (!cache.TryGetValue((letter.Value, face, size), out var glyph))
            {
                if (cache.Count >= MostGlyphs)
                {
                    cache.Clear();
                }

                glyph = cache[(letter.Value, face, size)] = Load(letter, face, size);
            }

            return glyph;
        }
    }

    public (int Ascent, int Height) Line(FontFace face, int size)
    {
        lock (gate)
        {
            ref readonly var font = ref At<FreeTypeLibrary.Face>(FaceOf(face));
            // Of the whole line: the highest letters (Ẫ) reach its top, so lines never touch.
            var ascent = (int)Math.Ceiling(font.Ascender * (double)size / font.UnitsPerEm);
            return (ascent, ascent + (int)Math.Ceiling(-font.Descender * (double)size / font.UnitsPerEm));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (library != 0)
            {
                _ = FreeTypeLibrary.Done(library); // With every face of it.
                library = 0;
            }

            faces.Clear();
            cache.Clear();
        }
    }

    private Glyph Load(Rune letter, FontFace face, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 256);
        var font = FaceOf(face);
        Check(FreeTypeLibrary.SetPixelSizes(font, 0, (uint)size), $"size {size}");
        Check(FreeTypeLibrary.LoadChar(font, (nuint)letter.Value, FreeTypeLibrary.Render | FreeTypeLibrary.TargetMono), $"letter U+{letter.Value:X4}");
        ref readonly var slot = ref At<FreeTypeLibrary.Slot>(At<FreeTypeLibrary.Face>(font).Slot);
        var bitmap = slot.Bitmap;
        var advance = (int)(slot.AdvanceX + 32) >> 6;
        if (bitmap.Rows == 0)
        {
            return new Glyph(0, 0, 0, 0, advance, 0, []);
        }

        if (bitmap.PixelMode != FreeTypeLibrary.OneBit || bitmap.Pitch < 0 || bitmap.Rows > 1024 || bitmap.Pitch > 1024)
        {
            throw new FontMissingException($"FreeType vẽ chữ U+{letter.Value:X4} theo dạng không dùng được; cài lại libfreetype6");
        }

        var bits = new byte[bitmap.Rows * bitmap.Pitch];
        Marshal.Copy(bitmap.Buffer, bits, 0, bits.Length);
        return new Glyph((int)bitmap.Width, (int)bitmap.Rows, slot.BitmapLeft, slot.BitmapTop, advance, bitmap.Pitch, bits);
    }

    private nint FaceOf(FontFace face)
    {
        if (faces.TryGetValue(face, out var known))
        {
            return known;
        }

        try
        {
            if (library == 0)
            {
                Check(FreeTypeLibrary.Init(out library), "its start");
            }
        }
        catch (DllNotFoundException e)
        {
            throw new FontMissingException("không có libfreetype.so.6; chạy: apt-get install libfreetype6", e);
        }

        var file = Path.Combine(folder, face == FontFace.Bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf");
        if (!File.Exists(file))
        {
            throw new FontMissingException($"không có {file}; chạy: apt-get install fonts-dejavu-core");
        }

        Check(FreeTypeLibrary.NewFace(library, file, 0, out var opened), file);
        return faces[face] = opened;
    }

    private static void Check(int error, string what)
    {
        if (error != 0)
        {
            throw new FontMissingException($"FreeType, {what}: lỗi {error}; cài lại libfreetype6 và fonts-dejavu-core");
        }
    }

    private static unsafe ref readonly T At<T>(nint address)
        where T : unmanaged => ref Unsafe.AsRef<T>((void*)address);
}
