using System.Collections.Immutable;
using MotCua.Edge.Devices.Cameras.Decoding;
using MotCua.Edge.Devices.Cameras.Judging;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras;

/// <summary>Watches one camera: whether each of its streams is there, what its pictures show to be wrong, and whether it hears.</summary>
/// <remarks>
/// One loop a camera, so that none waits for another. It reads what its eyes have seen and never waits for one. While nothing answers at the camera's address, its main role
/// alone is blamed: the others hang on the same plug.
/// </remarks>
public sealed class CameraWatch : ISteppedLoop, IAsyncDisposable
{
    /// <summary>A stream that is back within this time was never gone.</summary>
    public static readonly TimeSpan Believe = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(20);

    // Without a packet for so long, the track is there in name only.
    private static readonly TimeSpan SoundWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Camera camera;
    private readonly TimeProvider time;
    private readonly Func<bool> isOpen;
    private readonly Func<long?>? usedAt;
    private readonly ImmutableArray<IStreamEye> eyes;
    private readonly ImmutableArray<RoleJudge> roles;
    private readonly PictureJudge pictures;
    private volatile CameraStatus status;
    private readonly Dictionary<StreamRoles, (long At, long HeardAt)> sureSince = [];
    private bool hasBegun;
    private bool wasSeen;
    private bool wasOpen;
    private long openSince;
    private long listenedSince = long.MinValue;
    private long? darkSince;

    /// <param name="eyes">One for each stream of the camera.</param>
    /// <param name="isOpen">People are in the hall, or should be: there is light and sound then.</param>
    /// <param name="usedAt">Where only this tells that people are there: the monotonic moment when one of them last did something; its result is null, as it is itself, where the hours are known.</param>
    public CameraWatch(
        Camera camera, IEnumerable<IStreamEye> eyes, Func<bool> isOpen, TimeProvider time, IDeviceReports reports, ICameraSink sink, Func<long?>? usedAt = null)
    {
        (this.camera, this.isOpen, this.time, this.usedAt) = (camera, isOpen, time, usedAt);
        this.eyes = [.. eyes];
        roles = [.. camera.Roles.Select(role => new RoleJudge(camera, role, time, reports, sink))];
        pictures = new PictureJudge(time);
        openSince = time.GetTimestamp();
        status = new CameraStatus(camera, [.. camera.Roles.Select(role => new RoleStatus(role, null, StreamSight.Nothing))], null, false, Occupancy.Unknown, null);
    }

    /// <inheritdoc/>
    public string Name => $"camera:{camera.Id}";

    /// <inheritdoc/>
    public WakeSignal Wake { get; } = new();

    /// <summary>What is known now. Any thread.</summary>
    public CameraStatus Status => status;

    /// <summary>Takes what was told to have begun at its streams before this program did, oldest first. Before the first step.</summary>
    /// <returns>False: no stream of this camera is watched for it any more.</returns>
    public bool Resume(CameraNews begun)
    {
        foreach (var role in roles.Where(role => role.Role == begun.Role))
        {
            role.Resume(begun);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            foreach (var eye in eyes)
            {
                eye.Begin(Wake.Set);
            }
        }

        var now = time.GetTimestamp();
        var open = isOpen();
        openSince = open && !wasOpen ? now : openSince;
        wasOpen = open;
        TakePictures(now, open);
        // Not only once it is believed: another role may have noticed a moment earlier.
        var first = EyeOf(camera.MainRole).Look();
        var isGone = first.Trouble is { } gone ? IsOfAddress(gone, now) : !first.IsSeen;
        foreach (var role in roles)
        {
            if (role.Role != camera.MainRole && isGone && IsBesideMain(role.Role))
            {
                continue; // Nothing new is known of it.
            }

            Judge(role, EyeOf(role.Role).Look(), now, open);
        }

        var main = EyeOf(camera.MainRole).Look();
        status = new CameraStatus(
            camera, [.. roles.Select(role => new RoleStatus(role.Role, role.Report, EyeOf(role.Role).Look()))], pictures.Measures, pictures.KnowsScene, pictures.Occupancy,
            main.PictureAt is { } at ? time.GetElapsedTime(at, now) : null);
        return ValueTask.FromResult(Pace);
    }

