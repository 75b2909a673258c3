using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Has every call spoken, in order: the first one plainly, further ones as a repetition.</summary>
public sealed class CallVoice(Announcer announcer, TimeProvider time) : ICommitSink
{
    // After a minute the citizen has walked up, or the clerk has called again; a late voice would mislead.
    private static readonly TimeSpan UsefulFor = TimeSpan.FromSeconds(60);

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
                    announcer.Say(new Announcement(null, Vietnamese.Language.Missed(missed.Number).Text, NotAfter(UsefulFor)));
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

    private void Say(long? seq, string ticket, int counter, int times, TimeSpan useful) => announcer.Say(new Announcement(
        seq is { } call ? new CallId(call) : null,
        Vietnamese.Language.Call(ticket, counter, again: times > 1).Text,
        NotAfter(useful)));

    private long NotAfter(TimeSpan useful) => time.GetTimestamp() + (long)(useful.TotalSeconds * time.TimestampFrequency);
}
