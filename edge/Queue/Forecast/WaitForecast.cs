namespace MotCua.Edge.Queue.Forecast;

/// <summary>What can be said about the remaining wait of one ticket.</summary>
public abstract record WaitForecast
{
    private protected WaitForecast()
    {
    }
}

/// <summary>A counter that takes this service is free: there is no wait to forecast.</summary>
public sealed record CalledAtOnce : WaitForecast;

/// <summary>The wait from now to the call lies in this range four times out of five.</summary>
/// <param name="Lower">Zero or more.</param>
/// <param name="Upper">Not below <paramref name="Lower"/>.</param>
public sealed record WaitRange(TimeSpan Lower, TimeSpan Upper) : WaitForecast
{
    public TimeSpan Width => Upper - Lower;
}

/// <summary>Nothing is said, because it would help nobody.</summary>
public sealed record Silent(SilentBecause Reason) : WaitForecast;

public enum SilentBecause
{
    /// <summary>The ticket is not among the waiting.</summary>
    NotWaiting,

    /// <summary>No counter that takes the service has its clerk there, and no break explains it.</summary>
    NoOpenCounter,

    /// <summary>Further back than the forecast looks.</summary>
    TooFarBack,

    /// <summary>The call may come before the lunch break or after it.</summary>
    CrossesBreak,

    /// <summary>The call may not come today.</summary>
    MayNotBeToday,

    /// <summary>The range is so wide that it says nothing, as in the first hours of a new service.</summary>
    TooWide,
}
