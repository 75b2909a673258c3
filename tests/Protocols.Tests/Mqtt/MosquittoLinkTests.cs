using MotCua.Protocols.Mqtt;

namespace MotCua.Protocols.Tests.Mqtt;

/// <summary>The contract over libmosquitto.</summary>
public sealed class MosquittoLinkTests : MqttLinkContract
{
    protected override IMqttLink NewLink(int maxQueuedMessages = 4096, TimeProvider? time = null) => new MosquittoLink(time, maxQueuedMessages);
}
