namespace MotCua.Edge.Configuration;

/// <summary>What a centre may choose of drivers and libraries, and what of it this build holds.</summary>
/// <remarks>
/// A choice that a build does not hold is an error of the file, which says what to do; it never becomes another choice by itself: a centre whose buttons
/// are simulated without anybody knowing would look well and serve nobody.
/// </remarks>
internal static partial class BuildChoices
{
    private const string NeedsNuGet = "phải biên dịch lại với -p:UseNuGetDrivers=true";

    private static readonly Choice<DriverSet>[] Drivers = [new("virtual", DriverSet.Virtual), new("kernel", DriverSet.Kernel), new("dotnet-iot", DriverSet.DotNetIot, NuGet: true)];
    private static readonly Choice<MqttClient>[] Clients = [new("mosquitto", MqttClient.Mosquitto), new("mqttnet", MqttClient.MqttNet, NuGet: true)];
    private static readonly Choice<ClimateChip>[] Sensors = [new("sht3x", ClimateChip.Sht3x, NuGet: true)];

    /// <summary>This build holds MQTTnet, System.Device.Gpio and Iot.Device.Bindings.</summary>
    public static bool HoldsNuGetDrivers { get; } = FindNuGetDrivers();

    public static string DriverNames => Names(Drivers);

    public static DriverSet DriversOf(YamlField field) => Read(field, Drivers);

    public static string NameOf(DriverSet drivers) => Drivers.First(choice => choice.Value == drivers).Name;

    public static MqttClient ClientOf(YamlField field) => Read(field, Clients);

    public static ClimateChip SensorOf(YamlField field) => Read(field, Sensors);

    private static string Names<T>(IEnumerable<Choice<T>> choices) => string.Join(" hoặc ", choices.Select(choice => choice.Name));

    private static T Read<T>(YamlField field, Choice<T>[] choices) => field.Value(
        text => choices.FirstOrDefault(choice => choice.Name == text && IsHeld(choice)) is { } chosen ? chosen.Value : throw new FormatException(),
        string.Join("; ", choices.Select(choice => IsHeld(choice) ? choice.Name : $"{choice.Name} ({NeedsNuGet})")))!;

    private static bool IsHeld<T>(Choice<T> choice) => !choice.NuGet || HoldsNuGetDrivers;

    private static bool FindNuGetDrivers()
    {
        var found = false;
        HoldNuGetDrivers(ref found);
        return found;
    }

    // Its body is compiled with the drivers only.
    static partial void HoldNuGetDrivers(ref bool found);

    private sealed record Choice<T>(string Name, T Value, bool NuGet = false);
}
