using MotCua.Edge.Devices.Cameras.Decoding;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Cameras;

/// <summary>Why a stream is not seen.</summary>
/// <param name="Since">Monotonic moment of the first failure of this row.</param>
public sealed record StreamTrouble(FaultCode Fault, string Detail, long Since)
{
    /// <summary>What the camera itself said of it, at most 80 letters; it is shown on this box and goes no further. Null when it said nothing.</summary>
    public string? Heard { get; init; }

    /// <summary>Nothing answered at the camera's address: not this stream alone is away.</summary>
    public bool IsOfAddress { get; init; }
}

/// <summary>What is known of a stream now.</summary>
/// <param name="Trouble">Null while it is seen, and before anything is known.</param>
/// <param name="IsSeen">Something came since the newest failure.</param>
/// <param name="Codec">Of its pictures, such as <c>H264</c>; null before it was asked.</param>
/// <param name="Size">Such as <c>1920×1080</c>; null while nothing was decoded.</param>
/// <param name="PictureAt">Monotonic moment of the newest picture; null before the first.</param>
/// <param name="Sound">Null while no sound comes.</param>
public sealed record StreamSight(StreamTrouble? Trouble, bool IsSeen, string? Codec = null, string? Size = null, long? PictureAt = null, SoundSight? Sound = null)
{
    /// <summary>Why its pictures alone are not judged; the rest of the stream goes on.</summary>
    public StreamTrouble? Pictures { get; init; }

    public static StreamSight Nothing { get; } = new(null, IsSeen: false);
}

/// <param name="HasTrack">False: the stream holds pictures only.</param>
/// <param name="Codec">Null without a track.</param>
/// <param name="IsUnderstood">False for a codec that is not judged here.</param>
/// <param name="Decibels">Under full scale.</param>
/// <param name="CameAt">Monotonic moment of the newest sound, loud or not.</param>
/// <param name="HeardAt">Monotonic moment of the newest sound that was more than digital silence.</param>
public sealed record SoundSight(bool HasTrack, string? Codec, bool IsUnderstood, int Decibels, long CameAt, long HeardAt)
{
    /// <summary>Why a track that has to be decoded is not; null while it is, and for one that needs no decoder.</summary>
    public StreamTrouble? Undecoded { get; init; }

    /// <summary>Monotonic moment of the newest sound that was decoded; null before the first, and for a track that needs no decoder.</summary>
    public long? DecodedAt { get; init; }
}

/// <summary>Looks at one stream of a camera all the time, by itself: whatever the camera does, only its own eye waits for it.</summary>
public interface IStreamEye : IAsyncDisposable
{
    /// <summary>What it is watched for.</summary>
    StreamRoles Roles { get; }

    /// <summary>Begins to look. Returns at once.</summary>
    /// <param name="news">Called from any thread when there is something new; returns at once.</param>
    void Begin(Action news);

    /// <summary>What is known now. Any thread; never waits.</summary>
    StreamSight Look();

    /// <summary>The next picture, oldest first; null when none waits. At most four wait, then the oldest goes.</summary>
    GreyPicture? TryTake();
}
