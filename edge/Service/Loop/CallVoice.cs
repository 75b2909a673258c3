using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Stepping;
using MotCua.Protocols.Events;
using LanguageCode = MotCua.Edge.Queue.LanguageCode;
using TicketNumber = MotCua.Edge.Queue.TicketNumber;
using TicketStage = MotCua.Edge.Queue.TicketStage;

namespace MotCua.Edge.Loop;

/// <summary>Has every call spoken, in order and in the ticket's language too: the first one plainly, further ones as a repetition.</summary>
/// <param name="say">Hands an announcement to the voice; returns at once.</param>
/// <param name="now">What is durable now.</param>
public sealed class CallVoice(Action<Announcement> say, CallScripts scripts, TimeProvider time, Func<CentreState> now) : ICommitSink
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
                    Say(happened.Seq, called.Number, called.Counter, 1, UsefulFor, LanguageOf(committed, called.Number));
                    break;
                case TicketRecalled recalled:
                    Say(happened.Seq, recalled.Number, recalled.Counter, recalled.Call, UsefulFor, LanguageOf(committed, recalled.Number));
                    break;
                case TicketMissed missed:
                    say(Announcement.Of(null, scripts.Missed(missed.Number, LanguageOf(committed, missed.Number)), time.After(UsefulFor)) with { StillTrue = () => IsMissed(missed) });
                    break;
            }
        }
    }

    /// <summary>After a start: what was called less than a minute ago and stands at its counter still is spoken once, when no voice answered for it.</summary>
    /// <param name="sameJournal">False after damage: the calls belong to a journal that takes no answers any more.</param>
    public void CatchUp(CentreState state, DateTimeOffset at, bool sameJournal)
    {
        foreach (var call in state.Calls.GroupBy(call => call.Counter).Select(calls => calls.Last()).OrderBy(call => call.Seq))
        {
            var age = at - call.At;
            if (!call.Spoken && age >= TimeSpan.Zero && age < UsefulFor && state.Queue.AtCounters.TryGetValue(call.Counter, out var ticket) && ticket.Number == call.Ticket)
            {
                Say(sameJournal ? call.Seq : null, call.Ticket.ToString(), call.Counter.Value, call.Times, UsefulFor - age, ticket.Language);
            }
        }
    }

    // Known as long as the ticket lives, and a commit that ends it as well as calling it is of a hall without citizens.
    private static LanguageCode? LanguageOf(Committed committed, string number)
    {
        var ticket = TicketNumber.Parse(number);
        foreach (var (_, here) in committed.State.Queue.AtCounters)
        {
            if (here.Number == ticket)
            {
                return here.Language;
            }
        }

        return committed.State.Queue.Aside.GetValueOrDefault(ticket)?.Language;
    }

    // The clerk may have undone it, or called the citizen again, while the voice was busy.
    private bool IsMissed(TicketMissed missed) =>
        now().Queue.Aside.TryGetValue(TicketNumber.Parse(missed.Number), out var ticket) && ticket.Stage == TicketStage.Missed;

    private void Say(long? seq, string ticket, int counter, int times, TimeSpan useful, LanguageCode? own) => say(Announcement.Of(
        seq is { } call ? new CallId(call) : null, scripts.Call(ticket, counter, again: times > 1, own), time.After(useful)) with { Kind = SpeechKind.Call });
}
