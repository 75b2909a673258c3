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
    private Task<short[]> decoding = Task.FromResult(Array.Empty<short>());

    /// <summary>Takes the frames of a packet.</summary>
    public void Take(ReadOnlySpan<byte> content)
    {
        var now = time.GetTimestamp();
        level.Came(now);
        if (now < lookAt || !decoding.IsCompleted)
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
        if (decoding.IsCompletedSuccessfully && decoding.Result.Length > 0)
        {
            level.Take(decoding.Result, time.GetTimestamp());
            decoding = Task.FromResult(Array.Empty<short>());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await decoding.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        ending.Dispose();
    }

    private async Task<short[]> DecodeAsync(byte[] batch)
    {
        try
        {
            await using var decoder = new SoundProgram(program, 4 * SoundProgram.Rate, time);
            await decoder.FeedAsync(batch, ending.Token);
            await decoder.FinishAsync(ending.Token);
            var samples = new short[4 * SoundProgram.Rate];
            return samples[..decoder.Read(samples)];
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return []; // Nothing was heard; the next look tells.
        }
    }
}
