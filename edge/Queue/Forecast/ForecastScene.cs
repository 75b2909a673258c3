using System.Collections.Immutable;

namespace MotCua.Edge.Queue.Forecast;

/// <summary>What a wait forecast looks at: the room at one moment. All times are local times of day.</summary>
/// <param name="Sessions">When counters call, in order and apart, such as 07:30–11:30 and 13:30–17:00. A service that began may run on after the end.</param>
/// <param name="Counters">Counters with a clerk today. One that is closed for the day is left out.</param>
/// <param name="Waiting">In the order in which the engine would call them.</param>
public sealed record ForecastScene(TimeSpan Now, ImmutableArray<Session> Sessions, ImmutableArray<SceneCounter> Counters, ImmutableArray<SceneTicket> Waiting);

/// <summary>Hours in which counters call: from <paramref name="From"/>, up to but without <paramref name="To"/>.</summary>
public readonly record struct Session(TimeSpan From, TimeSpan To);

/// <summary>A counter and what it does at this moment.</summary>
/// <param name="Since">When that began; meaningless while <see cref="CounterDoes.Free"/>.</param>
/// <param name="Serving">The service of the ticket at the counter; null unless <see cref="CounterDoes.Serve"/>.</param>
public sealed record SceneCounter(CounterId Id, ImmutableArray<ServiceCode> Services, CounterDoes Does, TimeSpan Since, ServiceCode? Serving);

public enum CounterDoes
{
    /// <summary>Would call the next ticket at once.</summary>
    Free,

    /// <summary>Has a ticket, called or being served.</summary>
    Serve,

    /// <summary>Paused, at lunch, or not back yet.</summary>
    Away,
}

/// <summary>A waiting ticket.</summary>
/// <param name="Key">Tells tickets of a day apart. A ticket keeps its chances from one forecast to the next by its key, so ranges do not flicker when others come and go.</param>
/// <param name="Credit">Of its priority class; zero without.</param>
public readonly record struct SceneTicket(long Key, ServiceCode Service, TimeSpan Arrival, TimeSpan Credit)
{
    public TimeSpan EffectiveArrival => Arrival - Credit;
}
