using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Climate;
using MotCua.Edge.Devices.Speech;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Assembly;

/// <summary>Makes what a centre chose. A build that holds more drivers adds its rows; the file never asks for one that is not held (<see cref="BuildChoices"/>).</summary>
internal sealed partial class DriverTable
{
    private readonly Dictionary<MqttClient, Func<TimeProvider, IMqttLink>> links = new() { [MqttClient.Mosquitto] = time => new MosquittoLink(time) };
    private readonly Dictionary<DriverSet, Func<HardwareSeams, IHardware>> hardware = new()
    {
        [DriverSet.Virtual] = seams => new VirtualHardware(seams.Options, seams.Time, seams.Random, seams.Card),
        [DriverSet.Kernel] = seams => new KernelHardware(seams.Options, seams.Time),
    };

    private readonly Dictionary<ClimateChip, Func<II2cBus, int, IClimateSensor>> sensors = [];

    private DriverTable() => AddNuGetDrivers();

    public static DriverTable OfThisBuild { get; } = new();

    public IHardware Hardware(HardwareSeams seams) => hardware[seams.Options.Drivers](seams);

    public IMqttLink Link(MqttClient client, TimeProvider time) => links[client](time);

    public IClimateSensor Sensor(ClimateOptions wired, II2cBus bus) => sensors[wired.Chip](bus, wired.Address);

    // Its body is compiled with the drivers only.
    partial void AddNuGetDrivers();
}

/// <summary>What hardware is made of.</summary>
/// <param name="Card">The machine's sound card; null where there is none.</param>
internal sealed record HardwareSeams(CentreOptions Options, TimeProvider Time, Random Random, ISpeaker? Card);
