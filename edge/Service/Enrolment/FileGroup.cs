using System.Runtime.InteropServices;

namespace MotCua.Edge.Enrolment;

/// <summary>Which group a file belongs to, which the library does not tell.</summary>
internal static partial class FileGroup
{
    // From linux/stat.h; struct statx is the same on every architecture.
    private const int CurrentFolder = -100;
    private const uint GroupOnly = 0x10;
    private const int Size = 256;
    private const int GroupAt = 24;

    /// <returns>Null when nobody knows.</returns>
    public static uint? Of(string path)
    {
        Span<byte> found = stackalloc byte[Size];
        return OperatingSystem.IsLinux() && StatX(CurrentFolder, path, 0, GroupOnly, ref MemoryMarshal.GetReference(found)) == 0
            ? MemoryMarshal.Read<uint>(found[GroupAt..])
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint wanted, ref byte found);
}
