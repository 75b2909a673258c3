using MotCua.Edge.Loop;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Commands;

/// <summary>The two boxes between desk and uplink: words of the province that came in, and answers that are to go out. Both have a bound. Any thread.</summary>
/// <param name="came">Called when something came in.</param>
internal sealed class CommandPost(TimeProvider time, Action came)
{
    /// <summary>Words that wait to be verified; a minute's worth of commands at most.</summary>
    private const int MostWaiting = 32;

    /// <summary>Verifying one takes a Pi a millisecond; more than so many a minute are not looked at. An honest province sends a few a day.</summary>
    private const int MostAMinute = 60;

    /// <summary>Past it the oldest goes: the journal says the same.</summary>
    private const int MostAnswers = 64;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> waiting = new();
    private readonly Queue<CommandAnswer> answers = new();
    private long minuteFrom = time.GetTimestamp();
    private int thisMinute;
    private int tooLong;
    private int tooMany;
    private bool sayAgain;

    /// <summary>Raised when there is an answer to send.</summary>
    public event Action? Answered;

    public void Put(ReadOnlyMemory<byte> token)
    {
        lock (gate)
        {
            if (time.GetElapsedTime(minuteFrom) >= Minute)
            {
                (minuteFrom, thisMinute) = (time.GetTimestamp(), 0);
            }

            if (token.Length > SignedToken.MaxBytes)
            {
                tooLong++;
            }
            else if (waiting.Count >= MostWaiting || thisMinute >= MostAMinute)
            {
                tooMany++;
            }
            else
            {
                thisMinute++;
                waiting.Enqueue(token);
            }
        }

        came();
    }

    /// <summary>All that came in since the last call, and how many were longer than any token, or so many that nobody looks at them.</summary>
    public (List<ReadOnlyMemory<byte>> Tokens, int TooLong, int TooMany) Take()
    {
        lock (gate)
        {
            var taken = (waiting.ToList(), tooLong, tooMany);
            waiting.Clear();
            (tooLong, tooMany) = (0, 0);
            return taken;
        }
    }

    public void Say(CommandAnswer answer)
    {
        lock (gate)
        {
            if (answers.Count == MostAnswers)
            {
                answers.Dequeue();
            }

            answers.Enqueue(answer);
        }

        Answered?.Invoke();
    }

    /// <summary>All answers that are to go out now, oldest first.</summary>
    public List<CommandAnswer> TakeAnswers()
    {
        lock (gate)
        {
            var all = answers.ToList();
            answers.Clear();
            return all;
        }
    }

    /// <summary>The line is up again: what the province lacks is known with its first acknowledgement.</summary>
    public void Connected()
    {
        lock (gate)
        {
            answers.Clear();
            sayAgain = true;
        }
    }

    /// <summary>The province holds the journal up to there; what it does not hold of our answers is said again, once a connection.</summary>
    public void Held(long upTo, CommandMemory memory)
    {
        lock (gate)
        {
            if (!sayAgain)
            {
                return;
            }

            sayAgain = false;
        }

        foreach (var lacking in memory.Known.Values.Where(one => one.Seq > upTo).OrderBy(one => one.Seq))
        {
            Say(AnswerOf(lacking));
        }
    }

    public static CommandAnswer AnswerOf(KnownCommand known) => new(known.Id, known.State, known.Reason, known.At);
}
