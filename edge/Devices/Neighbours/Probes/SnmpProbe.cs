using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Neighbours.Probes;

/// <summary>Asks a printer how it is, or any device whether it lives, over SNMP: version 2c first, and version 1 where that is not answered.</summary>
/// <param name="community">A password that everyone may read; usually <c>public</c>.</param>
/// <param name="isPrinter">Asked for its errors and its toner as well.</param>
public sealed class SnmpProbe(string host, int port, string community, bool isPrinter, TimeProvider time) : IProbe
{
    private const int Version1 = 0;
    private const int Version2C = 1;
    private const int NoError = 0;
    private const int NoSuchName = 2;
    private const int GenErr = 5;
    private const int MostPackets = 16;

    // A third of the usual deadline, so that the other version has its turn.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    // sysUpTime (RFC 3418); hrPrinterDetectedErrorState of device 1 (RFC 2790); prtMarkerSuppliesMaxCapacity and -Level of the first supply (RFC 3805).
    private static readonly byte[] UpTime = Ber.WriteObjectId(1, 3, 6, 1, 2, 1, 1, 3, 0);
    private static readonly byte[] Errors = Ber.WriteObjectId(1, 3, 6, 1, 2, 1, 25, 3, 5, 1, 2, 1);
    private static readonly byte[] SupplyFull = Ber.WriteObjectId(1, 3, 6, 1, 2, 1, 43, 11, 1, 1, 8, 1, 1);
    private static readonly byte[] SupplyLevel = Ber.WriteObjectId(1, 3, 6, 1, 2, 1, 43, 11, 1, 1, 9, 1, 1);

    private int spoken = Version2C;

    public string Target { get; } = $"snmp {host}";

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, stop);
        var there = new IPEndPoint(addresses.Length > 0 ? addresses[0] : throw new IOException($"không tìm thấy địa chỉ của {host}"), port);
        var first = Volatile.Read(ref spoken);
        foreach (var version in (int[])[first, Version1 + Version2C - first])
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
            try
            {
                var found = await AskAsync(there, version, either.Token);
                Volatile.Write(ref spoken, version);
                return found;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                // Not answered: the other version, or nobody there.
            }
        }

        throw new IOException("không trả lời SNMP; kiểm tra địa chỉ và community");
    }

    private async Task<Finding> AskAsync(IPEndPoint there, int version, CancellationToken stop)
    {
        using var socket = new Socket(there.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(there, stop);
        var wanted = new List<byte[]>(isPrinter ? [UpTime, Errors, SupplyFull, SupplyLevel] : [UpTime]);
        while (true)
        {
            var answer = await AskAsync(socket, version, wanted, stop);
            // Version 1 refuses all for one that is missing, and some agents for one that they fail to read: the rest is asked again. The number of tries is that of the names.
            if (answer.Error is NoSuchName or GenErr && answer.ErrorIndex >= 1 && answer.ErrorIndex <= wanted.Count && wanted.Count > 1)
            {
                wanted.RemoveAt(answer.ErrorIndex - 1);
                continue;
            }

            return answer.Error switch
            {
                NoError when isPrinter => Judge(wanted, answer.Values),
                NoError or NoSuchName => Finding.Well, // It has nothing of what was asked, and lives.
                _ => throw new InvalidDataException($"SNMP báo lỗi {answer.Error}"),
            };
        }
    }

    private async Task<SnmpAnswer> AskAsync(Socket socket, int version, List<byte[]> wanted, CancellationToken stop)
    {
        var request = RandomNumberGenerator.GetInt32(int.MaxValue);
        await socket.SendAsync(SnmpMessage.Get(version, community, request, wanted), stop);
        var bytes = new byte[SnmpMessage.MostBytes];
        for (var packets = 0; packets < MostPackets; packets++)
        {
            var length = await socket.ReceiveAsync(bytes, stop);
            if (SnmpMessage.Read(bytes.AsSpan(0, length), request) is { } answer)
            {
                return answer;
            }
        }

        throw new InvalidDataException("trả lời SNMP cho câu hỏi khác");
    }

    private static Finding Judge(List<byte[]> wanted, IReadOnlyList<SnmpValue> values)
    {
        var errors = Find(Errors, Ber.OctetString) ?? [];
        int? percent = Find(SupplyFull, Ber.Integer) is { } full && Find(SupplyLevel, Ber.Integer) is { } level
            && Ber.ReadInteger(full) is > 0 and var most && Ber.ReadInteger(level) is >= 0 and var left // -1 to -3 say that it is not known how much (RFC 3805).
                ? (int)Math.Min(100, 100L * left / most) : null;
        return PrinterTrouble.Of(errors, percent);

        byte[]? Find(byte[] name, byte tag)
        {
            var place = wanted.IndexOf(name);
            return place >= 0 && place < values.Count && values[place].Tag == tag ? values[place].Content : null;
        }
    }
}
