using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Mqtt;

namespace MotCua.CloudBridge.Configurations;

/// <content>What goes to the broker, and what it has taken.</content>
public sealed partial class ConfigurationTraffic
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(1);

    private readonly Dictionary<int, Flying> flying = [];
    private long? refusedAt;

    /// <summary>What the broker has taken is done; what was on its way when the line broke is sent again.</summary>
    public void Told(MqttLinkEvent happened)
    {
        if (happened is MqttLinkEvent.Connected or MqttLinkEvent.Lost)
        {
            flying.Clear();
        }
        else if (happened is MqttLinkEvent.Published published && flying.Remove(published.Handle, out var one))
        {
            if (published.Refused)
            {
                refusedAt = time.GetTimestamp();
            }
            else if (one.Revision is not { } revision)
            {
                toClear.Remove(one.Centre);
            }
            else
            {
                if (wanted.TryGetValue(one.Centre, out var newest) && newest == revision)
                {
                    due.Remove(one.Centre);
                }

                if (one.IsFirst)
                {
                    sent.Add(new ConfigurationStep(one.Centre, revision, ConfigurationStages.Sent, null, time.GetUtcNow()));
                }
            }
        }
    }

    /// <summary>Gives the broker what is due. To be called after the commit.</summary>
    public void Send()
    {
        due.UnionWith(born.Where(centre => wanted.TryGetValue(centre, out var revision) && SeenBy(centre) < revision));
        born.Clear();
        if (refusedAt is { } at && time.GetElapsedTime(at) < AfterRefusal)
        {
            return;
        }

        refusedAt = null;
        // One message of each centre on its way at a time, so that the last word is the last to come.
        foreach (var centre in due.Where(IsFree).ToList())
        {
            Send(centre, wanted[centre]);
        }

        foreach (var centre in toClear.Where(IsFree).ToList())
        {
            if (!TryClear(centre))
            {
                return;
            }
        }
    }

    private bool IsFree(CentreId centre) => flying.Count == 0 || flying.Values.All(one => one.Centre != centre);

    // False: no line, or no store to ask; later.
    private bool TryClear(CentreId centre)
    {
        try
        {
            if (store.Configurations.Read(centre, 1) is [{ IsWanted: true }, ..])
            {
                toClear.Remove(centre);
                isStale = true; // Another bridge has given a newer one meanwhile.
                return true;
            }
        }
        catch (BridgeStoreException)
        {
            return false;
        }

        // Nothing at all: that is how a retained message is taken away.
        var handle = mqtt.Publish(new MqttMessage(Topics.Configuration(centre), ReadOnlyMemory<byte>.Empty, MqttQuality.AtLeastOnce, Retain: true));
        return handle >= 0 && flying.TryAdd(handle, new Flying(centre, null, IsFirst: false));
    }

    private void Send(CentreId centre, long revision)
    {
        ConfigurationRecord? found;
        try
        {
            found = store.Configurations.Find(centre, revision);
        }
        catch (BridgeStoreException)
        {
            return; // Due still.
        }

        if (found is not { IsWanted: true })
        {
            due.Remove(centre);
            isStale = true; // Another bridge has taken it back meanwhile.
            return;
        }

        var word = new DesiredConfiguration(centre, revision, found.Given.Given, found.Given.Text);
        var handle = mqtt.Publish(new MqttMessage(Topics.Configuration(centre), word.Sign(key), MqttQuality.AtLeastOnce, Retain: true));
        if (handle >= 0)
        {
            flying[handle] = new Flying(centre, revision, IsFirst: found.State == ConfigurationStages.Waiting);
        }
    }

    // Revision null: nothing, to take away what the broker keeps.
    private readonly record struct Flying(CentreId Centre, long? Revision, bool IsFirst);
}
