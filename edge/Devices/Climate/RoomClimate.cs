using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Climate;

/// <summary>Measures the room's climate every half minute, for the health of the centre: a hot cabinet kills cards, a damp one contacts.</summary>
/// <remarks>Faults: <see cref="FaultCode.NotAnswering"/>, and <see cref="FaultCode.ClimateBadReading"/> for answers that cannot be. It comes back by itself.</remarks>
public sealed class RoomClimate : ISteppedLoop, IDisposable
{
    /// <summary>From one measurement to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>An older reading says nothing of the room now.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(2);

    private const int DetailLength = 200;

    private readonly DeviceId device;
    private readonly IClimateSensor sensor;
    private readonly TimeProvider time;
    private readonly IDeviceReports reports;
    private readonly RetryPause pause = new(TimeSpan.FromSeconds(1), Every);
    private Measured? last;
    private long dueAt = long.MinValue;
    private FaultCode? told;
    private bool toldAnything;

    public RoomClimate(DeviceId device, IClimateSensor sensor, TimeProvider time, IDeviceReports reports)
    {
        ArgumentNullException.ThrowIfNull(sensor);
        (this.device, this.sensor, this.time, this.reports) = (device, sensor, time, reports);
    }

    public string Name => $"climate:{device}";

    public WakeSignal Wake { get; } = new();

    /// <summary>The newest reading that still holds; null when there is none. From any thread.</summary>
    public ClimateReading? Latest => Volatile.Read(ref last) is { } measured && time.GetElapsedTime(measured.At) <= Holds ? measured.Reading : null;

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (time.GetTimestamp() >= dueAt)
        {
            dueAt = time.After(Measure());
        }

        return ValueTask.FromResult(time.Until(dueAt));
    }

    public void Dispose()
    {
        sensor.Dispose();
        Wake.Dispose();
    }

    /// <returns>How long until the next.</returns>
    private TimeSpan Measure()
    {
        try
        {
            Volatile.Write(ref last, new Measured(sensor.Measure(), time.GetTimestamp()));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Tell(DeviceState.Failed, e is InvalidDataException ? FaultCode.ClimateBadReading : FaultCode.NotAnswering, e.Message);
            return pause.AfterFailure();
        }

        pause.Succeeded();
        Tell(DeviceState.Ready, null, null);
        return Every;
    }

    private void Tell(DeviceState state, FaultCode? fault, string? detail)
    {
        if (!toldAnything || told != fault)
        {
            (toldAnything, told) = (true, fault);
            reports.Report(new DeviceReport(device, state, fault, detail?.Length > DetailLength ? detail[..DetailLength] : detail));
        }
    }

    private sealed record Measured(ClimateReading Reading, long At);
}
