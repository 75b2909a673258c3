using System.Net;
using System.Net.Sockets;

namespace MotCua.Bench.Fleet;

/// <summary>Stands between an edge and its broker, passes everything on, and notes when how many bytes went up.</summary>
internal sealed class CountingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<(long At, int Bytes)> sent = [];
    private readonly int target;

    public CountingProxy(int target)
    {
        this.target = target;
        listener.Start();
        Accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    private Task Accepting { get; }

    /// <summary>Bytes that went up so far.</summary>
    public long Sent
    {
        get
        {
            lock (sent)
            {
                return sent.Sum(one => (long)one.Bytes);
            }
        }
    }

    /// <summary>The most that went up within any stretch of time so long, kbit/s.</summary>
    public double MostKbit(TimeSpan within)
    {
        lock (sent)
        {
            var (most, sum, first) = (0L, 0L, 0);
            foreach (var (at, bytes) in sent)
            {
                sum += bytes;
                while (TimeProvider.System.GetElapsedTime(sent[first].At, at) >= within)
                {
                    sum -= sent[first++].Bytes;
                }

                most = Math.Max(most, sum);
            }

            return most * 8 / 1000.0 / within.TotalSeconds;
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        Accepting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Wait(TimeSpan.FromSeconds(5));
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var edge = await listener.AcceptTcpClientAsync(stop.Token);
            _ = Task.Run(() => PassAsync(edge));
        }
    }

    private async Task PassAsync(TcpClient edge)
    {
        using (edge)
        using (var broker = new TcpClient { NoDelay = true })
        {
            try
            {
                edge.NoDelay = true;
                await broker.ConnectAsync(IPAddress.Loopback, target, stop.Token);
                await Task.WhenAny(CopyAsync(edge.GetStream(), broker.GetStream(), counts: true), CopyAsync(broker.GetStream(), edge.GetStream(), counts: false));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The edge sees a broken line, and comes again.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool counts)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, stop.Token) is var got and > 0)
            {
                if (counts)
                {
                    lock (sent)
                    {
                        sent.Add((TimeProvider.System.GetTimestamp(), got));
                    }
                }

                await to.WriteAsync(buffer.AsMemory(0, got), stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // One side has gone; so does the other.
        }
    }
}
