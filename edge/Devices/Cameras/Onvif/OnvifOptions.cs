namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <summary>What is known of a camera's own service now.</summary>
/// <param name="Trouble">Null while it answers, and before anything is known.</param>
/// <param name="Model">Null before it said.</param>
/// <param name="ClockAt">Monotonic moment at which <paramref name="Clock"/> was shown.</param>
/// <param name="Clock">What the camera's clock showed then; null before it was asked.</param>
/// <param name="TellsEvents">It tells what it notices.</param>
public sealed record OnvifSight(StreamTrouble? Trouble, bool IsSeen, CameraModel? Model, long ClockAt, DateTimeOffset? Clock, bool TellsEvents)
{
    public static OnvifSight Nothing { get; } = new(null, IsSeen: false, null, 0, null, TellsEvents: false);
}

/// <summary>Asks a camera's own service all the time, by itself.</summary>
public interface IOnvifEye : IAsyncDisposable
{
    /// <summary>Begins to ask. Returns at once.</summary>
    /// <param name="news">Called from any thread when there is something new.</param>
    void Begin(Action news);

    /// <summary>What is known now. Any thread; never waits.</summary>
    OnvifSight Look();

    /// <summary>The next thing that the camera noticed, oldest first; null when none waits. At most 64 wait, then the oldest goes.</summary>
    Notice? TryTake();
}

/// <summary>A camera's own word of what it noticed.</summary>
/// <param name="IsOn">Null when it only says that something happened.</param>
public sealed record Notice(NoticeKind Kind, bool? IsOn);

/// <summary>What cameras notice.</summary>
public enum NoticeKind
{
    Motion,
    Sound,
    Input,
    Tamper,
}

/// <summary>Times of asking.</summary>
public sealed record OnvifOptions
{
    public static OnvifOptions Default { get; } = new();

    /// <summary>Each answer. Default 5 s.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the camera may hold back an answer while nothing happens. Default 20 s.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From the start of one pull to the next, at least. Default 2 s.</summary>
    public TimeSpan PullEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a subscription holds; renewed at half of it. Default 5 min: one that is left behind is gone soon.</summary>
    public TimeSpan Lasting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From one look at the camera's clock to the next. Default 60 s.</summary>
    public TimeSpan ClockEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The shortest and the longest pause after a failure. Default 5 s and 2 min.</summary>
    public (TimeSpan First, TimeSpan Longest) Pause { get; init; } = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));

    /// <summary>After a refused login: cameras lock an account after a few wrong tries. Default 5 min.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(5);
}
