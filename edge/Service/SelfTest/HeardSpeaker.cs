using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;

namespace MotCua.Edge.SelfTest;

/// <summary>The loudspeaker, remembering what it played whole last: so a test knows that its sentence was heard.</summary>
public sealed class HeardSpeaker(ISpeaker speaker) : ISpeaker
{
    private Announcement? last;

    public DeviceId Id => speaker.Id;

    public Announcement? LastWhole => Volatile.Read(ref last);

    public async ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        var played = await speaker.PlayAsync(utterance, stop);
        Volatile.Write(ref last, utterance.Announcement);
        return played;
    }

    public void Check() => speaker.Check();
}
