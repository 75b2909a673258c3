using MotCua.Edge.Devices.Cameras.Hearing;
using MotCua.Edge.Devices.Cameras.Rtsp;
using MotCua.Edge.Devices.Speech.Proof;

namespace MotCua.Edge.Devices.Cameras;

// Whoever listens whether a call sounds borrows the sound that comes anyway.
public sealed partial class StreamEye
{
    // How the sound that comes now is to be read; null while none comes.
    private volatile HeardTrack? hears;

    private SoundTap? tap;

    /// <summary>Listens to its sound, as long as somebody reads; whoever listened before hears nothing any more.</summary>
    /// <exception cref="IOException">No sound comes now, or none that is understood.</exception>
    public IListening Listen()
    {
        var track = hears ?? throw new IOException("Camera chưa gửi âm thanh, hoặc gửi kiểu âm thanh chưa nghe được.");
        var begun = new SoundTap(track.Rate, track.Aac is null ? null : new SoundProgram(options.Decoder, 2 * SoundProgram.Rate, time), Leave);
        Interlocked.Exchange(ref tap, begun)?.End("người khác nghe");
        return begun;
    }

    private void Leave(SoundTap left) => Interlocked.CompareExchange(ref tap, null, left);
}
