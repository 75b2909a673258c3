using System.Runtime.InteropServices;

namespace MotCua.Edge.Devices.Speech.Alsa;

/// <summary>The part of libasound that playing and listening need.</summary>
/// <remarks>Source: alsa-lib, include/pcm.h; the numbers are part of its stable ABI.</remarks>
internal static partial class AlsaLibrary
{
    public const int StreamPlayback = 0;
    public const int StreamCapture = 1;
    public const int NonBlocking = 1;
    public const int FormatS16LittleEndian = 2;
    public const int AccessInterleaved = 3;
    public const int StateRunning = 3;
    public const int StateDraining = 5;

    private const string Library = "libasound.so.2";

    [LibraryImport(Library, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(out nint pcm, string device, int stream, int mode);

    [LibraryImport(Library, EntryPoint = "snd_pcm_set_params")]
    public static partial int SetParams(
        nint pcm, int format, int access, uint channels, uint rate, int softResample, uint latencyMicroseconds);

    /// <remarks>snd_pcm_sframes_t is a C long, which has the width of a pointer on Linux.</remarks>
    [LibraryImport(Library, EntryPoint = "snd_pcm_writei")]
    public static partial nint Write(nint pcm, ReadOnlySpan<byte> samples, nuint frames);

    /// <inheritdoc cref="Write"/>
    [LibraryImport(Library, EntryPoint = "snd_pcm_readi")]
    public static partial nint Read(nint pcm, Span<byte> samples, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_start")]
    public static partial int Start(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_recover")]
    public static partial int Recover(nint pcm, int error, int silent);

    [LibraryImport(Library, EntryPoint = "snd_pcm_drain")]
    public static partial int Drain(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_drop")]
    public static partial int Drop(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_state")]
    public static partial int State(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_close")]
    public static partial int Close(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_delay")]
    public static partial int Delay(nint pcm, out nint frames);

    /// <summary>Words for a negated errno.</summary>
    public static string Explain(int error) => Marshal.PtrToStringUTF8(Strerror(error)) ?? $"error {error}";

    [LibraryImport(Library, EntryPoint = "snd_strerror")]
    private static partial nint Strerror(int error);
}
