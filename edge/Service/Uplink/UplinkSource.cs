using System.Text.Json;
using MotCua.Edge.Health;
using MotCua.Edge.Journal;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.State;

namespace MotCua.Edge.Uplink;

/// <summary>What the uplink tells of the centre beside its events.</summary>
/// <param name="Configuration">SHA-256 of the configuration file, 64 hexadecimal digits.</param>
public sealed record UplinkSource(CentreId Centre, string Name, string Version, string Configuration, DeviceBook Devices, Func<HealthMessage> Health)
{
    /// <summary>Asks which configuration of the province was seen last; null while none was.</summary>
    public Func<BirthConfiguration?>? Pushed { get; init; }

    public MqttMessage State(string state, long session) => new(
        Topics.State(Centre), JsonSerializer.SerializeToUtf8Bytes(new StateMessage(state, session), StateJson.Default.StateMessage), MqttQuality.AtLeastOnce, Retain: true);

    public MqttMessage Birth(long session, IEnumerable<EpochExtent> epochs) => new(
        Topics.Birth(Centre),
        JsonSerializer.SerializeToUtf8Bytes(
            new BirthMessage(
                session, Name, Version, Configuration, [.. epochs.Select(e => new BirthEpoch(e.Epoch.ToString(), e.First, e.End.Seq))],
                [.. Devices.Inventory.Select(d => new BirthDevice(d.Device, d.Kind))], Pushed?.Invoke()),
            StateJson.Default.BirthMessage),
        MqttQuality.AtLeastOnce,
        Retain: true);

    public MqttMessage Device(KnownDevice device) => new(
        Topics.Device(Centre, device.Device),
        JsonSerializer.SerializeToUtf8Bytes(
            new DeviceMessage(device.Device, device.Kind, device.StateName, device.Report.Fault?.Value, device.Report.Detail, device.At), StateJson.Default.DeviceMessage),
        MqttQuality.AtLeastOnce,
        Retain: true);

    public MqttMessage Answer(CommandAnswer answer) => new(
        Topics.Answer(Centre, answer.Id), JsonSerializer.SerializeToUtf8Bytes(answer, AnswerJson.Default.CommandAnswer), MqttQuality.AtLeastOnce);

    public MqttMessage Snapshot(string id, byte[] message) => new(Topics.Snapshot(Centre, id), message, MqttQuality.AtLeastOnce);

    public MqttMessage HealthNow() => new(
        Topics.Health(Centre), JsonSerializer.SerializeToUtf8Bytes(Health(), StateJson.Default.HealthMessage), MqttQuality.AtMostOnce);
}
