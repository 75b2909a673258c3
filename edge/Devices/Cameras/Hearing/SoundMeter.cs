using MotCua.Edge.Devices.Cameras.Judging;
using MotCua.Edge.Devices.Cameras.Rtsp;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras.Hearing;

/// <summary>How loud a camera's AAC track is: some seconds of it are decoded every so often, which costs a Pi next to nothing, and forgotten.</summary>
internal sealed class SoundMeter(AacTrack track, string program, TimeProvider time, SoundLevel level) : IAsyncDisposable
{
    /// <summary>From one look to the next. Less than the shortest time after which a camera counts as deaf.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(2);

    // Two seconds at 320 kbit/s have 80 KB.
    private const int MostBytes = 128 * 1024;

    private readonly CancellationTokenSource ending = new();
    private readonly List<byte> frames = [];
    private long lookAt = long.MinValue;
    private long sinceAt;
    private Task<(short[] Samples, StreamTrouble? Trouble)>? decoding;

    /// <summary>Why the newest look showed nothing: a program that does not work is no microphone that is off. Null when it did.</summary>
    public StreamTrouble? Trouble { get; private set; }

    /// <summary>Moment of the newest look that was decoded; null before the first.</summary>
    public long? DecodedAt { get; private set; }

    /// <summary>Takes the frames of a packet.</summary>
    public void Take(ReadOnlySpan<byte> content)
    {
        var now = time.GetTimestamp();
        level.Came(now);
        if (now < lookAt || decoding is not null)
        {
            return;
        }

        sinceAt = frames.Count == 0 ? now : sinceAt;
        track.Append(content, frames);
        if (frames.Count > 0 && (time.GetElapsedTime(sinceAt, now) >= Lasting || frames.Count > MostBytes))
        {
            var batch = frames.ToArray();
            frames.Clear();
            lookAt = time.After(Every);
            decoding = Task.Run(() => DecodeAsync(batch));
        }
    }

    /// <summary>Hands on what was decoded meanwhile.</summary>
    public void Collect()
    {
        if (decoding is not { IsCompletedSuccessfully: true, Result: var (samples, trouble) })
        {
            return;
        }

        decoding = null;
        Trouble = trouble is not null && Trouble is { } before ? trouble with { Since = before.Since } : trouble;
        if (trouble is null)
        {
            level.Take(samples, time.GetTimestamp());
            DecodedAt = time.GetTimestamp();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (decoding is not null)
        {
            await decoding;
        }

        ending.Dispose();
    }

    private async Task<(short[] Samples, StreamTrouble? Trouble)> DecodeAsync(byte[] batch)
    {
        try
        {
            await using var decoder = new SoundProgram(program, 4 * SoundProgram.Rate, time);
            await decoder.FeedAsync(batch, ending.Token);
            await decoder.FinishAsync(ending.Token);
            var samples = new short[4 * SoundProgram.Rate];
            var count = decoder.Read(samples);
            return count > 0 ? (samples[..count], null) : ([], TroubleOf("ffmpeg không giải mã được âm thanh"));
        }
        catch (CameraTroubleException e)
        {
            return ([], new StreamTrouble(e.Fault, e.Message, time.GetTimestamp()));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            return ([], TroubleOf("ffmpeg không nhận âm thanh"));
        }
    }

    private StreamTrouble TroubleOf(string detail) => new(CameraFaults.DecoderFailed, detail, time.GetTimestamp());
}
