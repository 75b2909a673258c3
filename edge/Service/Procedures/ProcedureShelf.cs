using MotCua.Edge.Configuration;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Procedures;

/// <summary>The procedures of a file that people change while the service runs. A file with errors changes nothing: the last good one stays.</summary>
public sealed class ProcedureShelf(string file, IReadOnlyCollection<ServiceCode> services, TimeProvider time)
{
    /// <summary>A change is seen after this long.</summary>
    public static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private ProcedureIndex index = ProcedureIndex.Empty;
    private string? trouble;
    private (long Bytes, DateTime Written)? read;
    private long? lookedAt;

    /// <summary>What stands in the newest good file, none without one; and what is wrong with the newest, null when nothing is.</summary>
    public (ProcedureIndex Index, string? Trouble) Look()
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (lookedAt is { } last && time.GetElapsedTime(last, now) < LooksEvery)
            {
                return (index, trouble);
            }

            lookedAt = now;
            Refresh();
            return (index, trouble);
        }
    }

    private void Refresh()
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists)
            {
                // Taken away on purpose: there is nothing to look up.
                (index, trouble, read) = (ProcedureIndex.Empty, null, null);
                return;
            }

            var found = (info.Length, info.LastWriteTimeUtc);
            if (read == found)
            {
                return;
            }

            read = found;
            if (info.Length > ProcedureFile.MaxBytes)
            {
                throw new ConfigurationException(file, [new ConfigurationError(1, "(tệp)", $"{info.Length} byte", $"nhiều nhất {ProcedureFile.MaxBytes >> 20} MB")]);
            }

            using var text = new StreamReader(file);
            index = new ProcedureIndex(ProcedureFile.Parse(file, text, services));
            trouble = null;
        }
        catch (ConfigurationException e)
        {
            trouble = e.Errors[0].ToString();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            (trouble, read) = (e.Message, null);
        }
    }
}
