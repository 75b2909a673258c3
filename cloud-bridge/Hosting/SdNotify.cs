using System.Net.Sockets;
using System.Text;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Tells systemd how the service is: one datagram a word to <c>$NOTIFY_SOCKET</c> (sd_notify(3)). Silent where there is no such socket.</summary>
public sealed class SdNotify : IDisposable
{
    // systemd asks for a ping well within WatchdogSec, usually 30 s; more often than this says nothing more.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time;
    private readonly Socket? socket;
    private readonly UnixDomainSocketEndPoint? manager;
    private long? lastPing;

    /// <param name="path">Value of <c>$NOTIFY_SOCKET</c>: a path, or <c>@name</c> of an abstract socket; null for none.</param>
    public SdNotify(string? path, TimeProvider time)
    {
        this.time = time;
        if (string.IsNullOrEmpty(path))
        {
            return;
        }

        manager = new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path);
        socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    }

    public void Ready() => Send("READY=1");

    public void Stopping() => Send("STOPPING=1");

    /// <summary>A step of the loop was completed: that, and no timer, is what keeps the watchdog quiet.</summary>
    public void Progress()
    {
        if (lastPing is { } last && time.GetElapsedTime(last) < PingInterval)
        {
            return;
        }

        lastPing = time.GetTimestamp();
        Send("WATCHDOG=1");
    }

    private void Send(string word)
    {
        try
        {
            socket?.SendTo(Encoding.ASCII.GetBytes(word), manager!);
        }
        catch (SocketException)
        {
            // Whoever supervises us is gone or busy; the next word tries again.
        }
    }

    public void Dispose() => socket?.Dispose();
}
