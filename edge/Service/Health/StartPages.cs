using System.Globalization;
using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Health;

/// <summary>Lets go of the pages of program files that a moment needed, as the start does: what runs on is mapped again at its next use, the rest need not stay.</summary>
/// <remarks>
/// Pages that nothing maps are the first the kernel may reuse when the cameras' decoders need room; until then they stay in its cache, so that nothing is read from the card again.
/// Only what can never hold anything of our own is let go of: not writable, of a file, without one changed page. Sources: madvise(2), proc_pid_smaps(5).
/// </remarks>
public sealed partial class StartPages : ISteppedLoop
{
    // A box has about a thousand mappings of some 25 lines.
    private const int MostLines = 200_000;
    private const int DontNeed = 4;

    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(10);

    private bool started;

    public string Name => "start pages";

    public WakeSignal Wake { get; } = new();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (!started)
        {
            started = true;
            return ValueTask.FromResult(AfterStart);
        }

        try
        {
            foreach (var (start, length) in Unchanged(File.ReadLines("/proc/self/smaps").Take(MostLines)).ToList())
            {
                // Refused: a mapping that is gone by now, or held in memory on purpose. It stays as it is.
                _ = Advise(start, length, DontNeed);
            }
        }
        catch (IOException)
        {
            return ValueTask.FromResult(Timeout.InfiniteTimeSpan); // No such table here.
        }

        return ValueTask.FromResult(Pace);
    }

    /// <summary>The mappings of files that cannot be written to and hold no page that differs from its file.</summary>
    /// <param name="smaps">The lines of a process's table of mappings.</param>
    public static IEnumerable<(nint Start, nint Length)> Unchanged(IEnumerable<string> smaps)
    {
        (nint Start, nint Length)? candidate = null;
        foreach (var line in smaps)
        {
            var words = line.Split(' ', 7, StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, { Length: 4 } rights, ..] && rights[3] is 'p' or 's')
            {
                candidate = null;
                // A program being replaced is marked deleted, and a memory file has no card under it.
                if (words is [var range, _, _, _, _, var path, ..] && rights[1] == '-' && path.StartsWith('/') && !line.EndsWith("(deleted)", StringComparison.Ordinal)
                    && range.Split('-') is [var from, var to]
                    && nint.TryParse(from, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
                    && nint.TryParse(to, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end))
                {
                    candidate = (start, end - start);
                }
            }
            else if (candidate is { } mapping && words is ["Anonymous:", var anonymous, ..])
            {
                candidate = null;
                if (anonymous == "0")
                {
                    yield return mapping;
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nint length, int advice);
}
