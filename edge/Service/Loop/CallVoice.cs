using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Speech;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Has every call spoken, in order: the first one plainly, further ones as a repetition.</summary>
/// <param name="say">Hands an announcement to the voice; returns at once.</param>
public sealed class CallVoice(Action<Announcement> say, TimeProvider time) : ICommitSink
{
    // After a minute the citizen has walked up, or the clerk has called again; a late voice would mislead.
    private static readonly TimeSpan UsefulFor = TimeSpan.FromSeconds(60);

    private readonly CallText text = new();

    public void Accept(Committed committed)
    {
        foreach (var happened in committed.Events)
        {
            switch (happened.Data)
            {
                case TicketCalled called:
                    Say(happened.Seq, called.Number, called.Counter, 1, UsefulFor);
                    break;
                case TicketRecalled recalled:
                    Say(happened.Seq, recalled.Number, recalled.Counter, recalled.Call, UsefulFor);
                    break;
                case TicketMissed missed:
                    say(new Announcement(null, text.Missed(missed.Number), NotAfter(UsefulFor)));
                    break;
            }
        }
    }

    /// <summary>After a start: what was called less than a minute ago and stands at its counter still is spoken once, when no voice answered for it.</summary>
    /// <param name="sameJournal">False after damage: the calls belong to a journal that takes no answers any more.</param>
    public void CatchUp(CentreState state, DateTimeOffset now, bool sameJournal)
    {
        foreach (var call in state.Calls.GroupBy(call => call.Counter).Select(calls => calls.Last()).OrderBy(call => call.Seq))
        {
            var age = now - call.At;
            if (!call.Spoken && age >= TimeSpan.Zero && age < UsefulFor && state.Queue.AtCounters.TryGetValue(call.Counter, out var ticket) && ticket.Number == call.Ticket)
            {
                Say(sameJournal ? call.Seq : null, call.Ticket.ToString(), call.Counter.Value, call.Times, UsefulFor - age);
            }
        }
    }

    private void Say(long? seq, string ticket, int counter, int times, TimeSpan useful) => say(new Announcement(
        seq is { } call ? new CallId(call) : null,
        times == 1 ? text.Call(ticket, counter) : text.Repeat(ticket, counter),
        NotAfter(useful)) { Kind = SpeechKind.Call });

    private long NotAfter(TimeSpan useful) => time.GetTimestamp() + (long)(useful.TotalSeconds * time.TimestampFrequency);
}
