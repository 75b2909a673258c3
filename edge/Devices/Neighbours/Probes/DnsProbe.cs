using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Neighbours.Probes;

/// <summary>Asks for the address of a name: the box's own resolver, or a server that is named.</summary>
/// <param name="server">Address and port of a resolver; null for the box's own, which may answer from its memory.</param>
/// <param name="forInternet">The question is whether the Internet is there: a resolver that cannot ask on says that it is not.</param>
public sealed class DnsProbe(string name, IPEndPoint? server = null, bool forInternet = false) : IProbe
{
    // RFC 1035, 4.1.1. What a router's DNS proxy answers whose line is cut.
    private const int ServerFailure = 2;
    private const int Refused = 5;

    private const int MostPackets = 16;

    public string Target { get; } = server is null ? $"dns {name}" : $"dns {name} {server.Address}";

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        if (server is null)
        {
            return (await Dns.GetHostAddressesAsync(name, stop)).Length > 0 ? Finding.Well : throw new IOException("máy chủ DNS trả lời không có địa chỉ");
        }

        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, stop);
        var question = DnsQuestion.Ask(name, (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1));
        await socket.SendAsync(question, stop);
        var answer = new byte[DnsQuestion.MostBytes];
        for (var packets = 0; packets < MostPackets; packets++)
        {
            var length = await socket.ReceiveAsync(answer, stop);
            switch (DnsQuestion.Read(answer.AsSpan(0, length), question))
            {
                case (0, > 0):
                    return Finding.Well;
                case ((ServerFailure or Refused) and var code, _) when forInternet:
                    throw new IOException($"máy chủ DNS báo lỗi {code} cho {name}: không hỏi được Internet");
                case (var code, _):
                    // It answers, so the line to it is whole.
                    return Finding.Trouble(NeighbourFaults.BadAnswer, DeviceState.Degraded, code == 0 ? $"không có địa chỉ của {name}" : $"máy chủ DNS báo lỗi {code} cho {name}");
            }
        }

        throw new IOException("máy chủ DNS trả lời sai");
    }
}
