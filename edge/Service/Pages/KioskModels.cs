namespace MotCua.Edge.Pages;

/// <summary>What a ticket kiosk draws.</summary>
/// <param name="Version">Of the program; a page of another one loads itself anew.</param>
/// <param name="Name">Of the centre.</param>
/// <param name="Now">The centre's time, Unix milliseconds.</param>
/// <param name="Trusted">False: the box does not know the time, so nothing is said of it.</param>
/// <param name="Services">In the order of the centre's file.</param>
public sealed record KioskAnswer(string Version, string Name, long Now, bool Trusted, IReadOnlyList<KioskService> Services)
{
    /// <summary>Tickets are taken at this address; not in the network of the hall, where there is only looking.</summary>
    public bool Gives { get; init; }

    /// <summary>Why nobody gets a ticket of any service now; null while some are given.</summary>
    public KioskRefusal? Closed { get; init; }

    /// <summary>When tickets are given again; null where that is not a matter of the hour, or not known.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>The priority groups in force, as people would say them.</summary>
    public IReadOnlyList<KioskGroup> Priorities { get; init; } = [];

    /// <summary>Languages that a ticket can be called in besides Vietnamese.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Null when the centre has no printer.</summary>
    public KioskPrinter? Printer { get; init; }

    /// <summary>Since when this place waits for the support team; null when nobody called.</summary>
    public DateTimeOffset? HelpSince { get; init; }

    /// <summary>Procedures that can be looked up.</summary>
    public int Procedures { get; init; }
}

/// <param name="Name">Vietnamese.</param>
/// <param name="Refusal">Why it gives no ticket now, by the rules that would refuse it; null when it does.</param>
public sealed record KioskService(string Code, string Name, int Waiting, KioskRefusal? Refusal);

/// <param name="Code">For programs, and for pages in another language.</param>
/// <param name="Reason">For people, Vietnamese.</param>
public sealed record KioskRefusal(string Code, string Reason);

/// <param name="Label">Vietnamese: "người cao tuổi".</param>
public sealed record KioskGroup(string Group, string Label);

/// <param name="Fault">Code of what keeps it from printing; null when it prints.</param>
public sealed record KioskPrinter(string? Fault);

/// <param name="Ticket">Its number.</param>
/// <param name="Token">Its secret, as the kiosk that gave it knows: nobody gives up the ticket of another.</param>
public sealed record KioskGiveUp(string Ticket, string Token);

/// <param name="Code">Of an appointment or a dossier, as typed or scanned: case, blanks and marks between its letters do not count.</param>
/// <param name="Request">As in <see cref="TicketRequest"/>.</param>
public sealed record KioskCheckIn(string Code, string? Request = null);
