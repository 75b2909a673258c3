using System.Text.Json;
using MotCua.Edge.Configuration;
using MotCua.Edge.Journal;
using MotCua.Protocols.Configuration;

namespace MotCua.Edge.Trials;

/// <summary>The configurations of the province on the card: their texts, and one small file that says which is used. Read anew each time, since a person may write it beside the service.</summary>
/// <remarks>Each write replaces the whole file and is durable when it returns, so that a power cut finds the state before or the state after.</remarks>
/// <param name="folder">Of its own.</param>
public sealed class TrialBook(IJournalFolder folder)
{
    private const string StateFile = "configuration.json";
    private const string Prefix = "province-";
    private const string Suffix = ".yaml";

    // A dozen lines of history, each with a dozen errors.
    private const int MaxStateBytes = 256 * 1024;

    /// <summary>What was never written, or came back garbled, says nothing: then the box's own file is used, and a word that is newer than the journal's mark is tried.</summary>
    /// <exception cref="IOException">It is there and cannot be read: nobody knows what it says, so nothing may be written over it.</exception>
    internal TrialState Read()
    {
        try
        {
            return Load(StateFile, MaxStateBytes) is { } bytes ? JsonSerializer.Deserialize(bytes, TrialJson.Default.TrialState) ?? TrialState.Empty : TrialState.Empty;
        }
        catch (JsonException)
        {
            return TrialState.Empty;
        }
    }

    /// <exception cref="IOException">The card refused; the state before stands.</exception>
    internal void Write(TrialState state)
    {
        folder.Replace(StateFile, JsonSerializer.SerializeToUtf8Bytes(state, TrialJson.Default.TrialState));
        Clean(state);
    }

    /// <exception cref="IOException">The card refused.</exception>
    internal void SaveText(string hash, ReadOnlySpan<byte> text) => folder.Replace(NameOf(hash), text);

    /// <returns>Null when it is not there, or is another.</returns>
    /// <exception cref="IOException">It is there and cannot be read now.</exception>
    internal byte[]? TextOf(PushedRevision which) => Load(NameOf(which.Hash), DesiredConfiguration.MaxTextBytes) is { } bytes && CentreFile.HashOf(bytes) == which.Hash ? bytes : null;

    private byte[]? Load(string name, int most)
    {
        if (!folder.List().Contains(name))
        {
            return null;
        }

        using var file = folder.OpenRead(name);
        var bytes = new byte[(int)Math.Min(file.Length, most)];
        return bytes[..file.Read(0, bytes)];
    }

    private void Clean(TrialState state)
    {
        try
        {
            var needed = state.Hashes.Select(NameOf).ToHashSet(StringComparer.Ordinal);
            foreach (var name in folder.List().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !needed.Contains(name)))
            {
                folder.Delete(name);
            }
        }
        catch (IOException)
        {
            // Some kilobytes stay until the next time.
        }
    }

    private static string NameOf(string hash) => $"{Prefix}{hash}{Suffix}";
}
