using System.Net;
using System.Net.Sockets;

namespace MotCua.Protocols.Tests.Mqtt.MqttNet;

/// <summary>A broker that welcomes one client with what it is told to say, answers its pings with a message behind each answer, and counts its other packets without ever answering them.</summary>
internal sealed class SilentBroker : IDisposable
{
    private const byte Publish = 3;
    private const byte PingRequest = 12;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim heard = new(0);
    private readonly Task serving;
    private int publishes;

    /// <param name="welcome">CONNACK and whatever else follows at once.</param>
    public SilentBroker(params byte[] welcome)
    {
        listener.Start();
        serving = Task.Run(() => ServeAsync(welcome));
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Publishes => Volatile.Read(ref publishes);

    public bool AnswersPings { get; set; } = true;

    /// <summary>Waits until a packet of the client was read.</summary>
    public bool Hears() => heard.Wait(TimeSpan.FromSeconds(20));

    public void Dispose()
    {
        listener.Stop();
        ((IAsyncResult)serving).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(20));
        listener.Dispose();
        heard.Dispose();
    }

    private async Task ServeAsync(byte[] welcome)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var stream = client.GetStream();
            await ReadPacketAsync(stream);
            await stream.WriteAsync(welcome);
            while (true)
            {
                var kind = await ReadPacketAsync(stream);
                if (kind == Publish)
                {
                    Interlocked.Increment(ref publishes);
                }
                else if (kind == PingRequest && AnswersPings)
                {
                    // PINGRESP, then a message of quality 0 on 'p': the test sees it when the link has read the answer.
                    await stream.WriteAsync(new byte[] { 0xd0, 0, 0x30, 4, 0, 1, (byte)'p', 0 });
                }

                heard.Release();
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The client or the test is gone.
        }
    }

    private static async Task<int> ReadPacketAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one);
        var (kind, length, shift) = (one[0] >> 4, 0, 0);
        do
        {
            await stream.ReadExactlyAsync(one);
            length |= (one[0] & 0x7f) << shift;
            shift += 7;
        }
        while (one[0] >= 0x80);

        await stream.ReadExactlyAsync(new byte[length]);
        return kind;
    }
}
