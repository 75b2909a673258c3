using System.Text.Json;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Commands;

/// <summary>Takes what centres say of commands, as messages and as events of their logs, into steps for the next commit.</summary>
/// <param name="isKnown">Whether a command is known without asking the store.</param>
internal sealed class AnswerIntake(IBridgeStore store, Func<CommandKey, bool> isKnown)
{
    private const int MaxBytes = 4 * 1024;
    private const int MaxSteps = 10_000;

    /// <summary>Steps of one centre that wait for a commit. An honest one has a fifth of it: sixteen commands with five states each, since the same state again takes the place of itself.</summary>
    public const int MostOfACentre = 4 * 5 * CommandTraffic.MostOfACentre;

    private readonly List<CommandStep> steps = [];
    private readonly Dictionary<(CommandKey Key, string State), int> places = [];
    private readonly Dictionary<CentreId, int> counts = [];

    /// <summary>What no commit has taken yet, in order.</summary>
    public IReadOnlyList<CommandStep> Steps => steps;

    public void Saved()
    {
        steps.Clear();
        places.Clear();
        counts.Clear();
    }

    /// <returns>False when too many of that centre wait already: no other centre is the worse for it.</returns>
    public bool Add(CommandStep step)
    {
        if (places.TryGetValue((step.Key, step.State), out var place))
        {
            steps[place] = step with { Note = step.Note ?? steps[place].Note, Done = step.Done ?? steps[place].Done, Of = step.Of ?? steps[place].Of };
            return true;
        }

        if (counts.GetValueOrDefault(step.Key.Centre) >= MostOfACentre)
        {
            return false;
        }

        counts[step.Key.Centre] = counts.GetValueOrDefault(step.Key.Centre) + 1;
        places.Add((step.Key, step.State), steps.Count);
        steps.Add(step);
        return true;
    }

    /// <returns>Why it belongs in quarantine; null when it does not.</returns>
    public string? Take(CentreId centre, string id, ReadOnlyMemory<byte> payload, DateTimeOffset now)
    {
        if (payload.Length > MaxBytes)
        {
            return $"{payload.Length} bytes; at most {MaxBytes} are taken.";
        }

        CommandAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(payload.Span, AnswerJson.Default.CommandAnswer);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return e.Message.Length <= 200 ? e.Message : e.Message[..200];
        }

        // A control character in a reason some engines cannot keep, and nobody can read.
        if (answer is null || answer.Id != id || !CommandId.IsValid(id) || !CommandState.IsKnown(answer.State) || answer.Reason?.Length > CommandAnswer.MaxReason || answer.Reason?.Any(char.IsControl) == true
            || answer.Step is < 0 or > MaxSteps || answer.Steps is < 0 or > MaxSteps)
        {
            return "Not an answer: its id is not the topic's, or its state, reason or steps are none.";
        }

        var key = new CommandKey(centre, id);
        if (!isKnown(key) && store.FindCommand(key) is null)
        {
            return "An answer to a command that was never given to this centre.";
        }

        Add(new CommandStep(key, answer.State, answer.Reason, answer.Step, answer.Steps, now));
        return null;
    }

    public void Take(IReadOnlyList<LogAppend> appends, DateTimeOffset now)
    {
        foreach (var append in appends)
        {
            foreach (var one in append.Events)
            {
                // Looked for before it is parsed: of a hundred thousand events a second hardly any is an answer.
                if (one.Span.IndexOf("\"command.answered\""u8) >= 0 && Read(one) is { } answered && CommandId.IsValid(answered.Id) && CommandState.IsKnown(answered.State))
                {
                    var reason = answered.Reason?.Any(char.IsControl) == true ? null : CommandAnswer.Fitting(answered.Reason);
                    Add(new CommandStep(new CommandKey(append.Log.Centre, answered.Id), answered.State, reason, null, null, now));
                }
            }
        }
    }

    private static CommandAnswered? Read(ReadOnlyMemory<byte> one)
    {
        try
        {
            return EventCodec.Read(one.Span).Data as CommandAnswered;
        }
        catch (JsonException)
        {
            return null; // The log keeps what this version does not understand.
        }
    }
}
