using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MotCua.Bench;

/// <summary>One keep-alive HTTP/1.1 client that sends a request and waits for its answer: as lean as can be, since it shares the machine with what it measures.</summary>
internal sealed class HttpClientLoop : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[4096];

    public HttpClientLoop(int port) => socket.Connect(IPAddress.Loopback, port);

    public static byte[] Post(string path, string json) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public static byte[] Get(string path) => Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

    /// <returns>The status code.</returns>
    public int Send(byte[] request)
    {
        socket.Send(request);
        var got = 0;
        while (true)
        {
            got += socket.Receive(answer.AsSpan(got));
            var text = answer.AsSpan(0, got);
            var head = text.IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                continue;
            }

            var complete = Length(text[..head]) is { } length ? got >= head + 4 + length : text.EndsWith("0\r\n\r\n"u8);
            if (complete)
            {
                return ((text[9] - '0') * 100) + ((text[10] - '0') * 10) + text[11] - '0';
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private static int? Length(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return null;
        }

        var length = 0;
        foreach (var digit in head[(at + 16)..])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            length = (length * 10) + digit - '0';
        }

        return length;
    }
}
