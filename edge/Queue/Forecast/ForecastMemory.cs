namespace MotCua.Edge.Queue.Forecast;

/// <summary>
/// All that forecasts learn from, carried from day to day. A value: each lesson gives the next one. Its parts are plain numbers and texts, so it can
/// be kept in any format, and all are bounded (some tens of kilobytes for a centre). Losing it costs some days of silence, nothing else.
/// </summary>
/// <param name="Pauses">Lengths in seconds.</param>
/// <param name="PauseCount">Pauses that weigh, in <paramref name="BusyHours"/> of working counters.</param>
/// <param name="Returns">Seconds after the begin of a session until the clerk was there.</param>
public sealed record ForecastMemory(ServiceTimes Times, ArrivalHabits Arrivals, Calibration Calibration, NewestSeen Pauses, double PauseCount, double BusyHours, NewestSeen Returns)
{
    private const double PauseMemory = 400;

    public static ForecastMemory Start(ForecastPriors priors) =>
        new(ServiceTimes.Start(priors), ArrivalHabits.None, Calibration.None, NewestSeen.Nothing, 0, 0, NewestSeen.Nothing);

    /// <param name="credit">Zero for people without priority.</param>
    /// <param name="at">Time of day.</param>
    public ForecastMemory Issued(ServiceCode service, TimeSpan credit, TimeSpan at) => this with { Arrivals = Arrivals.With(service, credit, at) };

    /// <param name="waited">From the ticket's arrival to its call.</param>
    /// <param name="took">From the call to the moment the counter could call again, without a pause.</param>
    public ForecastMemory Served(ServiceCode service, CounterId counter, TimeSpan waited, TimeSpan took) =>
        Worked(took) with { Times = Times.Served(service, counter, took).Called(waited, came: true, took) };

    /// <summary>The called citizen did not come.</summary>
    public ForecastMemory NotThere(TimeSpan waited, TimeSpan took) => Worked(took) with { Times = Times.Called(waited, came: false, took) };

    /// <summary>A pause within a session has ended.</summary>
    public ForecastMemory Paused(TimeSpan length) =>
        this with { Pauses = Pauses.With(Math.Clamp(length.TotalSeconds, 0, ServiceTimes.Longest.TotalSeconds)), PauseCount = PauseCount + 1 };

    /// <summary>A clerk came back this long after a session began.</summary>
    public ForecastMemory Returned(TimeSpan late) => this with { Returns = Returns.With(Math.Clamp(late.TotalSeconds, 0, 3600)) };

    /// <summary>A ticket that was given a range has been called.</summary>
    /// <param name="asked">Time of day of the forecast.</param>
    /// <param name="wait">From then to the call.</param>
    public ForecastMemory Judged(ServiceCode service, TimeSpan asked, WaitRange range, TimeSpan wait) =>
        this with { Calibration = Calibration.Judged(service, asked, range, wait) };

    public ForecastMemory NextDay() => this with { Times = Times.NextDay(), Arrivals = Arrivals.NextDay() };

    internal double PausesPerSecond => (PauseCount + (5 * Times.Priors.PausesPerHour)) / (BusyHours + 5) / 3600;

    private ForecastMemory Worked(TimeSpan took)
    {
        var keep = BusyHours < PauseMemory ? 1 : 1 - (1 / PauseMemory);
        return this with { BusyHours = (BusyHours * keep) + Math.Clamp(took.TotalHours, 0, 3), PauseCount = PauseCount * keep };
    }
}
