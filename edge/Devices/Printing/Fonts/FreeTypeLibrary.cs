using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Printing.Fonts;

/// <summary>The part of FreeType that drawing letters needs.</summary>
/// <remarks>Source: FreeType 2, freetype.h and ftimage.h; the structs are part of its stable ABI. FT_Long is a C long, which has the width of a pointer on Linux.</remarks>
internal static partial class FreeTypeLibrary
{
    public const int Render = 0x4;

    /// <summary>FT_LOAD_TARGET_MONO: hinted for one bit a dot, since a thermal head knows no grey.</summary>
    public const int TargetMono = 2 << 16;

    public const byte OneBit = 1;

    private const string Library = "libfreetype.so.6";

    [LibraryImport(Library, EntryPoint = "FT_Init_FreeType")]
    public static partial int Init(out nint library);

    [LibraryImport(Library, EntryPoint = "FT_Done_FreeType")]
    public static partial int Done(nint library);

    [LibraryImport(Library, EntryPoint = "FT_New_Face", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NewFace(nint library, string path, nint index, out nint face);

    [LibraryImport(Library, EntryPoint = "FT_Set_Pixel_Sizes")]
    public static partial int SetPixelSizes(nint face, uint width, uint height);

    [LibraryImport(Library, EntryPoint = "FT_Load_Char")]
    public static partial int LoadChar(nint face, nuint letter, int flags);

    /// <summary>FT_FaceRec up to its glyph slot.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Face
    {
        public nint Count;
        public nint Index;
        public nint Flags;
        public nint StyleFlags;
        public nint Glyphs;
        public nint Family;
        public nint Style;
        public int FixedSizeCount;
        public nint FixedSizes;
        public int CharMapCount;
        public nint CharMaps;
        public nint GenericData;
        public nint GenericFinalizer;
        public nint MinX;
        public nint MinY;
        public nint MaxX;
        public nint MaxY;
        public ushort UnitsPerEm;
        public short Ascender;
        public short Descender;
        public short LineHeight;
        public short MaxAdvanceWidth;
        public short MaxAdvanceHeight;
        public short UnderlinePosition;
        public short UnderlineThickness;
        public nint Slot;
    }

    /// <summary>FT_GlyphSlotRec up to the place of its bitmap. Distances are 1/64 dot.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Slot
    {
        public nint Library;
        public nint Face;
        public nint Next;
        public uint GlyphIndex;
        public nint GenericData;
        public nint GenericFinalizer;
        public Metrics Metrics;
        public nint LinearHoriAdvance;
        public nint LinearVertAdvance;
        public nint AdvanceX;
        public nint AdvanceY;
        public int Format;
        public Bitmap Bitmap;
        public int BitmapLeft;
        public int BitmapTop;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Metrics
    {
        public nint Width;
        public nint Height;
        public nint HoriBearingX;
        public nint HoriBearingY;
        public nint HoriAdvance;
        public nint VertBearingX;
        public nint VertBearingY;
        public nint VertAdvance;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Bitmap
    {
        public uint Rows;
        public uint Width;
        public int Pitch;
        public nint Buffer;
        public ushort Greys;
        public byte PixelMode;
        public byte PaletteMode;
        public nint Palette;
    }
}
