using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Speech.Alsa;

/// <summary>A playback stream of libasound. Used by one caller at a time.</summary>
internal sealed class AlsaPcm : IPcm
{
    // Half a second in the buffer outlasts every pause of a busy small board; it costs no delay, since a full buffer starts at once
    // and draining starts a short sound.
    private const uint BufferMicroseconds = 500_000;

    private nint pcm;

    private AlsaPcm(nint pcm) => this.pcm = pcm;

    /// <exception cref="SpeakerException">No such device, it is busy, it cannot play this rate, or ALSA is not installed.</exception>
    public static AlsaPcm Open(string device, int sampleRate)
    {
        try
        {
            // Opened non-blocking, so that a device held by another program is an error and not a wait.
            var error = AlsaLibrary.Open(out var pcm, device, AlsaLibrary.StreamPlayback, AlsaLibrary.NonBlocking);
            if (error < 0)
            {
                throw new SpeakerException(Errno.FaultOf(error), $"Speaker '{device}' cannot be opened: {AlsaLibrary.Explain(error)}.");
            }

            error = AlsaLibrary.SetParams(pcm, AlsaLibrary.FormatS16LittleEndian, AlsaLibrary.AccessInterleaved, channels: 1,
                (uint)sampleRate, softResample: 1, BufferMicroseconds);
            if (error < 0)
            {
                _ = AlsaLibrary.Close(pcm);
                throw new SpeakerException(Errno.FaultOf(error), $"Speaker '{device}' cannot play {sampleRate} Hz, 16 bit, mono: {AlsaLibrary.Explain(error)}.");
            }

            return new AlsaPcm(pcm);
        }
        catch (DllNotFoundException e)
        {
            throw new SpeakerException(FaultCode.SpeechLibraryAbsent, "The ALSA library is missing. Install the package libasound2.", e);
        }
    }

    public int Write(ReadOnlySpan<byte> samples) =>
        (int)AlsaLibrary.Write(pcm, samples, (nuint)(samples.Length / WavFile.BytesPerSample));

    public int Recover(int error) => AlsaLibrary.Recover(pcm, error, silent: 1);

    public int Drain()
    {
        var result = AlsaLibrary.Drain(pcm);
        // The kernel answers EAGAIN to a non-blocking drain even when the last frame is out; only the state tells.
        return result == -Errno.Again && AlsaLibrary.State(pcm) is not (AlsaLibrary.StateRunning or AlsaLibrary.StateDraining) ? 0 : result;
    }

    public long Delay() => AlsaLibrary.Delay(pcm, out var frames) is var error and < 0 ? error : frames;

    public string Explain(int error) => AlsaLibrary.Explain(error);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref pcm, 0) is var open and not 0)
        {
            _ = AlsaLibrary.Drop(open); // Silence at once when stopped half-way; closing alone may wait for the buffer.
            _ = AlsaLibrary.Close(open);
        }
    }
}
