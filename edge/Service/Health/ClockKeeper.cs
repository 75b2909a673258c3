using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Clock;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Health;

/// <summary>Reads the clock chip at the start, sets it by the system's clock when that is synchronised, and tells when its battery is empty.</summary>
/// <remarks>
/// A chip that stood still is not believed. It is set like any other, but the fault stays until the next start: only the next power cut shows
/// whether the battery holds. A time that is believed moves the business date for good, and I2C has no checksum: so only two reads that agree
/// count, none that is years ahead of all that this box knows, and none that jumps away from the time that was believed before. Faults: <see cref="FaultCode.NotAnswering"/>, <see cref="FaultCode.ClockBatteryEmpty"/>.
/// </remarks>
public sealed class ClockKeeper : ISteppedLoop, IDisposable
{
    public const string Device = "clock";

    /// <summary>Between two looks: a DS3231 is off by 2 ppm, which is a second in six days.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>A chip that does not answer is back within three seconds of its return.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>A chip that is not believed waits for the system's clock.</summary>
    private static readonly TimeSpan WhileWaiting = TimeSpan.FromSeconds(10);

    /// <summary>A chip that is off by less is left alone; it says whole seconds only.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The two reads of a look are a few milliseconds apart, and the chip says whole seconds only.</summary>
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(2);

    /// <summary>Since the start the box has counted by itself, wrong by seconds a day.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(10);

    /// <summary>After the newest trusted time of the journal: no CR2032 carries a chip for longer (datasheet of the cell: some 220 mAh, of the chip: 3 µA).</summary>
    private const int YearsOff = 10;

    /// <summary>After <see cref="BusinessDate.Unknown"/>, for a journal that knows no time: this program will not serve for longer.</summary>
    private const int YearsOfService = 20;

    private static readonly DateTimeOffset Plausible = new(BusinessDate.Unknown, TimeOnly.MinValue, TimeSpan.Zero);
    private const int DetailLength = 200;

    private readonly Ds3231Clock chip;
    private readonly ChipTime time;
    private readonly DateTimeOffset latest;
    private IDeviceReports? reports;
    private (DeviceState State, FaultCode? Fault, string? Detail) found;
    private string? stoodStill;
    private bool set;
    private long lookedAt;
    private TimeSpan rest;

    /// <param name="lastTrusted">The newest wall time that the journal has from a trusted clock; null when it has none.</param>
    public ClockKeeper(Ds3231Clock chip, ChipTime time, DateTimeOffset? lastTrusted)
    {
        ArgumentNullException.ThrowIfNull(time);
        (this.chip, this.time) = (chip, time);
        latest = lastTrusted is { Year: < 9000 } last && last > Plausible ? last.AddYears(YearsOff) : Plausible.AddYears(YearsOfService);
        Look();
    }

    public string Name => "clock";

    public WakeSignal Wake { get; } = new();

    /// <returns>Null where the centre has no clock chip of ours.</returns>
    public static ClockKeeper? Of(CentreOptions options, EdgeSeams seams, DateTimeOffset? lastTrusted) => options.Clock == ClockSource.Ds3231 && seams.Identity.Clock is ChipTime time
        ? new ClockKeeper(new Ds3231Clock(seams.Hardware.I2c.Open(CentreFile.ClockAddress)), time, lastTrusted)
        : null;

    /// <summary>What was found so far is told, and what changes.</summary>
    public void ReportTo(IDeviceReports listener)
    {
        reports = listener;
        Tell();
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (time.GetElapsedTime(lookedAt) >= rest)
        {
            Look();
            Tell();
        }

        var left = rest - time.GetElapsedTime(lookedAt);
        return ValueTask.FromResult(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    public void Dispose() => Wake.Dispose();

    private void Look()
    {
        lookedAt = time.GetTimestamp();
        try
        {
            rest = set ? Set() : Read();
            found = stoodStill is null ? (DeviceState.Ready, null, null) : (DeviceState.Degraded, FaultCode.ClockBatteryEmpty, stoodStill);
        }
        catch (IOException e)
        {
            set = false;
            found = (DeviceState.Failed, FaultCode.NotAnswering, e.Message.Length <= DetailLength ? e.Message : e.Message[..DetailLength]);
            rest = Again;
        }
    }

    /// <returns>How long until the next look.</returns>
    private TimeSpan Read()
    {
        var reading = ReadTwice();
        var jumped = time.Now() == ClockTrust.Holdover && !time.IsSystemSet && (reading.Utc - time.GetUtcNow()).Duration() > Jump;
        var good = reading.Trusted && reading.Utc >= Plausible && reading.Utc <= latest && !jumped;
        if (!good)
        {
            stoodStill ??= $"DS3231: {(reading.Trusted ? "set to" : "stood still; shows")} {reading.Utc:yyyy-MM-dd HH:mm}.";
        }

        if (good && !time.IsSystemSet)
        {
            time.Believe(reading.Utc);
        }

        if (!time.IsSystemSynced)
        {
            return good ? Every : WhileWaiting;
        }

        if (good && (time.GetUtcNow() - reading.Utc).Duration() <= Tolerance)
        {
            return Every;
        }

        // The chip begins a whole second with the write, so it is written at one.
        set = true;
        return TimeSpan.FromMilliseconds(1000 - time.GetUtcNow().Millisecond);
    }

    /// <exception cref="IOException">As of a read, or the two do not agree.</exception>
    private ClockReading ReadTwice()
    {
        var (first, second) = (chip.Read(), chip.Read());
        return first.Trusted == second.Trusted && second.Utc >= first.Utc && second.Utc - first.Utc <= Agreement
            ? second
            : throw new IOException($"DS3231: two reads differ, {first.Utc:yyyy-MM-dd HH:mm:ss} and {second.Utc:yyyy-MM-dd HH:mm:ss}.");
    }

    private TimeSpan Set()
    {
        set = false;
        if (time.IsSystemSynced)
        {
            chip.Set(time.GetUtcNow() + TimeSpan.FromMilliseconds(500));
        }

        return Every;
    }

    private void Tell() => reports?.Report(new DeviceReport(new DeviceId(Device), found.State, found.Fault, found.Detail));
}
