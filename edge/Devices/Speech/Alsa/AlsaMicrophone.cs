using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Proof;

namespace MotCua.Edge.Devices.Speech.Alsa;

/// <summary>A microphone through ALSA, for calls at 8,000 samples a second. It is opened for each call and closed after it: nobody listens to the hall in between.</summary>
/// <param name="device">Name in ALSA's terms, such as <c>plughw:1</c>; <c>plug</c> converts the rate.</param>
public sealed class AlsaMicrophone(DeviceId id, string device) : IMicrophone
{
    private const int PilotRate = 8_000;

    // Twice what the reader's pace needs even when the board stalls for a moment.
    private const uint BufferMicroseconds = 1_000_000;

    public DeviceId Id { get; } = id;

    public TimeSpan Delay { get; } = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public IListening Listen() => Listen(PilotRate);

    /// <inheritdoc/>
    public IListening Listen(int rate)
    {
        try
        {
            var error = AlsaLibrary.Open(out var pcm, device, AlsaLibrary.StreamCapture, AlsaLibrary.NonBlocking);
            if (error < 0)
            {
                throw new IOException($"Microphone '{device}' cannot be opened: {AlsaLibrary.Explain(error)}.");
            }

            error = AlsaLibrary.SetParams(pcm, AlsaLibrary.FormatS16LittleEndian, AlsaLibrary.AccessInterleaved, channels: 1, (uint)rate, softResample: 1, BufferMicroseconds);
            error = error < 0 ? error : AlsaLibrary.Start(pcm);
            if (error < 0)
            {
                _ = AlsaLibrary.Close(pcm);
                throw new IOException($"Microphone '{device}' cannot record {rate} Hz, 16 bit, mono: {AlsaLibrary.Explain(error)}.");
            }

            return new Stream(pcm, device, rate);
        }
        catch (DllNotFoundException e)
        {
            throw new IOException("The ALSA library is missing. Install the package libasound2.", e);
        }
    }

    private sealed class Stream(nint pcm, string device, int rate) : IListening
    {
        private nint pcm = pcm;

        public int Rate => rate;

        public int Read(Span<short> samples)
        {
            var taken = (int)AlsaLibrary.Read(pcm, MemoryMarshal.AsBytes(samples), (nuint)samples.Length);
            if (taken >= 0)
            {
                return taken;
            }

            if (taken == -Errno.Again)
            {
                return 0;
            }

            // An overrun: nobody read in time. The stream goes on with what comes next.
            var recovered = AlsaLibrary.Recover(pcm, taken, silent: 1);
            recovered = recovered < 0 ? recovered : AlsaLibrary.Start(pcm);
            return recovered >= 0 ? 0 : throw new IOException($"Microphone '{device}' failed: {AlsaLibrary.Explain(recovered)}.");
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref pcm, 0) is var open and not 0)
            {
                _ = AlsaLibrary.Drop(open);
                _ = AlsaLibrary.Close(open);
            }
        }
    }
}
