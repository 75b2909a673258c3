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

    // What espeak-ng speaks at; a look at the device needs some rate.
    private const int UsualRate = 22_050;

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
    public async ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        // A driver can block inside a call of the library; the caller gets away at its deadline, and the turn stays taken until the call returns.
        var play = Task.Run(() => PlayInTurnAsync(utterance.Sound, stop), CancellationToken.None);
        return await play.WaitAsync(stop);
    }

    /// <inheritdoc/>
    public void Check()
    {
        if (!turn.Wait(0))
        {
            return; // It is playing, which says more than a look.
        }

        try
        {
            open(device, UsualRate).Dispose();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<Playback> PlayInTurnAsync(WavFile sound, CancellationToken stop)
    {
        try
        {
            using var pcm = open(device, sound.SampleRate);
            var run = new Run(pcm, sound);
            try
            {
                await WriteAsync(run, stop);
                await DrainAsync(pcm, stop);
            }
            catch (IOException e)
            {
                throw new PlaybackException((e as SpeakerException)?.Fault ?? FaultCode.SpeakerFailed, e.Message, run.Playback(left: Math.Max(0, pcm.Delay())));
            }

            return run.Playback(left: 0);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task WriteAsync(Run run, CancellationToken stop)
    {
        var (rest, setbacks) = (run.Sound.Samples, 0);
        while (rest.Length > 0)
        {
            stop.ThrowIfCancellationRequested();
            var taken = run.Pcm.Write(rest.Span);
            if (taken > 0)
            {
                rest = rest[(taken * WavFile.BytesPerSample)..];
                run.Taken += taken;
                setbacks = 0;
            }
            else if (taken is 0 or -Errno.Again)
            {
                await Task.Delay(Poll, time, stop);
            }
            else
            {
                Recover(run, taken, ++setbacks);
            }
        }
    }

    private void Recover(Run run, int error, int setbacks)
    {
        if (error == -Errno.Pipe)
        {
            Interlocked.Increment(ref underruns);
            run.Underruns++;
        }

        var recovered = setbacks > MaxSetbacks ? error : run.Pcm.Recover(error);
        if (recovered < 0)
        {
            throw Failure(run.Pcm, recovered);
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

    private SpeakerException Failure(IPcm pcm, int error) => new(Errno.FaultOf(error), $"Speaker '{device}' failed: {pcm.Explain(error)}.");

    /// <summary>One sound on its way out.</summary>
    private sealed class Run(IPcm pcm, WavFile sound)
    {
        public IPcm Pcm { get; } = pcm;

        public WavFile Sound { get; } = sound;

        /// <summary>Frames that the device took.</summary>
        public long Taken { get; set; }

        public int Underruns { get; set; }

        /// <param name="left">Frames taken that have not sounded.</param>
        public Playback Playback(long left) => new(TimeSpan.FromSeconds((double)Math.Max(0, Taken - left) / Sound.SampleRate), Underruns);
    }
}
