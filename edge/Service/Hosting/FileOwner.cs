using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MotCua.Edge.Hosting;

/// <summary>Gives a file to whoever owns its folder: what root writes for the service stays the service's.</summary>
internal static partial class FileOwner
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint Owners = 0x8 | 0x10; // STATX_UID, STATX_GID
    private const int UserAt = 20;
    private const int GroupAt = 24;

    /// <summary>Whoever is not root cannot give a file away; then it stays as it is, and anybody may read it.</summary>
    public static void Share(string folder, string file)
    {
        // statx(2) lays its answer out alike on each architecture; stat(2) does not.
        Span<byte> answer = stackalloc byte[256];
        if (Statx(CurrentFolder, folder, 0, Owners, ref MemoryMarshal.GetReference(answer)) == 0)
        {
            _ = Chown(file, Word(answer[UserAt..]), Word(answer[GroupAt..]));
        }
    }

    private static uint Word(ReadOnlySpan<byte> at) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int from, string path, int flags, uint mask, ref byte answer);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint user, uint group);
}
