namespace MotCua.Edge.Queue;

/// <summary>Who gets a number.</summary>
internal static class IssueRules
{
    public static Decision Issue(Moment moment, IssueTicket issue)
    {
        if (Closed(moment, issue.Service, out var service) is { } closed)
        {
            return closed;
        }

        PriorityGroup? group = null;
        if (issue.Priority is { } code && (group = PriorityTable.InForce(moment, code)) is null)
        {
            return Refusals.UnknownPriority;
        }

        // Without the time nobody is sent home because of the time.
        if (moment.ClockTrusted)
        {
            if (OpeningHours.Refuse(moment.Plan.Hours, moment.Now) is { } outside)
            {
                return outside;
            }

            if (service!.Quota is { } quota && moment.State.Issued.GetValueOrDefault(service.Code) >= quota)
            {
                return Refusals.QuotaReached(service);
            }
        }

        return Give(moment, service!, number => new TicketIssued(
            moment.Today, number, issue.Service, issue.Token, issue.Origin, 0, moment.Now, group?.Code, group?.Credit ?? TimeSpan.Zero, moment.ClockTrusted,
            Language: issue.Language, Procedure: issue.Procedure));
    }

    /// <summary>What keeps everyone out, with or without an appointment.</summary>
    public static Refused? Closed(Moment moment, ServiceCode code, out Service? service)
    {
        var state = moment.State;
        if (!moment.Plan.Services.TryGetValue(code, out service))
        {
            return Refusals.UnknownService;
        }

        if (DayRules.IsClosed(moment))
        {
            return Refusals.DayIsClosed;
        }

        if (state.CentrePause is { } centre)
        {
            return Refusals.CentrePaused(centre);
        }

        return state.PausedServices.TryGetValue(code, out var pause) ? Refusals.ServicePaused(service, pause) : null;
    }

    /// <summary>Gives the next number of the service's series.</summary>
    /// <param name="issued">The event of that number; who is ahead is filled in here.</param>
    public static Decision Give(Moment moment, Service service, Func<TicketNumber, TicketIssued> issued)
    {
        var state = moment.State;
        if (state.WaitingCount + state.Aside.Count >= QueueRules.MaxWaiting)
        {
            return Refusals.TooManyWaiting;
        }

        var last = state.LastNumbers.GetValueOrDefault(service.Series);
        if (last >= TicketNumber.Most)
        {
            return Refusals.NumbersUsedUp;
        }

        var happens = issued(new TicketNumber(service.Series, last + 1));
        var ahead = state.LineOf(service.Code).AheadOf(IssueFold.TicketOf(happens, state.Clock.Next(moment.Now), state.NextArrival));
        return Moment.One(happens with { Ahead = ahead });
    }
}
