using System.Globalization;
using MotCua.Edge.Commands;
using MotCua.Edge.Devices.Stepping;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Enrolment;

/// <summary>Tells in time that the centre's certificate ends, and what is wrong with its files.</summary>
/// <remarks>
/// Whether it has ended is asked of the province's time, since a box may have no clock: the earliest that it can be now must be past the end. Where nobody knows what time it
/// is nothing is said; the broker, which knows, then says that it lets nobody in. Files are looked at again and again, so that what was mended shows by itself.
/// </remarks>
/// <param name="fault">Code, and what was found; null when it is not so, or no longer.</param>
public sealed class CertificateWatch(MqttTls files, CentreId centre, ProvinceClock clock, Action<string, string?> fault) : ISteppedLoop, IDisposable
{
    /// <summary>So long before the end people are told.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    // Three small files that the kernel has in its memory.
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Here = TimeSpan.FromHours(7);

    public string Name => "certificate";

    public WakeSignal Wake { get; } = new();

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        var look = CertificateFiles.Look(files, centre);
        fault("uplink.certificate-bad", look.Problems.Count == 0 ? null : string.Join("; ", look.Problems));
        var now = clock.Now();
        var ended = look.Until <= now?.Earliest;
        var ends = !ended && look.Until - Ahead <= now?.Latest;
        var day = look.Until?.ToOffset(Here).ToString("'Hạn dùng đến' HH:mm 'ngày' dd/MM/yyyy'.'", CultureInfo.InvariantCulture);
        fault("uplink.certificate-ended", ended ? day : null);
        fault("uplink.certificate-ends", ends ? day : null);
        return ValueTask.FromResult(Every);
    }

    public void Dispose() => Wake.Dispose();
}
