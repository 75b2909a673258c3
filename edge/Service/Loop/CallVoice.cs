using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Speech;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Has every call spoken, in order: the first one plainly, further ones as a repetition.</summary>
public sealed class CallVoice(Announcer announcer, TimeProvider time) : ICommitSink
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
            }
        }
    }

    /// <summary>After a start: a call younger than a minute that no voice answered for is spoken once.</summary>
    public void CatchUp(CentreState state, DateTimeOffset now)
    {
        foreach (var call in state.Calls.Where(call => !call.Spoken))
        {
            var age = now - call.At;
            if (age >= TimeSpan.Zero && age < UsefulFor)
            {
                Say(call.Seq, call.Ticket.ToString(), call.Counter.Value, call.Times, UsefulFor - age);
            }
        }
    }

    private void Say(long seq, string ticket, int counter, int times, TimeSpan useful) => announcer.Say(new Announcement(
        new CallId(seq),
        times == 1 ? text.Call(ticket, counter) : text.Repeat(ticket, counter),
        time.GetTimestamp() + (long)(useful.TotalSeconds * time.TimestampFrequency)));
}
