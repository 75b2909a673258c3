using MotCua.Edge.Devices.Cameras.Decoding;
using MotCua.Edge.Devices.Cameras.Rtsp;

namespace MotCua.Edge.Devices.Cameras;

/// <summary>Takes a stream over RTSP, hands its key pictures to a decoder and its sound to a meter, and comes back after whatever goes wrong.</summary>
/// <remarks>
/// <code>
/// connect ─► DESCRIBE (password, codecs) ─► SETUP ─► PLAY ─► packets ─┬─ key pictures ─► ffmpeg ─► tiny grey pictures
///    ▲                                                                └─ G.711 ────────► how loud, nothing else
///    └───────────── pause, longer and random after each failure ◄───────┘
/// </code>
/// The password is spoken on the camera's own connection only. A stream that is only recorded is tried for a moment every half minute.
/// </remarks>
public sealed partial class StreamEye : IStreamEye
{
    private readonly CameraFeed stream;
    private readonly CameraLogin? login;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly EyeOptions options;
    private readonly LoginGate? gateOfLogin;
    private readonly Queue<long> breaks = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly Queue<GreyPicture> pictures = new();
    private StreamSight sight = StreamSight.Nothing;
    private Task looking = Task.CompletedTask;
    private Action news = () => { };

    /// <param name="random">Its own: pauses differ from eye to eye.</param>
    /// <param name="gate">Shared by the streams of one camera; null for an eye that is alone.</param>
    public StreamEye(CameraFeed stream, CameraLogin? login, TimeProvider time, Random random, EyeOptions? options = null, LoginGate? gate = null)
    {
        (this.stream, this.login, this.time, this.random, this.options) = (stream, login, time, random, options ?? EyeOptions.Default);
        gateOfLogin = login is null ? null : gate ?? new LoginGate(time);
    }

    /// <inheritdoc/>
    public StreamRoles Roles => stream.Roles;

    /// <summary>So many breaks within <see cref="BreaksWithin"/> are a fault, however fast it is back.</summary>
    private const int MostBreaks = 5;

    private static readonly TimeSpan BreaksWithin = TimeSpan.FromMinutes(5);

    private bool isDescribed;

    private bool HasOthers => stream.Roles != StreamRoles.Detect;

    private bool OnlyTries => stream.Roles == StreamRoles.Record;

