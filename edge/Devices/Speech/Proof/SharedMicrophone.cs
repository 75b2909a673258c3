using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Speech.Proof;

/// <summary>The box's one microphone, for calls and for whoever records a word. A call takes it: a recording that runs then breaks off, and none begins while a call is listened to.</summary>
/// <remarks>The driver is asked by one side at a time; the gate is held while it reads, which never waits.</remarks>
public sealed class SharedMicrophone(IMicrophone microphone, TimeProvider time) : IMicrophone
{
    /// <summary>Samples a second of a recording: what is mixed, so that none is lost and none is made up.</summary>
    public const int RecordingRate = Mixing.Clip.Rate;

    /// <summary>A longer recording is refused.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    // Beyond the length itself: a device that opens but gives nothing must end.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private int calls;
    private IListening? recording;

    public DeviceId Id => microphone.Id;

    public TimeSpan Delay => microphone.Delay;

    /// <summary>Listens to a call.</summary>
    /// <inheritdoc/>
    public IListening Listen()
    {
        lock (gate)
        {
            recording?.Dispose();
            recording = null;
            var listening = new CallEar(this, microphone.Listen());
            calls++;
            return listening;
        }
    }

    /// <summary>Records what is said in front of the microphone for so long.</summary>
    /// <param name="length">More than nothing, at most <see cref="Longest"/>.</param>
    /// <exception cref="MicrophoneBusyException">A call is listened to, or began meanwhile.</exception>
    /// <exception cref="IOException">No such device, or it gave too little.</exception>
    public async Task<WavFile> RecordAsync(TimeSpan length, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);
        var mine = Begin();
        try
        {
            var bytes = new byte[(int)(length.TotalSeconds * mine.Rate) * WavFile.BytesPerSample];
            var begun = time.GetTimestamp();
            for (var taken = 0; taken < bytes.Length;)
            {
                if (time.GetElapsedTime(begun) > length + Grace)
                {
                    throw new IOException($"Microphone {Id} gave {taken / WavFile.BytesPerSample} samples in {(length + Grace).TotalSeconds:0} s.");
                }

                var came = Read(mine, bytes.AsSpan(taken));
                taken += came * WavFile.BytesPerSample;
                if (came == 0)
                {
                    await Task.Delay(Pace, time, stop);
                }
            }

            return WavFile.Wrap(mine.Rate, bytes);
        }
        finally
        {
            End(mine);
        }
    }

    private IListening Begin()
    {
        lock (gate)
        {
            return calls == 0 && recording is null ? recording = microphone.Listen(RecordingRate) : throw new MicrophoneBusyException();
        }
    }

    private int Read(IListening mine, Span<byte> into)
    {
        lock (gate)
        {
            return ReferenceEquals(recording, mine) ? mine.Read(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(into)) : throw new MicrophoneBusyException();
        }
    }

    private void End(IListening mine)
    {
        lock (gate)
        {
            if (ReferenceEquals(recording, mine))
            {
                recording = null;
                mine.Dispose();
            }
        }
    }

    private void CallEnded()
    {
        lock (gate)
        {
            calls--;
        }
    }

    private sealed class CallEar(SharedMicrophone shared, IListening listening) : IListening
    {
        private int ended;

        public int Rate => listening.Rate;

        public int Read(Span<short> samples) => listening.Read(samples);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                listening.Dispose();
                shared.CallEnded();
            }
        }
    }
}

/// <summary>The microphone listens to a call, which goes first.</summary>
public sealed class MicrophoneBusyException() : IOException("The microphone listens to a call.");
