using MotCua.Edge.Journal;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Commands;

/// <summary>Commands that are not over, as they were signed, beside the journal: a file each, so that a power cut between accepting and acting loses none.</summary>
/// <remarks>
/// Not in the journal, whose events leave the box and stay for ever: what is to be said may hold a name that somebody typed. What is read back is verified again, so a
/// file that somebody put there commands nothing.
/// </remarks>
internal sealed class CommandFiles(IJournalFolder folder)
{
    private const string Prefix = "command-";
    private const string Suffix = ".jwt";

    /// <exception cref="IOException">The card refused.</exception>
    public void Save(CommandId id, ReadOnlySpan<byte> token) => folder.Replace(NameOf(id.Value), token);

    /// <returns>Null when there is none, or it cannot be read.</returns>
    public byte[]? Load(string id)
    {
        try
        {
            if (!folder.List().Contains(NameOf(id)))
            {
                return null;
            }

            using var file = folder.Open(NameOf(id));
            var bytes = new byte[(int)Math.Min(file.Length, SignedToken.MaxBytes)];
            return bytes[..file.Read(0, bytes)];
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Removes all but those of the commands that are open. A file that cannot be removed is tried again at the next start.</summary>
    public void KeepOnly(IReadOnlySet<string> open)
    {
        try
        {
            var kept = open.Select(NameOf).ToHashSet(StringComparer.Ordinal);
            foreach (var name in folder.List().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !kept.Contains(name)))
            {
                folder.Delete(name);
            }
        }
        catch (IOException)
        {
            // Told already by whoever writes the journal.
        }
    }

    public void Delete(string id)
    {
        try
        {
            folder.Delete(NameOf(id));
        }
        catch (IOException)
        {
            // As above: at the next start it belongs to no open command.
        }
    }

    private static string NameOf(string id) => $"{Prefix}{id}{Suffix}";
}
