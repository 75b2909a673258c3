using MotCua.Edge.Devices.Neighbours.Wire;
using Xunit;

namespace MotCua.Devices.Tests.Neighbours;

/// <summary>Whatever a stranger sends: a result, or one named kind of complaint, and never more memory than the answer has bytes.</summary>
public sealed class HostileAnswerTests
{
    [Fact]
    public void Ipp_of_any_bytes_is_read_or_refused() => Seeds.ForAll(seed => Try(Mangled(seed, IppAnswers.Of(5, "media-empty", "toner-low")), bytes => IppMessage.Read(bytes)));

    [Fact]
    public void Snmp_of_any_bytes_is_read_or_refused() => Seeds.ForAll(seed =>
        Try(
            Mangled(seed, SnmpAgent.Answer(SnmpMessage.Get(1, "public", 7, [Ber.WriteObjectId(1, 3, 6, 1, 2, 1, 1, 3, 0)]), [0x40], 1, 1, knowsSupplies: true)!),
            bytes => SnmpMessage.Read(bytes, 7)));

    [Fact]
    public void Http_of_any_bytes_is_read_refused_or_waits_for_more() => Seeds.ForAll(seed =>
        Try(
            Mangled(seed, [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. IppAnswers.Chunked(IppAnswers.Of(3, "none"), 9)]),
            bytes =>
            {
                Assert.True(HttpReply.TryRead(bytes, ended: false, 64) is not { } early || early.Body.Length <= 64);
                Assert.NotNull(HttpReply.TryRead(bytes, ended: true, 64));
            }));

    [Fact]
    public void Dns_of_any_bytes_is_read_or_not_ours() => Seeds.ForAll(seed =>
    {
        var question = DnsQuestion.Ask("a.vn", 7);
        Try(Mangled(seed, [.. question, 1, 2, 3, 4]), bytes => DnsQuestion.Read(bytes, question));
    });

    [Fact]
    public void Icmp_of_any_bytes_is_ours_only_with_our_mark() => Seeds.ForAll(seed =>
    {
        byte[] mark = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] header = [0x45, .. new byte[19]];
        byte[] reply = [0, 0, 0, 0, 0, 0, 0, 1, .. mark];
        Assert.True(IcmpEcho.IsReply(reply, isV6: false, withHeader: false, mark));
        Assert.True(IcmpEcho.IsReply([.. header, .. reply], isV6: false, withHeader: true, mark));
        Assert.False(IcmpEcho.IsReply(IcmpEcho.Request(isV6: false, mark), isV6: false, withHeader: false, mark));
        IcmpEcho.IsReply(Mangled(seed, [.. header, .. reply]), isV6: false, withHeader: true, mark);
    });

    // RFC 1071: the sum of a packet with its checksum in place is all ones.
    [Fact]
    public void An_echo_request_carries_its_checksum()
    {
        var packet = IcmpEcho.Request(isV6: false, [9, 8, 7, 6, 5, 4, 3, 2]);
        var sum = 0;
        for (var i = 0; i < packet.Length; i += 2)
        {
            sum += (packet[i] << 8) + packet[i + 1];
        }

        Assert.Equal(0xFFFF, (sum & 0xFFFF) + (sum >> 16));
    }

    [Theory]
    [InlineData(0, "020100")]
    [InlineData(127, "02017F")]
    [InlineData(128, "02020080")]
    [InlineData(-129, "0202FF7F")]
    [InlineData(int.MaxValue, "02047FFFFFFF")]
    [InlineData(int.MinValue, "020480000000")]
    public void Integers_have_their_shortest_form(int value, string hex)
    {
        var bytes = Ber.WriteInteger(value);
        Assert.Equal(hex, Convert.ToHexString(bytes));
        Assert.Equal(value, Ber.ReadInteger(bytes.AsSpan(2)));
    }

    private static void Try(byte[] bytes, Action<byte[]> read)
    {
        try
        {
            read(bytes);
        }
        catch (InvalidDataException)
        {
            // The one complaint that a watch knows.
        }
    }

    /// <summary>A good answer with some bytes changed, cut off or drawn out; or none of it at all.</summary>
    private static byte[] Mangled(int seed, byte[] good)
    {
        var random = new Random(seed);
        byte[] bytes = random.Next(4) == 0 ? new byte[random.Next(200)] : [.. good];
        if (bytes.Length != good.Length)
        {
            random.NextBytes(bytes);
        }

        for (var i = random.Next(6); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }
}
