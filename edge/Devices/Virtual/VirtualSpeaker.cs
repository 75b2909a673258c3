using System.Collections.Immutable;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;

namespace MotCua.Edge.Devices.Virtual;

/// <summary>A sound that a virtual speaker was given.</summary>
/// <param name="Number">Counts the sounds of this speaker from 1.</param>
/// <param name="Whole">True once it was played to its end.</param>
public sealed record HeardSound(long Number, CallId? Call, string Text, DateTimeOffset StartedAt, WavFile Sound, bool Whole)
{
    /// <summary>Monotonic moment at which it began, in <see cref="TimeProvider.GetTimestamp"/> units.</summary>
    public long Began { get; init; }

    /// <summary>Monotonic moment at which it was cut short; null while it was not.</summary>
    public long? CutAt { get; init; }
}

/// <summary>A speaker without a sound card: keeps what people would have heard. Thread-safe.</summary>
/// <param name="instantly">True: a sound takes no time; false: it takes as long as it lasts.</param>
public sealed class VirtualSpeaker(DeviceId id, TimeProvider time, bool instantly = false) : ISpeaker
{
    /// <summary>How many sounds are kept; the oldest go first.</summary>
    public const int MaxHeard = 8;

    /// <summary>Memory for the kept sounds; the newest is kept even when it is larger alone.</summary>
    public const int MaxHeardBytes = 1 << 20;

    private readonly Lock gate = new();
    private ImmutableArray<HeardSound> heard = [];
    private long count;
    private volatile bool unplugged;
    private volatile bool hangs;
    private volatile bool silent;

    /// <summary>After a sound began or ended, from any thread; handlers return at once and never throw.</summary>
    public event Action? Changed;

    public DeviceId Id { get; } = id;

    /// <summary>Fault knob: no device there. Pulled while a sound plays, the sound fails.</summary>
    public bool Unplugged
    {
        get => unplugged;
        set => unplugged = value;
    }

    /// <summary>Fault knob: the next sounds never end; only a cancellation ends them.</summary>
    public bool Hangs
    {
        get => hangs;
        set => hangs = value;
    }

    /// <summary>Fault knob: the amplifier is off. Everything plays as ever and nobody hears it; only a microphone can tell.</summary>
    public bool Silent
    {
        get => silent;
        set => silent = value;
    }

    /// <summary>The sounds begun last, oldest first; a snapshot.</summary>
    public ImmutableArray<HeardSound> Heard
    {
        get
        {
            lock (gate)
            {
                return heard;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        ThrowIfUnplugged();
        // Before anybody is told that it began: whoever lets time pass then reaches its end.
        var ended = Hangs ? Task.Delay(Timeout.InfiniteTimeSpan, time, stop) : instantly ? Task.CompletedTask : Task.Delay(utterance.Sound.Length, time, stop);
        var sound = Begin(utterance);
        try
        {
            await ended;
        }
        catch (OperationCanceledException)
        {
            CutOff(sound);
            throw;
        }

        ThrowIfUnplugged();
        End(sound);
        return new Playback(utterance.Sound.Length);
    }

    /// <inheritdoc/>
    public void Check() => ThrowIfUnplugged();

    private void ThrowIfUnplugged()
    {
        if (Unplugged)
        {
            throw new IOException($"The virtual speaker {Id} is unplugged.");
        }
    }

    private HeardSound Begin(Utterance utterance)
    {
        HeardSound sound;
        lock (gate)
        {
            var announcement = utterance.Announcement;
            sound = new(++count, announcement.Call, announcement.Text, time.GetLocalNow(), utterance.Sound, Whole: false) { Began = time.GetTimestamp() };
            heard = heard.Add(sound);
            while (heard.Length > MaxHeard || (heard.Length > 1 && heard.Sum(h => (long)h.Sound.Samples.Length) > MaxHeardBytes))
            {
                heard = heard.RemoveAt(0);
            }
        }

        Changed?.Invoke();
        return sound;
    }

    private void End(HeardSound sound) => Change(sound, sound with { Whole = true });

    private void CutOff(HeardSound sound) => Change(sound, sound with { CutAt = time.GetTimestamp() });

    private void Change(HeardSound sound, HeardSound now)
    {
        lock (gate)
        {
            var index = heard.IndexOf(sound);
            if (index >= 0)
            {
                heard = heard.SetItem(index, now);
            }
        }

        Changed?.Invoke();
    }
}
