namespace MotCua.Edge.Pages;

/// <summary>A counter as its clerk sees it. Moments are milliseconds of the box's monotonic clock, which the beat tells.</summary>
/// <param name="Version">Of the program; a page of another one loads itself anew.</param>
/// <param name="Sight">Goes back as <c>If-Match</c> with each action: one that saw something else is refused.</param>
/// <param name="Here">The ticket at the counter.</param>
/// <param name="Next">Whom the counter would call, in order, if no other called anyone.</param>
/// <param name="Waiting">Everyone whom the counter may call.</param>
/// <param name="LongestSince">When the one of them who waits longest came.</param>
/// <param name="Aside">Missed and parked tickets of its services, the newest first.</param>
/// <param name="Paused">Why and since when the counter pauses.</param>
/// <param name="Stopped">Why nobody can be called: the centre pauses. Vietnamese.</param>
/// <param name="Undo">What can be taken back now.</param>
/// <param name="Help">Since when the counter waits for the support team.</param>
/// <param name="Emergency">That call is the emergency button's.</param>
/// <param name="Pictures">What the button has sent, or is about to, the newest first.</param>
/// <param name="PinsSet">False: anybody who opens the page may call numbers.</param>
public sealed record CounterPicture(
    string Version, string Centre, int Counter, string Sight, bool SelfService, CounterTicket? Here, IReadOnlyList<CounterNext> Next, int Waiting, long? LongestSince, IReadOnlyList<CounterAside> Aside,
    CounterPause? Paused, string? Stopped, CounterUndo? Undo, long? Help, bool Emergency, IReadOnlyList<SnapshotNow> Pictures, bool PinsSet, IReadOnlyList<CounterService> Services, IReadOnlyList<CounterOther> Counters);

/// <param name="Stage"><c>called</c> or <c>serving</c>.</param>
/// <param name="Since">The newest call.</param>
/// <param name="Why">Why it was called, for the clerk alone: it may name a priority group. Null where nobody knows any more.</param>
/// <param name="MissFrom">From when on it may be marked missed; null while it was not called often enough.</param>
/// <param name="CallsToMiss">Calls that are left until then.</param>
public sealed record CounterTicket(string Number, string Service, string Stage, int Calls, long? Since, string? Why, long? MissFrom, int CallsToMiss);

/// <param name="Since">When it came; of an appointment, its slot.</param>
public sealed record CounterNext(string Number, string Service, string Why, long Since);

/// <param name="Stage"><c>missed</c> or <c>parked</c>.</param>
/// <param name="MayReturn">Still within its return window.</param>
public sealed record CounterAside(string Number, string Service, string Stage, string? Because, bool MayReturn);

public sealed record CounterPause(string Why, long Since);

/// <param name="Action"><c>finish</c>, <c>miss</c>, <c>park</c>, <c>transfer</c> or <c>cancel</c>.</param>
/// <param name="Until">The last moment for it.</param>
public sealed record CounterUndo(string Action, string Number, long Until);

/// <param name="Open">A ticket can be sent there.</param>
public sealed record CounterService(string Code, string Name, string Series, int Waiting, bool Open, bool Own);

/// <param name="Open">A ticket can be sent there.</param>
public sealed record CounterOther(int Number, string Services, bool Open);
