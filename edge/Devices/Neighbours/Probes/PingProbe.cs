using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Neighbours.Probes;

/// <summary>One echo request. Needs no root: the kernel's ICMP datagram socket where the group may use it, a raw one where the program may have that.</summary>
/// <remarks>The runtime's own Ping starts the program <c>ping</c> when it may not open a raw socket; a box that watches twenty machines would start it all day.</remarks>
/// <param name="host">Name or address.</param>
public sealed class PingProbe(string host) : IProbe
{
    // A raw socket hears every ICMP packet of the box; after so many of others the look goes to its deadline.
    private const int MostPackets = 64;

    public string Target { get; } = $"ping {host}";

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, stop);
        var address = addresses.Length > 0 ? addresses[0] : throw new IOException($"không tìm thấy địa chỉ của {host}");
        if (TryOpen(address.AddressFamily) is not { } open)
        {
            return Finding.NotLooked(
                NeighbourFaults.PingForbidden, "chưa xem được; nhân không cho mở socket ICMP; đặt sysctl net.ipv4.ping_group_range=\"0 2147483647\" hoặc cấp CAP_NET_RAW");
        }

        using var socket = open.Socket;
        var isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var mark = RandomNumberGenerator.GetBytes(8);
        try
        {
            await socket.ConnectAsync(address, 0, stop);
            await socket.SendAsync(IcmpEcho.Request(isV6, mark), stop);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            return Finding.NotLooked(NeighbourFaults.PingForbidden, $"chưa xem được; máy này không được gửi gói ICMP ({e.Message}); kiểm tra tường lửa của máy này, hoặc theo dõi bằng tcp");
        }

        var answer = new byte[256];
        for (var packets = 0; packets < MostPackets; packets++)
        {
            var length = await socket.ReceiveAsync(answer, stop);
            if (IcmpEcho.IsReply(answer.AsSpan(0, length), isV6, withHeader: open.IsRaw && !isV6, mark))
            {
                return Finding.Well;
            }
        }

        throw new IOException("quá nhiều gói ICMP lạ, không thấy trả lời");
    }

    private static (Socket Socket, bool IsRaw)? TryOpen(AddressFamily family)
    {
        var protocol = family == AddressFamily.InterNetworkV6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp;
        foreach (var type in (SocketType[])[SocketType.Dgram, SocketType.Raw])
        {
            try
            {
                return (new Socket(family, type, protocol), type == SocketType.Raw);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied or SocketError.ProtocolNotSupported or SocketError.OperationNotSupported)
            {
                // The other kind may be allowed.
            }
        }

        return null;
    }
}
