using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Testing;

namespace MotCua.Storm;

/// <summary>Says what no centre should, on a broker that lets everybody say everything.</summary>
internal sealed class HostileCentre : IDisposable
{
    /// <summary>Journal of <see cref="SayOldClock"/>.</summary>
    public static readonly EpochId OldEpoch = new(0x1970);

    private readonly MosquittoLink link = new();
    private readonly SemaphoreSlim happened = new(0);

    public HostileCentre(LiveMosquitto broker, string name)
    {
        link.EventQueued += () => happened.Release();
        link.Connect(new MqttConnection(broker.Host, broker.Port, name, null, TimeSpan.FromSeconds(60)));
        WaitFor(one => one is MqttLinkEvent.Connected);
    }

    /// <summary>The same numbers as a good centre's first events, another body.</summary>
    /// <param name="stolen">What the good centre said, from its first event on.</param>
    public void SayOtherHistory(CentreId victim, EpochId epoch, IEnumerable<ReadOnlyMemory<byte>> stolen)
    {
        List<ReadOnlyMemory<byte>> events = [.. stolen];
        var changed = events[^1].ToArray();
        changed[changed.AsSpan().IndexOf("\"mono\":\""u8) + "\"mono\":\"".Length] ^= 1;
        events[^1] = changed;
        Say(victim, new EventBatch(epoch, 1, ChainHash.Genesis, null, events).ToBytes());
    }

    /// <summary>A good centre's events, as if thousands before them were there.</summary>
    public void SayFuture(CentreId victim, EpochId epoch) => Say(victim, Batch(victim, epoch, 1_000_000, DateTimeOffset.UnixEpoch.AddYears(56)));

    /// <summary>Events of one centre on the topic of another.</summary>
    public void SayAsSomebodyElse(CentreId victim, CentreId own) => Say(victim, Batch(own, new EpochId(0xbad), 1, DateTimeOffset.UnixEpoch.AddYears(56)));

    /// <summary>A journal of its own, whose clock stands at 1970.</summary>
    public void SayOldClock(CentreId own) => Say(own, Batch(own, OldEpoch, 1, DateTimeOffset.UnixEpoch));

    public void SayBytes(CentreId victim, byte[] payload) => Say(victim, payload);

    public void Dispose()
    {
        link.Dispose();
        happened.Dispose();
    }

    private static byte[] Batch(CentreId centre, EpochId epoch, long seq, DateTimeOffset at)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        EventCodec.Write(output, new EventHeader(centre, epoch, seq, at, 1, "00000000", ClockTrust.Unsynced), new EdgeStarted("0", 0));
        return new EventBatch(epoch, seq, ChainHash.Genesis, null, [output.WrittenMemory.ToArray()]).ToBytes();
    }

    private void Say(CentreId centre, byte[] payload)
    {
        var handle = link.Publish(new MqttMessage(Topics.Events(centre), payload, MqttQuality.AtLeastOnce));
        WaitFor(one => one is MqttLinkEvent.Published published && published.Handle == handle);
    }

    private void WaitFor(Predicate<MqttLinkEvent> wanted)
    {
        while (happened.Wait(TimeSpan.FromSeconds(30)))
        {
            while (link.TryTake(out var one))
            {
                if (wanted(one))
                {
                    return;
                }

                if (one is MqttLinkEvent.Lost { Reason: var reason })
                {
                    throw new InvalidOperationException(reason);
                }
            }
        }

        throw new TimeoutException("The broker does not answer.");
    }
}
