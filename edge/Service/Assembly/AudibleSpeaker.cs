using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Edge.Assembly;

/// <summary>A simulated box on a machine with a sound card: the card sounds, and the lab page can show and break it all the same.</summary>
internal sealed class AudibleSpeaker(VirtualSpeaker lab, ISpeaker card) : ISpeaker
{
    public DeviceId Id => lab.Id;

    public async ValueTask<Playback> PlayAsync(Utterance utterance, CancellationToken stop)
    {
        if (lab.Unplugged || lab.Hangs || lab.Silent)
        {
            return await lab.PlayAsync(utterance, stop);
        }

        // Both to their end: an announcement has sounded when it has sounded on the card.
        var seen = lab.PlayAsync(utterance, stop).AsTask();
        var played = await card.PlayAsync(utterance, stop);
        await seen;
        return played;
    }

    /// <inheritdoc/>
    public void Check()
    {
        lab.Check();
        card.Check();
    }
}
