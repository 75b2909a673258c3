using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Configuration;

/// <summary>Where wall time comes from.</summary>
public enum ClockSource
{
    /// <summary>From the network only; not believed until the kernel says it is synchronised.</summary>
    Network,

    /// <summary>The box has a clock battery, and its operating system reads it.</summary>
    Battery,

    /// <summary>A DS3231 on the I2C bus, which the edge reads itself.</summary>
    Ds3231,
}

/// <summary>Which hardware the box has.</summary>
public enum DriverSet
{
    /// <summary>Simulated at the wire, for the lab page, training and tests.</summary>
    Virtual,

    /// <summary>The kernel's character devices.</summary>
    Kernel,

    /// <summary>The box's own buses through System.Device.Gpio; only in a build with <c>-p:UseNuGetDrivers=true</c>.</summary>
    DotNetIot,
}

/// <summary>Which library speaks MQTT.</summary>
public enum MqttClient
{
    /// <summary>libmosquitto, from Debian.</summary>
    Mosquitto,

    /// <summary>MQTTnet; only in a build with <c>-p:UseNuGetDrivers=true</c>.</summary>
    MqttNet,
}

/// <param name="Lamp">The lamp in the button, on the same chip as its contact; null when it has none.</param>
public sealed record ButtonOptions(DeviceId Id, WiredLine Line, PressSpec Press, WiredLine? Lamp = null)
{
    /// <summary>What a held press asks for.</summary>
    public PressSpec Hold { get; init; }

    /// <summary>How long a hold lasts; null for a button whose press counts at once.</summary>
    public TimeSpan? HoldAfter { get; init; }
}

/// <summary>A chip that measures the air.</summary>
public enum ClimateChip
{
    /// <summary>Through its binding of Iot.Device.Bindings; only in a build with <c>-p:UseNuGetDrivers=true</c>.</summary>
    Sht3x,
}

/// <param name="Address">I2C address, 0x44 or 0x45.</param>
public sealed record ClimateOptions(DeviceId Id, ClimateChip Chip, int Address);

/// <param name="Host">Name or address of the broker.</param>
/// <param name="ProvinceKey">File with the province's public key, PEM; relative to the configuration file.</param>
/// <param name="Tls">Mutual TLS with the centre's own certificate, files relative to the configuration file; null for a plain connection on a trusted line.</param>
/// <param name="MaxKbit">What the uplink may take of the line, kbit/s; null: all of it.</param>
public sealed record MqttOptions(string Host, int Port, string ProvinceKey, MqttTls? Tls = null, MqttClient Client = MqttClient.Mosquitto, int? MaxKbit = null);

/// <summary>A centre as its <c>centre.yaml</c> says it.</summary>
/// <param name="Name">For people: "Phường Việt Trì".</param>
/// <param name="Hash">SHA-256 of the file, 64 hexadecimal digits.</param>
/// <param name="Climate">The sensor of the room; null when it has none.</param>
public sealed record CentreOptions(
    CentreId Centre, string Name, ClockSource Clock, DriverSet Drivers, ImmutableArray<Service> Services, ImmutableArray<Counter> Counters,
    ImmutableArray<ButtonOptions> Buttons, ImmutableArray<BoardOptions> Boards, MqttOptions? Mqtt, string Hash, ClimateOptions? Climate = null)
{
    public required QueuePlan Plan { get; init; }

    /// <summary>The ticket printer; null when the centre has none: then numbers are on the page or in people's heads.</summary>
    public PrinterOptions? Printer { get; init; }

    /// <summary>Port expanders; buttons and lamps name their lines.</summary>
    public ImmutableArray<ExpanderOptions> Expanders { get; init; } = [];

    /// <summary>Televisions that show the page of the hall.</summary>
    public ImmutableArray<TvOptions> Tvs { get; init; } = [];

    /// <summary>Port on every network of the box where nothing but the page of the televisions is answered; null: they use the address of the other pages.</summary>
    public int? TvPort { get; init; }

    public BusOptions Buses { get; init; } = BusOptions.Default;

    /// <summary>What stands beside the box and is watched.</summary>
    public ImmutableArray<NeighbourEntry> Neighbours { get; init; } = [];

    /// <summary>The cameras of the hall.</summary>
    public ImmutableArray<CameraEntry> Cameras { get; init; } = [];

    /// <summary>What keeps the cameras' pictures.</summary>
    public ImmutableArray<RecorderEntry> Recorders { get; init; } = [];

    public SpeechOptions Speech { get; init; } = SpeechOptions.Default;

    /// <summary>Line of the file, from 1, at which a device stands.</summary>
    public ImmutableDictionary<DeviceId, int> FileLines { get; init; } = ImmutableDictionary<DeviceId, int>.Empty;

    /// <summary>The same with the files of TLS and of cameras' and recorders' passwords found: relative names are meant from the folder of the configuration file.</summary>
    public CentreOptions Beside(string folder) => this with
    {
        Mqtt = Mqtt is { Tls: { } files } mqtt ? mqtt with { Tls = files.Beside(folder) } : Mqtt,
        Cameras = [.. Cameras.Select(camera => camera.LoginFile is { } file ? camera with { LoginFile = Path.Combine(folder, file) } : camera)],
        Recorders = [.. Recorders.Select(recorder => recorder.LoginFile is { } file ? recorder with { LoginFile = Path.Combine(folder, file) } : recorder)],
    };
}

/// <summary>Something wrong in the file, as the person who edits it needs to hear it.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Path">Such as <c>counters[1].services[0]</c>.</param>
public sealed record ConfigurationError(int Line, string Path, string Found, string Expected)
{
    public override string ToString() => $"dòng {Line}, {Path}: có «{Found}», cần {Expected}";
}

/// <summary>The file cannot be used; every error is in it at once.</summary>
public sealed class ConfigurationException(string file, IReadOnlyList<ConfigurationError> errors)
    : Exception($"{file} có {errors.Count} lỗi:\n  {string.Join("\n  ", errors)}")
{
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
