using System.Collections.Immutable;

namespace MotCua.Edge.Queue;

/// <summary>Keeps the figures of the day from the queue's events, in order. Beside the state, not in it: a snapshot does not grow with the day. Used by one thread at a time.</summary>
public sealed class DayLedger
{
    private readonly Dictionary<TicketNumber, TicketStory> stories = [];
    private readonly Dictionary<Rating, int> ratings = [];
    private DateOnly date;
    private string? boot;
    private bool closed;
    private int overtakings;
    private int apart;

    /// <summary>The day before, as it ended; null before the first change of day.</summary>
    public DayReport? Before { get; private set; }

    public void Add(QueueEvent happened)
    {
        switch (happened)
        {
            case DayOpened e:
                Open(e);
                break;
            case DayConfirmed:
                Settle();
                break;
            case BoxStarted e when e.Boot != boot:
                boot = e.Boot;
                // The same as in BootMark.GoesOn: what nothing has settled yet goes on over a boot.
                if (closed)
                {
                    Settle();
                }

                closed = false;
                break;
            case DayClosed:
                closed = true;
                break;
            case DayReopened:
                closed = false;
                break;
            case ClockCorrected e:
                Corrected(e);
                break;
            case TicketIssued e:
                stories[e.Number] = new TicketStory
                {
                    Service = e.Service,
                    Priority = e.Priority,
                    // Who comes before the slot waits of their own accord until then.
                    Since = e.Slot is { } slot && slot > e.At ? slot : e.At,
                    Unsure = !e.ClockTrusted,
                    Measures = e.ClockTrusted,
                };
                break;
            case TicketCalled e:
                Call(e);
                break;
            case ServingStarted e:
                Change(e.Number, story => story.ServiceSince = e.At);
                break;
            case TicketDone e:
                Change(e.Number, story => Done(story, e));
                break;
            case TicketMissed e:
                End(e.Number, TicketEnd.Missed);
                break;
            case TicketReturned e:
                End(e.Number, TicketEnd.None);
                break;
            case TicketTransferred e:
                Change(e.Number, story => (story.ServiceBefore, story.Service) = (story.Service, e.Service));
                break;
            case TicketCancelled e:
                End(e.Number, TicketEnd.Cancelled);
                break;
            case TicketExpired e:
                End(e.Number, TicketEnd.Expired);
                break;
            case ActionUndone e:
                Change(e.Number, story => Undo(story, e.Action));
                break;
            case TicketRated e:
                ratings[e.Rating] = ratings.GetValueOrDefault(e.Rating) + 1;
                break;
        }
    }

    /// <summary>The day so far.</summary>
    public DayReport Report() => DayReport.Of(date, stories.Values, overtakings, apart, ratings);

    private void Open(DayOpened opened)
    {
        var moved = opened.Carries ? stories.Where(story => story.Value.Unsure).ToList() : [];
        foreach (var (number, _) in moved)
        {
            stories.Remove(number);
        }

        Before = stories.Count > 0 ? Report() : Before;
        stories.Clear();
        foreach (var (number, story) in moved)
        {
            stories.Add(number, story);
        }

        (date, overtakings, apart, closed) = (opened.Date, 0, 0, false);
        ratings.Clear();
    }

    // What has begun moves along, so that it measures what passed. A slot that is still to come was said in true time.
    private void Corrected(ClockCorrected corrected)
    {
        var before = corrected.At.Moved(-corrected.Step);
        foreach (var story in stories.Values)
        {
            story.Since = story.Since <= before ? story.Since.Moved(corrected.Step) : story.Since;
            story.ServiceSince = story.ServiceSince?.Moved(corrected.Step);
        }
    }

    private void Settle()
    {
        foreach (var story in stories.Values)
        {
            story.Unsure = false;
        }
    }

    private void Call(TicketCalled called)
    {
        Change(called.Number, story =>
        {
            // The first call ends the waiting. A time that was taken without knowing the time measures nothing once the clock was set.
            story.Waited ??= story.Measures && called.At >= story.Since ? called.At - story.Since : null;
            (story.Counter, story.ServiceSince, story.End) = (called.Counter, called.At, TicketEnd.None);
        });
        if (called.Grounds is { } grounds)
        {
            overtakings += grounds.Over.IsEmpty ? 0 : grounds.Passed;
            apart += grounds.Over.IsEmpty ? grounds.Passed : 0;
        }
    }

    private static void Undo(TicketStory story, UndoableAction action)
    {
        (story.End, story.ServedFor) = (action == UndoableAction.Cancel ? story.EndBefore : TicketEnd.None, null);
        story.Service = action == UndoableAction.Transfer ? story.ServiceBefore : story.Service;
    }

    private static void Done(TicketStory story, TicketDone done)
    {
        story.End = done.Inferred ? TicketEnd.Inferred : TicketEnd.Served;
        story.ServedFor = !done.Inferred && story.ServiceSince is { } since && done.At >= since ? done.At - since : null;
    }

    private void End(TicketNumber number, TicketEnd end) => Change(number, story => (story.EndBefore, story.End) = (story.End, end));

    // A ticket that is not there was issued in a part of the journal that is lost.
    private void Change(TicketNumber number, Action<TicketStory> change)
    {
        if (stories.TryGetValue(number, out var story))
        {
            change(story);
        }
    }
}
