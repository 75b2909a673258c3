namespace MotCua.CloudBridge.Ingest;

/// <summary>Tells what works behind ingest when to give way: centres wait for acknowledgements, nobody waits for a view.</summary>
/// <remarks>Its loop says how long each step took; while it works most of the time, a rush is on. Written by one thread, read by anyone.</remarks>
public sealed class IngestPressure(TimeProvider time)
{
    /// <summary>Over which the share is taken, 0.5 s.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    /// <summary>A part that gives way rests this many times as long as it worked.</summary>
    public const int RestsFor = 4;

    /// <summary>However long it worked, 2 s: it goes on, only slower.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(2);

    private const double MostOfTheTime = 0.6;

    private readonly Lock gate = new();
    private long from = time.GetTimestamp();
    private TimeSpan worked;
    private bool high;

    /// <summary>Whether the last window was worked through. A loop that rests is not in a rush, however long ago it last said so.</summary>
    public bool IsHigh
    {
        get
        {
            lock (gate)
            {
                return high && time.GetElapsedTime(from) < 4 * Window;
            }
        }
    }

    /// <param name="step">How long the step took, commit included.</param>
    public void Worked(TimeSpan step)
    {
        lock (gate)
        {
            worked += step;
            var passed = time.GetElapsedTime(from);
            if (passed >= Window)
            {
                (high, worked, from) = (worked >= passed * MostOfTheTime, TimeSpan.Zero, time.GetTimestamp());
            }
        }
    }

    /// <summary>How long a part that works behind ingest should rest.</summary>
    /// <param name="wanted">By itself.</param>
    /// <param name="took">Its last step.</param>
    public TimeSpan Rest(TimeSpan wanted, TimeSpan took)
    {
        var polite = took * RestsFor;
        polite = polite < LongestRest ? polite : LongestRest;
        return IsHigh && polite > wanted ? polite : wanted;
    }
}
