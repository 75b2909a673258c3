namespace MotCua.Edge.Pages;

/// <summary>What a television draws: always the whole picture, so that one that comes back shows the truth and not a history.</summary>
/// <param name="Version">Of the program; a page of another one loads itself anew.</param>
/// <param name="Epoch">Identity of the journal; calls of another one are counted from 1 again.</param>
/// <param name="Name">Of the centre.</param>
/// <param name="Calls">Those at counters, the spoken one first, then the newest; at most five.</param>
/// <param name="Waiting">How many wait for each service.</param>
public sealed record TvPicture(string Version, string Epoch, string Name, IReadOnlyList<TvCall> Calls, IReadOnlyList<TvWaiting> Waiting)
{
    /// <summary>That the centre pauses or has closed, Vietnamese; null in normal service.</summary>
    public string? Notice { get; init; }

    /// <summary>A number that was just given without paper.</summary>
    public string? Told { get; init; }

    /// <summary>A call that people should look at once more, since nobody heard it.</summary>
    public TvFlash? Flash { get; init; }

    /// <summary>The call that is being spoken.</summary>
    public long? Spoken { get; init; }

    /// <summary>What the loudspeakers tell the hall now, for those who do not hear it.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Of the television that asked; null for a page that only looks on.</summary>
    public TvSet? Tv { get; init; }
}

/// <param name="Id">Of the call: sequence number of its event; 0 of one that is too old to answer for.</param>
/// <param name="Number">Of the ticket.</param>
public sealed record TvCall(long Id, string Number, int Counter);

public sealed record TvWaiting(string Series, string Name, int Waiting, bool Paused);

/// <param name="Round">Differs from that of the flash before.</param>
public sealed record TvFlash(long Call, int Round);

/// <param name="Sound"><c>backup</c>, <c>calls</c> or <c>none</c>.</param>
/// <param name="Asked">Grows when the edge asks again which calls are shown.</param>
public sealed record TvSet(string Id, string Sound, bool CameraNotice, int Asked);

/// <summary>The box's clock, in each beat.</summary>
/// <param name="Now">Milliseconds since 1970.</param>
/// <param name="Sure">False: the box does not know what time it is, so a page shows none.</param>
public sealed record TvBeat(long Now, bool Sure);

/// <summary>That a page lives, and which calls people can see on it.</summary>
/// <param name="Tv">The code in its address.</param>
/// <param name="Calls">At most 16.</param>
public sealed record TvShown(string Tv, IReadOnlyList<long> Calls);

/// <param name="Known">How many of the calls were meant for this television, now or before; the others count for nothing.</param>
public sealed record TvShownAnswer(int Known);

/// <param name="Files">What a television shows while nobody is called, in this order.</param>
public sealed record MediaAnswer(IReadOnlyList<MediaItem> Files);

/// <param name="Film">A film plays to its end, a picture stands for a while.</param>
public sealed record MediaItem(string Url, bool Film);
