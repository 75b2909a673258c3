using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Speech.Alsa;

/// <summary>An opened playback stream, 16-bit mono. Results are those of ALSA: below zero is a negated errno. No call blocks.</summary>
public interface IPcm : IDisposable
{
    /// <returns>How many frames were taken, 0 or -EAGAIN when the buffer is full now, or another negated errno.</returns>
    int Write(ReadOnlySpan<byte> samples);

    /// <summary>Readies the stream after an error of <see cref="Write"/>.</summary>
    /// <returns>0, or the errno (negated) that cannot be recovered from.</returns>
    int Recover(int error);

    /// <summary>Lets the buffer run out; called again until it has.</summary>
    /// <returns>0 when the last frame was played, -EAGAIN while some remain, or another negated errno.</returns>
    int Drain();

    /// <returns>Frames that were taken and have not sounded yet, or a negated errno when the device cannot tell.</returns>
    long Delay();

    /// <summary>The error in words.</summary>
    string Explain(int error);
}

/// <summary>errno values of Linux that playing meets.</summary>
internal static class Errno
{
    private const int NoEntry = 2;
    private const int NoSuchAddress = 6;
    private const int Busy = 16;
    private const int NoDevice = 19;

    public const int Again = 11;

    /// <summary>EPIPE: the buffer ran empty (an underrun).</summary>
    public const int Pipe = 32;

    /// <summary>What a negated errno of a speaker means to people: nothing is there (never was, or was pulled), another program holds it, or it is broken.</summary>
    public static FaultCode FaultOf(int error) => -error switch
    {
        Busy => FaultCode.SpeakerBusy,
        NoEntry or NoSuchAddress or NoDevice => FaultCode.SpeakerAbsent,
        _ => FaultCode.SpeakerFailed,
    };
}
