using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Speech.Alsa;

/// <summary>Plays through ALSA. The device is opened for each sound, so one that was unplugged works again as soon as it is back.</summary>
/// <remarks>Thread-safe: sounds wait for each other.</remarks>
public sealed class AlsaSpeaker : ISpeaker, IDisposable
{
    // An underrun that repeats without one frame played between is a broken device.
    private const int MaxSetbacks = 5;

    // A tenth of the buffer: late enough to cost nothing, early enough to refill in time.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly string device;
    private readonly TimeProvider time;
    private readonly Func<string, int, IPcm> open;
    private long underruns;

    /// <param name="device">Name in ALSA's terms, such as <c>default</c> or <c>plughw:CARD=Device</c>.</param>
    public AlsaSpeaker(DeviceId id, string device, TimeProvider time)
        : this(id, device, time, AlsaPcm.Open)
    {
    }

    /// <param name="open">Opens the device at a sample rate; throws <see cref="IOException"/>.</param>
    public AlsaSpeaker(DeviceId id, string device, TimeProvider time, Func<string, int, IPcm> open)
    {
        Id = id;
        (this.device, this.time, this.open) = (device, time, open);
    }

    public DeviceId Id { get; }

    /// <summary>How often the buffer ran empty and was refilled, since the start.</summary>
    public long Underruns => Interlocked.Read(ref underruns);

    /// <summary>Whether the kernel has a sound card that can play.</summary>
    /// <param name="list">The kernel's list of PCM devices.</param>
    public static bool HasCard(string list = "/proc/asound/pcm")
    {
        try
        {
            return File.ReadLines(list).Any(line => line.Contains(": playback ", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask PlayAsync(Utterance utterance, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        // A driver can block inside a call of the library; the caller gets away at its deadline, and the turn stays taken until the call returns.
        var play = Task.Run(() => PlayInTurnAsync(utterance.Sound, stop), CancellationToken.None);
        await play.WaitAsync(stop);
    }

    public void Dispose() => turn.Dispose();

    private async Task PlayInTurnAsync(WavFile sound, CancellationToken stop)
    {
        try
        {
            using var pcm = open(device, sound.SampleRate);
            await WriteAsync(pcm, sound.Samples, stop);
            await DrainAsync(pcm, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task WriteAsync(IPcm pcm, ReadOnlyMemory<byte> rest, CancellationToken stop)
    {
        var setbacks = 0;
        while (rest.Length > 0)
        {
            stop.ThrowIfCancellationRequested();
            var taken = pcm.Write(rest.Span);
            if (taken > 0)
            {
                rest = rest[(taken * WavFile.BytesPerSample)..];
                setbacks = 0;
            }
            else if (taken is 0 or -Errno.Again)
            {
                await Task.Delay(Poll, time, stop);
            }
            else
            {
                Recover(pcm, taken, ++setbacks);
            }
        }
    }

    private void Recover(IPcm pcm, int error, int setbacks)
    {
        if (error == -Errno.Pipe)
        {
            Interlocked.Increment(ref underruns);
        }

        var recovered = setbacks > MaxSetbacks ? error : pcm.Recover(error);
        if (recovered < 0)
        {
            throw Failure(pcm, recovered);
        }
    }

    private async Task DrainAsync(IPcm pcm, CancellationToken stop)
    {
        while (pcm.Drain() is var left and not 0)
        {
            if (left == -Errno.Pipe)
            {
                return; // The buffer ran empty, which is what draining waits for.
            }

            if (left != -Errno.Again)
            {
                throw Failure(pcm, left);
            }

            await Task.Delay(Poll, time, stop);
        }
    }

    private IOException Failure(IPcm pcm, int error) => new($"Speaker '{device}' failed: {pcm.Explain(error)}.");
}
