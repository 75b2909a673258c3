using System.Net.Sockets;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Neighbours.Probes;

/// <summary>Opens a connection and closes it again.</summary>
/// <param name="host">Name or address.</param>
public sealed class TcpProbe(string host, int port) : IProbe
{
    public string Target { get; } = $"tcp {host}:{port}";

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, stop);
            return Finding.Well;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // The machine is on and reachable; the program behind the port is not running.
            return Finding.Trouble(NeighbourFaults.BadAnswer, DeviceState.Degraded, $"máy bật nhưng không nhận kết nối ở cổng {port}");
        }
    }
}
