namespace MotCua.Edge.Queue;

/// <summary>What the statistics keep of one ticket of the day.</summary>
internal sealed class TicketStory
{
    public required ServiceCode Service { get; set; }

    /// <summary>The service before the last transfer, for when it is taken back.</summary>
    public ServiceCode ServiceBefore { get; set; }

    public required PriorityCode? Priority { get; init; }

    /// <summary>When its waiting began.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>Issued in this boot, or one that it carries on, without knowing the time, and not settled since; the same as in <see cref="BootMark"/>.</summary>
    public required bool Unsure { get; set; }

    /// <summary>The counter it was last at.</summary>
    public CounterId? Counter { get; set; }

    public TimeSpan? Waited { get; set; }

    /// <summary>Start of the service that is going on.</summary>
    public DateTimeOffset? ServiceSince { get; set; }

    public TimeSpan? ServedFor { get; set; }

    public TicketEnd End { get; set; }

    /// <summary>The end that a cancellation replaced, for when it is taken back.</summary>
    public TicketEnd EndBefore { get; set; }

    /// <summary>Issued while the box knew the time, so that <see cref="Since"/> can be measured from.</summary>
    public required bool Measures { get; init; }
}

internal enum TicketEnd
{
    None,
    Served,
    Inferred,
    Missed,
    Expired,
    Cancelled,
}