    /// <summary>Ends the looks. The loop must have stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var eye in eyes)
        {
            await eye.DisposeAsync();
        }
    }

    private IStreamEye EyeOf(StreamRoles role) => eyes.First(eye => eye.Roles.HasFlag(role));

    // A stream of another address, such as a recorder's, hangs on another plug.
    private bool IsBesideMain(StreamRoles role)
    {
        var (main, other) = (UrlOf(camera.MainRole), UrlOf(role));
        return main.Host == other.Host && main.Port == other.Port;
    }

    private Uri UrlOf(StreamRoles role) => camera.Streams.First(stream => stream.Roles.HasFlag(role)).Url;

    // A stream that fell silent while it played: within some seconds the next look tells whether the camera is away or this stream alone.
    private bool IsOfAddress(StreamTrouble trouble, long now) => trouble.IsOfAddress || (trouble.Fault == CameraFaults.NoAnswer && time.GetElapsedTime(trouble.Since, now) < Telling);

    private bool IsHeld(StreamTrouble trouble, long now) => time.GetElapsedTime(trouble.Since, now) >= Believe;

    private void TakePictures(long now, bool open)
    {
        if (!camera.Roles.Contains(StreamRoles.Detect))
        {
            return;
        }

        var eye = EyeOf(StreamRoles.Detect);
        var isSeen = eye.Look().IsSeen;
        if (wasSeen && !isSeen)
        {
            pictures.Interrupt();
        }

        wasSeen = isSeen;
        while (eye.TryTake() is { } picture)
        {
            pictures.Take(picture, now, open && IsLit(picture, now));
        }
    }

    // Whoever leaves switches the lights off: without the hours, a dark picture is a broken camera only once somebody was there in that dark.
    private bool IsLit(GreyPicture picture, long now)
    {
        darkSince = PictureJudge.IsDark(picture) ? darkSince ?? now : null;
        return darkSince is not { } dark || usedAt?.Invoke() is not { } used || used >= dark;
    }

    private void Judge(RoleJudge role, StreamSight sight, long now, bool open)
    {
        if (sight.Trouble is { } trouble)
        {
            if (IsHeld(trouble, now))
            {
                role.Take(trouble.Fault, trouble.Detail, trouble.Heard);
            }

            return;
        }

        if (!sight.IsSeen)
        {
            return; // The first look is not over.
        }

        if (role.Role == StreamRoles.Detect && sight.Pictures is { } blind)
        {
            if (IsHeld(blind, now))
            {
                role.Take(blind.Fault, blind.Detail);
            }

            return;
        }

        if (role.Role == StreamRoles.Sound && sight.Sound is { Undecoded: { } undecoded } comes && time.GetElapsedTime(comes.CameAt, now) < SoundWithin)
        {
            // Nobody listened meanwhile, so nobody knows of silence either.
            listenedSince = now;
            if (time.GetElapsedTime(undecoded.Since, now) >= Telling)
            {
                role.Take(undecoded.Fault, undecoded.Detail);
            }

            return;
        }

        var found = role.Role switch
        {
            StreamRoles.Detect => OfPictures(),
            StreamRoles.Sound => OfSound(sight.Sound, now, open),
            _ => (null, null),
        };
        if (found.Fault is not null || !role.IsResumed || IsSure(role, sight, now))
        {
            role.Take(found.Fault, found.Detail);
        }
    }

    // After a restart a lens is still covered while nobody has looked long enough to see it, and a microphone may be off until something was heard.
    private bool IsSure(RoleJudge role, StreamSight sight, long now)
    {
        if (!sureSince.TryGetValue(role.Role, out var known))
        {
            sureSince[role.Role] = known = (now, sight.Sound?.HeardAt ?? now);
        }

        return role.Role switch
        {
            StreamRoles.Detect => pictures.Measures is not null && time.GetElapsedTime(known.At, now) >= Telling,
            StreamRoles.Sound => sight.Sound is { } sound && (sound.HeardAt > known.HeardAt || !sound.IsUnderstood),
            _ => true,
        };
    }

    private (FaultCode? Fault, string? Detail) OfPictures()
    {
        FaultCode? fault = pictures.Believed switch
        {
            PictureTrouble.Frozen => CameraFaults.Frozen,
            PictureTrouble.Black => CameraFaults.Black,
            PictureTrouble.White => CameraFaults.White,
            PictureTrouble.Covered => CameraFaults.Covered,
            PictureTrouble.Blurred => CameraFaults.Blurred,
            PictureTrouble.Moved => CameraFaults.Moved,
            _ => null,
        };
        return fault is null || pictures.Measures is not { } m ? (null, null)
            : (fault, FormattableString.Invariant($"sáng {m.Brightness:0}, giống {m.Alike:P0}, mất nét {m.Lost:P0}, nét {m.Sharpness:0.00}, trùng {m.Same:P0}"));
    }

    // A silent night is no fault: only from the opening on people are there to be heard.
    private (FaultCode? Fault, string? Detail) OfSound(SoundSight? sound, long now, bool open)
    {
        if (sound is null || !sound.HasTrack)
        {
            return sound is null ? (null, null) : (CameraFaults.NoSoundTrack, "luồng không có âm thanh");
        }

        if (!sound.IsUnderstood)
        {
            return (CameraFaults.SoundCodec, $"âm thanh {sound.Codec}");
        }

        if (time.GetElapsedTime(sound.CameAt, now) >= SoundWithin)
        {
            return (CameraFaults.NoSoundTrack, "âm thanh không còn được gửi");
        }

        var silentSince = Math.Max(Math.Max(sound.HeardAt, openSince), listenedSince);
        return open && time.GetElapsedTime(silentSince, now) >= camera.DeafAfter
            ? (CameraFaults.Silent, FormattableString.Invariant($"im lặng tuyệt đối {time.GetElapsedTime(sound.HeardAt, now).TotalSeconds:0} s"))
            : (null, null);
    }
}
