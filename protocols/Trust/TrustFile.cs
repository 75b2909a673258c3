using System.Text;

namespace MotCua.Protocols.Trust;

/// <summary>Writes keys and certificates: whole or not at all, on the disk before it returns, and never readable by others for a moment before they are closed to them.</summary>
public static class TrustFile
{
    /// <summary>For a private key that one user alone reads.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For a private key that a service reads through the group of its folder.</summary>
    public const UnixFileMode OwnerAndGroup = OwnerOnly | UnixFileMode.GroupRead;

    /// <summary>For what everybody may know.</summary>
    public const UnixFileMode Everyone = OwnerAndGroup | UnixFileMode.OtherRead;

    /// <param name="mayReplace">False: a file that is there stays, and the call fails.</param>
    /// <exception cref="IOException">It is there and may not be replaced, or the disk takes no more.</exception>
    public static void Write(string path, string text, UnixFileMode mode, bool mayReplace)
    {
        var unfinished = path + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) // A developer's machine; there the directory's access list decides.
        {
            options.UnixCreateMode = mode & OwnerOnly;
        }

        try
        {
            using (var file = new FileStream(unfinished, options))
            {
                file.Write(Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\n"));
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(file.SafeFileHandle, mode); // Else the caller's umask would take away what a service needs.
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, mayReplace);
        }
        catch
        {
            File.Delete(unfinished); // It may hold a private key that nobody would look for here.
            throw;
        }
    }
}
