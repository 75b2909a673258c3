using System.Collections.Immutable;
using System.Diagnostics;

namespace MotCua.Edge.Queue;

/// <summary>Decides what a command does. Pure: the same state, command and time always give the same decision.</summary>
public static class QueueRules
{
    /// <summary>Most tickets that wait at once. A province's busiest day is far below; a program that asks without end is stopped here and not by the box's memory.</summary>
    public const int MaxWaiting = 20_000;

    private const string InOrder = "Theo thứ tự lấy số.";

    /// <param name="clockTrusted">Without trust the business date of the journal stands.</param>
    public static Decision Decide(QueueState state, QueueCommand command, DateTimeOffset now, bool clockTrusted)
    {
        var opening = OpenDay(state, now, clockTrusted);
        foreach (var opened in opening)
        {
            state = QueueFold.Apply(state, opened);
        }

        var decision = command switch
        {
            IssueTicket issue => Issue(state, issue, now),
            CallNext(var counter) => CallNextTicket(state, counter, now),
            Recall(var counter) => RecallTicket(state, counter, now),
            FinishTicket(var counter) => Finish(state, counter),
            _ => throw new UnreachableException(command.GetType().Name),
        };
        return decision is Decided decided && opening.Count > 0 ? new Decided([.. opening, .. decided.Events]) : decision;
    }

    private static List<QueueEvent> OpenDay(QueueState state, DateTimeOffset now, bool clockTrusted)
    {
        var date = BusinessDate.Of(now, state.Date, clockTrusted);
        if (date == state.Date)
        {
            return [];
        }

        var leftovers = state.Living.OrderBy(ticket => ticket.Arrival);
        return [.. leftovers.Select(ticket => new TicketExpired(state.Date!.Value, ticket.Number)), new DayOpened(date)];
    }

    private static Decision Issue(QueueState state, IssueTicket issue, DateTimeOffset now)
    {
        if (!state.Plan.Services.TryGetValue(issue.Service, out var service))
        {
            return new Refused("unknown-service", "Trung tâm không có lĩnh vực này.");
        }

        if (state.WaitingCount >= MaxWaiting)
        {
            return new Refused("too-many-waiting", "Quá đông người chờ; vui lòng đến bàn hướng dẫn.");
        }

        var number = new TicketNumber(service.Series, state.LastNumbers.GetValueOrDefault(service.Series) + 1);
        return One(new TicketIssued(state.Date!.Value, number, issue.Service, issue.Token, issue.Origin, state.WaitingFor(issue.Service), now));
    }

    private static Decision CallNextTicket(QueueState state, CounterId counter, DateTimeOffset now)
    {
        if (!state.Plan.Counters.TryGetValue(counter, out var plan))
        {
            return UnknownCounter(counter);
        }

        var events = ImmutableArray.CreateBuilder<QueueEvent>(2);
        if (state.AtCounters.TryGetValue(counter, out var current))
        {
            events.Add(new TicketDone(state.Date!.Value, current.Number, counter, Inferred: true));
        }

        if (NextFor(state, plan) is { } next)
        {
            events.Add(new TicketCalled(state.Date!.Value, next.Number, counter, InOrder, now));
        }

        return events.Count > 0 ? new Decided(events.ToImmutable()) : new Refused("nobody-waiting", "Không còn công dân nào đang chờ.");
    }

    private static Ticket? NextFor(QueueState state, Counter counter)
    {
        Ticket? next = null;
        foreach (var service in counter.Services)
        {
            if (state.Waiting.TryGetValue(service, out var waiting) && waiting.First is { } first)
            {
                next = next is null || first.Arrival < next.Arrival ? first : next;
            }
        }

        return next;
    }

    private static Decision RecallTicket(QueueState state, CounterId counter, DateTimeOffset now) => AtCounter(
        state, counter, ticket => new TicketRecalled(state.Date!.Value, ticket.Number, counter, ticket.Calls + 1, now));

    private static Decision Finish(QueueState state, CounterId counter) => AtCounter(
        state, counter, ticket => new TicketDone(state.Date!.Value, ticket.Number, counter, Inferred: false));

    private static Decision AtCounter(QueueState state, CounterId counter, Func<Ticket, QueueEvent> happens)
    {
        if (!state.Plan.Counters.ContainsKey(counter))
        {
            return UnknownCounter(counter);
        }

        return state.AtCounters.TryGetValue(counter, out var ticket)
            ? One(happens(ticket))
            : new Refused("counter-empty", $"Quầy {counter} không có lượt nào đang phục vụ.");
    }

    private static Refused UnknownCounter(CounterId counter) => new("unknown-counter", $"Trung tâm không có quầy {counter}.");

    private static Decided One(QueueEvent happened) => new([happened]);
}
