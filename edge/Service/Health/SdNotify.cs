using System.Net.Sockets;
using System.Text;

namespace MotCua.Edge.Health;

/// <summary>Tells systemd how the service is: one datagram to <c>$NOTIFY_SOCKET</c> (sd_notify(3)); without that variable nothing happens.</summary>
public sealed class SdNotify(string? address)
{
    public static SdNotify FromEnvironment() => new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));

    /// <summary>How often systemd wants a sign of life; null when it wants none.</summary>
    public static TimeSpan? WatchdogInterval() =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), out var microseconds) && microseconds > 0 ? TimeSpan.FromMicroseconds(microseconds) : null;

    /// <param name="state">Such as <c>READY=1</c>.</param>
    public void Tell(string state)
    {
        if (string.IsNullOrEmpty(address))
        {
            return;
        }

        try
        {
            // A leading '@' means the abstract namespace, whose names start with a zero byte.
            var path = address[0] == '@' ? '\0' + address[1..] : address;
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            // systemd restarts a service that stays silent; that is the right answer to a socket that is gone.
        }
    }
}
