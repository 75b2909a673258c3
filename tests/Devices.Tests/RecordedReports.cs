using MotCua.Edge.Devices.Health;

namespace MotCua.Devices.Tests;

/// <summary>Keeps what devices told, in order.</summary>
internal sealed class RecordedReports : IDeviceReports
{
    public List<DeviceReport> All { get; } = [];

    public DeviceReport Last => All[^1];

    public void Report(DeviceReport report) => All.Add(report);

    /// <summary>States and faults of one device, such as <c>Failed device.not-answering</c>.</summary>
    public string[] Of(string device) =>
        [.. All.Where(report => report.Device.Value == device).Select(report => $"{report.State} {report.Fault}".TrimEnd())];
}
