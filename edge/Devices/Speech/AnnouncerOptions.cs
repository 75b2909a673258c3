namespace MotCua.Edge.Devices.Speech;

/// <summary>How an <see cref="Announcer"/> behaves.</summary>
public sealed record AnnouncerOptions
{
    public static AnnouncerOptions Default { get; } = new();

    /// <summary>How loud at which hour. Default: full.</summary>
    public ILoudness Loudness { get; init; } = new SteadyLoudness(Speech.Loudness.Full);

    /// <summary>What people see meanwhile; null: no board hangs anywhere.</summary>
    public ISpeechStage? Stage { get; init; }

    /// <summary>After a call, no guidance begins for so long: a clerk repeats a call within it when nobody comes. Default 30 s.</summary>
    public TimeSpan CalmAfterCall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls wait no longer than this for the end of a notice; a longer one they cut short. Default 30 s, half of how long a call is worth saying.</summary>
    public TimeSpan LongestNotice { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Within so long after a part of a text began, the next part may begin, or the same again that a call cut short. Default 5 min: people hear the whole or know that it broke off.</summary>
    public TimeSpan GoOnWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>True: calls begin with the pilot, because a microphone listens. Default false.</summary>
    public bool Pilot { get; init; }

    /// <summary>How often a speaker that failed is looked for while nothing is said. Default 5 s.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(5);
}
