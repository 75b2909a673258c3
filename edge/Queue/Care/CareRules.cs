namespace MotCua.Edge.Queue;

/// <summary>What citizens need around the queue: another print, help, a word on how it went.</summary>
internal static class CareRules
{
    /// <summary>Prints of one ticket, the original counted. Three spare ones are a lost slip and two jams; more is a game with the paper.</summary>
    public const int MostPrints = 4;

    /// <summary>More places than a centre has. Beyond it a program is asking.</summary>
    public const int MostHelpRequests = 64;

    /// <summary>Counted apart, since they stand for days: whoever floods the one keeps nobody from the other.</summary>
    public const int MostAtHome = 64;

    /// <summary>A support team has some twenty.</summary>
    public const int MostMembers = 99;

    public static Decision Reprint(Moment moment, ReprintTicket reprint)
    {
        var state = moment.State;
        var ticket = state.CounterOf(reprint.Number) is { } counter ? state.AtCounters[counter]
            : state.Aside.TryGetValue(reprint.Number, out var aside) ? aside
            : state.FindWaiting(reprint.Number);
        if (ticket is null)
        {
            return Refusals.UnknownTicket(reprint.Number);
        }

        return ticket.Prints >= MostPrints
            ? Refusals.ReprintLimit(ticket.Number)
            : Moment.One(new TicketReprinted(moment.Today, ticket.Number, ticket.Prints + 1, reprint.Origin, moment.Now));
    }

    public static Decision Rate(Moment moment, RateTicket rate)
    {
        if (rate.Reasons != RatingReasons.None && rate.Rating != Rating.NotSatisfied)
        {
            return Refusals.ReasonsOfTheSatisfied;
        }

        if (moment.State.Ratings.Open.TryGetValue(rate.Number, out var counter))
        {
            return Moment.One(new TicketRated(moment.Today, rate.Number, counter, rate.Rating, moment.Now, rate.Reasons));
        }

        var lives = moment.State.CounterOf(rate.Number) is not null || moment.State.Aside.ContainsKey(rate.Number) || moment.State.FindWaiting(rate.Number) is not null;
        return lives ? Refusals.NotDone(rate.Number) : Refusals.NotRatable(rate.Number);
    }

    public static Decision Ask(Moment moment, RequestHelp ask)
    {
        // Whoever waits for somebody to look at a printer may be in danger meanwhile: then the call is another one, and nobody is on the way to it yet.
        if (moment.State.Help.TryGetValue(ask.Place, out var asked) && (ask.Kind != HelpKind.Emergency || asked.Kind == HelpKind.Emergency))
        {
            return Refusals.HelpAlreadyAsked;
        }

        var atHome = ask.Kind == HelpKind.Home;
        // A flood of other calls keeps no emergency from the team; the counters of the plan bound those.
        return asked is null && ask.Kind != HelpKind.Emergency && moment.State.Help.Values.Count(one => one.Kind == HelpKind.Home == atHome) >= (atHome ? MostAtHome : MostHelpRequests)
            ? Refusals.TooManyHelpRequests
            : Moment.One(new HelpRequested(moment.Today, ask.Place, moment.Now, ask.Kind, atHome ? ask.Area : null));
    }

    public static Decision Take(Moment moment, TakeHelp take)
    {
        if (take.Member is < 1 or > MostMembers)
        {
            return Refusals.UnknownMember;
        }

        if (!moment.State.Help.TryGetValue(take.Place, out var ask))
        {
            return Refusals.NoHelpAsked;
        }

        return ask.TakenBy == take.Over && ask.TakenBy != take.Member
            ? Moment.One(new HelpTaken(moment.Today, take.Place, take.Member, moment.Now))
            : Refusals.HelpTakenAlready;
    }

    public static Decision Answer(Moment moment, HelpPlace place) => moment.State.Help.ContainsKey(place)
        ? Moment.One(new HelpAnswered(moment.Today, place, moment.Now))
        : Refusals.NoHelpAsked;

    // Anybody in the hall may take a call back: only one that could have been theirs, and that nobody walks for yet.
    public static Decision Withdraw(Moment moment, HelpPlace place) => !moment.State.Help.TryGetValue(place, out var ask) ? Refusals.NoHelpAsked
        : ask.Kind != HelpKind.Other ? Refusals.HelpOfStaff
        : ask.TakenBy is not null ? Refusals.HelpOnTheWay
        : Moment.One(new HelpWithdrawn(moment.Today, place, moment.Now));
}
