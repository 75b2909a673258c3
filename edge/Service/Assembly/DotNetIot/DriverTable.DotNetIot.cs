using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Climate.DotNetIot;
using MotCua.Protocols.Mqtt.MqttNet;

namespace MotCua.Edge.Assembly;

/// <content>The rows of a build with <c>-p:UseNuGetDrivers=true</c>.</content>
internal sealed partial class DriverTable
{
    partial void AddNuGetDrivers()
    {
        links[MqttClient.MqttNet] = time => new MqttNetLink(time);
        hardware[DriverSet.DotNetIot] = seams => new DotNetIotHardware(seams.Options.Speech, seams.Time, seams.Card);
        sensors[ClimateChip.Sht3x] = Sht3xSensor.Open;
    }
}
