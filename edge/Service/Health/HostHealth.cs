using System.Globalization;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;

namespace MotCua.Edge.Health;

/// <summary>Reads how the box is, from the kernel's own files; what a box does not have is left out.</summary>
/// <param name="dataFolder">Where the journal stands.</param>
public sealed class HostHealth(string dataFolder, TimeProvider time, IClockTrust clock, Func<long> pendingEvents)
{
    public HealthMessage Read() => new(
        time.GetUtcNow(), pendingEvents(), JournalBytes(), Environment.WorkingSet, TemperatureC(), FreeBytes(),
        clock.Now() switch { ClockTrust.Synced => "synced", ClockTrust.Holdover => "holdover", _ => "unsynced" });

    private long JournalBytes()
    {
        try
        {
            return Directory.Exists(dataFolder) ? new DirectoryInfo(dataFolder).EnumerateFiles().Sum(file => file.Length) : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // A segment went while they were counted; the next look counts again.
        }
    }

    private long FreeBytes()
    {
        try
        {
            return new DriveInfo(dataFolder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static double? TemperatureC()
    {
        try
        {
            const string Sensor = "/sys/class/thermal/thermal_zone0/temp"; // Millidegrees (kernel: thermal/sysfs-api).
            return File.Exists(Sensor) && long.TryParse(File.ReadAllText(Sensor).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milli)
                ? milli / 1000.0
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