    /// <inheritdoc/>
    public void Begin(Action news)
    {
        this.news = news;
        looking = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public StreamSight Look()
    {
        lock (gate)
        {
            return sight;
        }
    }

    /// <inheritdoc/>
    public GreyPicture? TryTake()
    {
        lock (gate)
        {
            return pictures.TryDequeue(out var picture) ? picture : null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await looking;
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = options.FirstPause;
        while (!ending.IsCancellationRequested)
        {
            StreamTrouble? trouble = null;
            isDescribed = false;
            try
            {
                await EnterAsync(ending.Token);
                await LookOnceAsync(ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // Whatever a stranger sent: it is its own eye that looks again later.
            {
                trouble = TroubleOf(e);
            }

            var isRefused = trouble?.Fault == CameraFaults.LoginRefused;
            var refusedPause = options.RefusedPause * (1 + random.NextDouble());
            if (isRefused)
            {
                gateOfLogin?.Refuse(refusedPause);
            }
            else
            {
                gateOfLogin?.Leave();
            }

            var isBreak = trouble is not null && Look().IsSeen;
            var isUnsteady = isBreak && BreaksAgain();
            var wasSeen = Note(isUnsteady ? trouble! with { Detail = $"{trouble.Detail}; đứt {MostBreaks} lần trong {BreaksWithin.TotalMinutes:0} phút" } : trouble);
            pause = trouble is null ? options.TryEvery
                : isRefused ? refusedPause
                : isUnsteady ? options.LongestPause
                : Later(wasSeen ? options.FirstPause : pause);
            try
            {
                await Task.Delay(pause, time, ending.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // While another eye of this camera tries the login, or it was refused there, this one waits.
    private async Task EnterAsync(CancellationToken stop)
    {
        while (gateOfLogin?.TryEnter() == false)
        {
            if (gateOfLogin.IsRefused && Look().Trouble?.Fault != CameraFaults.LoginRefused)
            {
                Note(new StreamTrouble(CameraFaults.LoginRefused, "tài khoản bị từ chối ở luồng khác của camera; chờ để camera không khóa tài khoản", time.GetTimestamp()));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop);
        }
    }

    // A stream that is seen for a moment and breaks, over and over, is no stream: its pauses get long, and so its trouble is believed.
    private bool BreaksAgain()
    {
        breaks.Enqueue(time.GetTimestamp());
        while (breaks.Count > MostBreaks)
        {
            breaks.Dequeue();
        }

        return breaks.Count == MostBreaks && time.GetElapsedTime(breaks.Peek()) <= BreaksWithin;
    }

    // Decorrelated: up to three times the last one, so that cameras behind a switch that comes back do not all knock at once.
    private TimeSpan Later(TimeSpan last)
    {
        var most = Math.Min(options.LongestPause.Ticks, 3 * Math.Min(last.Ticks, options.LongestPause.Ticks));
        return TimeSpan.FromTicks(options.FirstPause.Ticks + (long)(random.NextDouble() * Math.Max(0, most - options.FirstPause.Ticks)));
    }

    private StreamTrouble TroubleOf(Exception e) => e switch
    {
        CameraTroubleException known => new StreamTrouble(known.Fault, known.Message, time.GetTimestamp())
        {
            IsOfAddress = known.Fault == CameraFaults.Unreachable || (known.Fault == CameraFaults.NoAnswer && !isDescribed),
        },
        OperationCanceledException => new StreamTrouble(CameraFaults.NoAnswer, "không trả lời đúng hạn", time.GetTimestamp()),
        _ => new StreamTrouble(CameraFaults.BadAnswer, $"{e.GetType().Name}: {e.Message}", time.GetTimestamp()),
    };

    /// <returns>Whether something had come since the last failure.</returns>
    private bool Note(StreamTrouble? trouble)
    {
        bool wasSeen;
        lock (gate)
        {
            wasSeen = sight.IsSeen;
            sight = trouble is null ? sight with { Trouble = null, IsSeen = true }
                : sight with { Trouble = sight.Trouble is { } before ? trouble with { Since = before.Since } : trouble, IsSeen = false };
        }

        news();
        return wasSeen;
    }

    private async Task LookOnceAsync(CancellationToken stop)
    {
        using var connection = await WithinAsync(options.AnswerWithin, token => RtspConnection.OpenAsync(stream.Url, login, new ByteBudget(options.MostBytesPerSecond, time), token), CameraFaults.Unreachable, stop);
        var (tracks, place) = await WithinAsync(options.AnswerWithin, connection.DescribeAsync, CameraFaults.NoAnswer, stop);
        isDescribed = true;
        gateOfLogin?.Accept();
        var video = tracks.FirstOrDefault(track => track.Kind == "video");
        var audio = tracks.FirstOrDefault(track => track.Kind == "audio");
        if (stream.Roles != StreamRoles.Sound && (video is null || (!OnlyTries && video.Codec is not ("H264" or "H265" or "JPEG"))))
        {
            throw new CameraTroubleException(CameraFaults.CodecUnsupported, video is null ? "luồng không có hình" : $"hình {video.Codec}");
        }

        var heard = audio is null ? null : HeardTrack.TryRead(audio);
        var sound = stream.Roles.HasFlag(StreamRoles.Sound) ? new SoundSight(audio is not null, audio?.Codec, heard is not null, -96, time.GetTimestamp(), time.GetTimestamp()) : null;
        lock (gate)
        {
            sight = sight with { Codec = video?.Codec, Sound = sound };
        }

        var isWatched = stream.Roles != StreamRoles.Sound;
        var pictureChannel = isWatched ? await WithinAsync(options.AnswerWithin, token => connection.SetupAsync(video!, place, 0, token), CameraFaults.NoAnswer, stop) : -1;
        var soundChannel = sound is not null && audio is not null ? await WithinAsync(options.AnswerWithin, token => connection.SetupAsync(audio, place, 2, token), CameraFaults.NoAnswer, stop) : -1;
        if (pictureChannel < 0 && soundChannel < 0)
        {
            return; // It holds no sound, which the sight says; it is asked again in a while.
        }

        await WithinAsync(options.AnswerWithin, async token => { await connection.PlayAsync(place, token); return 0; }, CameraFaults.NoAnswer, stop);
        if (OnlyTries)
        {
            await FirstAsync(connection, pictureChannel, stop);
            await connection.TearDownAsync(place, stop);
            return;
        }

        await using var playing = new Playing(this, connection, place, video, heard, pictureChannel, soundChannel);
        await playing.RunAsync(stop);
    }

    private async Task FirstAsync(RtspConnection connection, int channel, CancellationToken stop)
    {
        await WithinAsync(options.PictureWithin, async token =>
        {
            while ((await connection.NextAsync(token)).Channel != channel)
            {
                // Another track's, or a report.
            }

            return 0;
        }, CameraFaults.NoPicture, stop);
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, Health.FaultCode late, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CameraTroubleException(late, $"không trả lời trong {limit.TotalSeconds:0.#} s", e);
        }
    }

    // Told beside the stream's own state: sound and recording go on without pictures.
    private void NotePictures(StreamTrouble? trouble)
    {
        lock (gate)
        {
            sight = sight with { Pictures = trouble is not null && sight.Pictures is { } before ? trouble with { Since = before.Since } : trouble };
        }

        news();
    }

    /// <param name="decides">Nothing better will come of this stream: it is seen.</param>
    private void Seen(string? size, long? pictureAt, SoundSight? sound, GreyPicture? picture, bool decides)
    {
        lock (gate)
        {
            // A stream that connects and then breaks again and again has not come back before it shows something.
            var isBack = picture is not null || decides;
            sight = sight with { Trouble = isBack ? null : sight.Trouble, IsSeen = isBack || sight.IsSeen, Size = size ?? sight.Size, PictureAt = pictureAt ?? sight.PictureAt, Sound = sound ?? sight.Sound };
            if (picture is not null)
            {
                pictures.Enqueue(picture);
                while (pictures.Count > 4)
                {
                    pictures.Dequeue();
                }
            }
        }
    }
}
