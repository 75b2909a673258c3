using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MotCua.Edge.Devices.Virtual.Camera;

/// <summary>The cameras of a simulated centre, behind one RTSP server on this machine only. Each stream is named by the path of its address.</summary>
/// <remarks>Real RTSP, real RTP, real H.264 and G.711: what watches them is what will watch a camera on the wall.</remarks>
public sealed class VirtualCameras(TimeProvider time) : IDisposable
{
    // Four cameras with three streams each, and one more to say no to.
    private const int MostConnections = 16;

    private readonly ConcurrentDictionary<string, VirtualCamera> streams = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private TcpListener? listener;
    private int connections;

    /// <summary>Says where a stream is really to be had; the server starts with the first one asked for.</summary>
    /// <param name="wired">The address of the file.</param>
    public Uri Serve(Uri wired, VirtualCamera camera)
    {
        lock (gate)
        {
            streams[wired.PathAndQuery] = camera;
            if (listener is null)
            {
                listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                _ = AcceptAsync(listener);
            }

            return new Uri($"rtsp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}{wired.PathAndQuery}");
        }
    }

    /// <summary>Ends every connection.</summary>
    public void Dispose()
    {
        ending.Cancel();
        listener?.Dispose();
    }

    internal VirtualCamera? Find(string url) => Uri.TryCreate(url, UriKind.Absolute, out var where)
        ? streams.GetValueOrDefault(where.PathAndQuery) ?? streams.FirstOrDefault(one => where.PathAndQuery.StartsWith(one.Key + "/", StringComparison.Ordinal)).Value
        : null;

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
            {
                var client = await from.AcceptTcpClientAsync(ending.Token);
                if (Interlocked.Increment(ref connections) > MostConnections)
                {
                    Interlocked.Decrement(ref connections);
                    client.Dispose();
                    continue;
                }

                _ = TalkAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The centre is put down.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var talk = new RtspTalk(this, client.GetStream(), time);
                await talk.RunAsync(ending.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidDataException or System.ComponentModel.Win32Exception)
        {
            // Whoever asked has gone, or there is no encoder: the connection ends, as a camera's does.
        }
        finally
        {
            Interlocked.Decrement(ref connections);
        }
    }
}
