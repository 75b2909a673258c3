using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Neighbours.Probes;

/// <summary>Asks a site for a page: its status, and how long its certificate still holds.</summary>
/// <param name="trustedNow">The time, while the clock is to be believed; otherwise null, and nothing is said of certificates.</param>
public sealed class HttpProbe(Uri where, Func<DateTimeOffset?> trustedNow) : IProbe
{
    /// <summary>A certificate that ends sooner is told: those who renew it need some days.</summary>
    public static readonly TimeSpan EndsSoon = TimeSpan.FromDays(14);

    public string Target { get; } = where.ToString();

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        var (status, _, tls) = await HttpExchange.AskAsync(where, null, null, mostBody: 0, stop);
        // Who asks for a password is at work.
        if (status is >= 400 and not 401)
        {
            return Finding.Trouble(NeighbourFaults.BadAnswer, DeviceState.Degraded, $"trả lời HTTP {status}");
        }

        return tls is not null && trustedNow() is { } now ? Judge(tls, now) : Finding.Well;
    }

    internal static Finding Judge(TlsFacts tls, DateTimeOffset now) => tls switch
    {
        _ when tls.Ends <= now => Finding.Trouble(NeighbourFaults.CertificateBad, DeviceState.Degraded, $"chứng thư hết hạn {tls.Ends:dd/MM/yyyy}"),
        { Problem: { } problem } => Finding.Trouble(NeighbourFaults.CertificateBad, DeviceState.Degraded, $"chứng thư: {problem}"),
        _ when tls.Ends - now < EndsSoon => Finding.Trouble(NeighbourFaults.CertificateEnds, DeviceState.Degraded, $"chứng thư hết hạn {tls.Ends:dd/MM/yyyy}"),
        _ => Finding.Well,
    };
}
