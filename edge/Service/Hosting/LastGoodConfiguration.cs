using MotCua.Edge.Configuration;

namespace MotCua.Edge.Hosting;

/// <summary>Keeps the newest file that worked, so that a bad edit never keeps a centre closed in the morning.</summary>
internal static class LastGoodConfiguration
{
    private const string Name = "centre.last-good.yaml";

    /// <returns>The options, and the errors of the file when the last good one had to stand in.</returns>
    /// <exception cref="ConfigurationException">The file cannot be used and there was never a good one.</exception>
    public static (CentreOptions Options, ConfigurationException? Bad) Load(string file, string dataFolder)
    {
        try
        {
            return (CentreFile.Read(file), null);
        }
        catch (ConfigurationException e) when (File.Exists(Path.Combine(dataFolder, Name)))
        {
            return (CentreFile.Read(Path.Combine(dataFolder, Name)), e);
        }
    }

    /// <summary>A centre was put together from the file: it is good. One that was changed meanwhile is judged at the next start.</summary>
    /// <remarks>A card that takes no copy keeps no centre closed: the file itself is good.</remarks>
    public static void Keep(string file, string hash, string dataFolder)
    {
        try
        {
            var kept = Path.Combine(dataFolder, Name);
            var bytes = File.ReadAllBytes(file);
            if (CentreFile.HashOf(bytes) != hash || (File.Exists(kept) && File.ReadAllBytes(kept).AsSpan().SequenceEqual(bytes)))
            {
                return; // Nothing to write: one write less for the card at each start.
            }

            var unfinished = kept + ".new";
            using (var copy = File.Create(unfinished))
            {
                copy.Write(bytes);
                copy.Flush(flushToDisk: true);
            }

            File.Move(unfinished, kept, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The older copy stands.
        }
    }
}
