using System.Text.Json;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Clerks;

/// <summary>Who has a PIN: a file in the data folder that <c>edge clerk</c> writes and the service reads whenever it has changed.</summary>
public sealed class ClerkFile(string folder)
{
    /// <summary>More people than work in a centre.</summary>
    public const int Most = 100;

    private const string Name = "clerks.json";
    private const string FailuresName = "clerk-failures.json";
    private const int MaxBytes = 256 * 1024;

    private readonly Lock gate = new();
    private (DateTime Written, long Length) seen;
    private IReadOnlyList<Clerk>? known = [];

    private string Where => Path.Combine(folder, Name);

    /// <summary>Everyone with a PIN. Null when the file is there and cannot be read: then nobody may log in, and nobody is let in without.</summary>
    public IReadOnlyList<Clerk>? Current()
    {
        lock (gate)
        {
            try
            {
                var file = new FileInfo(Where);
                var now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
                if (now != seen)
                {
                    known = file.Exists ? Read() : [];
                    seen = now;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException)
            {
                // Looked at again the next time: it may be in the middle of being put right.
                (known, seen) = (null, default);
            }

            return known;
        }
    }

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="JsonException">It is no list of clerks.</exception>
    internal IReadOnlyList<Clerk> Read()
    {
        if (!File.Exists(Where))
        {
            return [];
        }

        var list = JsonSerializer.Deserialize(Limited(Where), ClerkJson.Default.ClerkList)?.Clerks ?? throw new JsonException();
        if (list.Count > Most || list.Any(clerk => !Clerk.IsName(clerk.Name) || clerk.Iterations is < 1 or > 10_000_000 || Convert.FromBase64String(clerk.Salt).Length < 8 || Convert.FromBase64String(clerk.Hash).Length == 0))
        {
            throw new JsonException();
        }

        return list;
    }

    internal void Write(IReadOnlyList<Clerk> clerks)
    {
        Directory.CreateDirectory(folder);
        TrustFile.Write(Where, JsonSerializer.Serialize(new ClerkList(clerks), ClerkJson.Default.ClerkList), TrustFile.OwnerOnly, mayReplace: true);
    }

    /// <summary>Gives a file that root wrote to whoever owns the folder: the service must read it.</summary>
    internal async Task GiveToServiceAsync()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        // There is no call for it in the runtime, and no box without this program.
        using var chown = System.Diagnostics.Process.Start("chown", ["--reference", folder, Where]);
        await chown.WaitForExitAsync();
        if (chown.ExitCode != 0)
        {
            throw new IOException($"chown {Where}: {chown.ExitCode}");
        }
    }

    internal IReadOnlyList<ClerkFailures> ReadFailures()
    {
        try
        {
            return File.Exists(FailuresAt) ? JsonSerializer.Deserialize(Limited(FailuresAt), ClerkJson.Default.ClerkFailureList)?.Clerks ?? [] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <exception cref="IOException">The card refused.</exception>
    internal void WriteFailures(IReadOnlyList<ClerkFailures> failures) =>
        TrustFile.Write(FailuresAt, JsonSerializer.Serialize(new ClerkFailureList(failures), ClerkJson.Default.ClerkFailureList), TrustFile.OwnerOnly, mayReplace: true);

    private string FailuresAt => Path.Combine(folder, FailuresName);

    private static byte[] Limited(string path) => new FileInfo(path).Length <= MaxBytes ? File.ReadAllBytes(path) : throw new IOException($"{path}: dài quá {MaxBytes} byte.");
}
