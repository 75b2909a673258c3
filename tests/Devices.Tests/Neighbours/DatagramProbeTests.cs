using System.Net.Sockets;
using MotCua.Edge.Devices.Neighbours;
using MotCua.Edge.Devices.Neighbours.Probes;
using Xunit;

namespace MotCua.Devices.Tests.Neighbours;

/// <summary>DNS, SNMP and ping on real sockets.</summary>
public sealed class DatagramProbeTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resolver_that_knows_the_name_is_well_and_packets_of_others_are_passed_over()
    {
        await using var resolver = new TinyAgent(asked => [[1, 2, 3], Resolved(asked, id: 0xFF), Resolved(asked)]);
        Assert.Equal(Finding.Well, await new DnsProbe("dichvucong.gov.vn", resolver.At).LookAsync(Test));
        // Recursion desired, one question, the name label by label, type A, class IN.
        Assert.Equal("01000001000000000000" + "0A6469636876" + "75636F6E6703676F7602766E00" + "00010001", Convert.ToHexString(resolver.Asked[0].AsSpan(2)));
    }

    [Theory]
    [InlineData(3, 0, "máy chủ DNS báo lỗi 3 cho a.vn")]
    [InlineData(0, 0, "không có địa chỉ của a.vn")]
    public async Task A_resolver_that_does_not_know_the_name_is_told(byte code, byte records, string detail)
    {
        await using var resolver = new TinyAgent(asked => [Resolved(asked, code: code, records: records)]);
        var found = await new DnsProbe("a.vn", resolver.At).LookAsync(Test);
        Assert.Equal((NeighbourFaults.BadAnswer, detail), (found.Fault!.Value, found.Detail));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_resolver_that_cannot_ask_on_is_silence_of_the_Internet_and_a_bad_answer_of_anything_else(byte code)
    {
        await using var router = new TinyAgent(asked => [Resolved(asked, code: code, records: 0)]);
        var e = await Assert.ThrowsAsync<IOException>(() => new DnsProbe("a.vn", router.At, forInternet: true).LookAsync(Test));
        Assert.Equal($"máy chủ DNS báo lỗi {code} cho a.vn: không hỏi được Internet", e.Message);
        Assert.Equal(NeighbourFaults.BadAnswer, (await new DnsProbe("a.vn", router.At).LookAsync(Test)).Fault);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_no_silence_of_the_Internet()
    {
        await using var router = new TinyAgent(asked => [Resolved(asked, code: 3, records: 0)]);
        var found = await new DnsProbe("a.vn", router.At, forInternet: true).LookAsync(Test);
        Assert.Equal((NeighbourFaults.BadAnswer, true), (found.Fault!.Value, found.Answered));
    }

    [Fact]
    public async Task A_flood_of_foreign_answers_ends()
    {
        await using var resolver = new TinyAgent(asked => Enumerable.Repeat(new byte[40], 40));
        await Assert.ThrowsAsync<IOException>(() => new DnsProbe("a.vn", resolver.At).LookAsync(Test));
    }

    [Fact]
    public async Task The_boxs_own_resolver_is_asked_where_no_server_is_named() =>
        Assert.Equal(Finding.Well, await new DnsProbe("localhost").LookAsync(Test));

    [Theory]
    [InlineData(new byte[] { 0x00 }, 100, 90, "Ready")]
    [InlineData(new byte[] { 0x40 }, 100, 90, "Failed neighbour.paper-out")]
    [InlineData(new byte[] { 0x10 }, 100, 90, "Failed neighbour.toner-out")]
    [InlineData(new byte[] { 0x08, 0x00 }, 100, 90, "Failed neighbour.door-open")]
    [InlineData(new byte[] { 0x02 }, 100, 90, "Failed neighbour.printer-stopped")]
    [InlineData(new byte[] { 0x24 }, 100, 90, "Failed neighbour.paper-jam")]
    // RFC 2790, hrPrinterDetectedErrorState: inputTrayEmpty is some tray, serviceRequested a wish, outputFull one of several; it prints on.
    [InlineData(new byte[] { 0x00, 0x04 }, 100, 90, "Degraded neighbour.paper-low")]
    [InlineData(new byte[] { 0x01 }, 100, 90, "Degraded neighbour.printer-attention")]
    [InlineData(new byte[] { 0x00, 0x08 }, 100, 90, "Degraded neighbour.printer-attention")]
    [InlineData(new byte[] { 0x00, 0x80 }, 100, 90, "Degraded neighbour.door-open")]
    [InlineData(new byte[] { 0x01, 0x04 }, 100, 0, "Failed neighbour.toner-out")]
    [InlineData(new byte[] { 0x40, 0x80 }, 100, 90, "Failed neighbour.paper-out")]
    [InlineData(new byte[] { 0x00 }, 20_000, 900, "Degraded neighbour.toner-low")]
    [InlineData(new byte[] { 0x00 }, 100, 0, "Failed neighbour.toner-out")]
    [InlineData(new byte[] { }, 100, -3, "Ready")]
    public async Task A_printer_says_over_snmp_what_it_lacks(byte[] errors, int full, int level, string wanted)
    {
        await using var printer = new TinyAgent(asked => [SnmpAgent.Answer(asked, errors, full, level, knowsSupplies: true)!]);
        var found = await Printer(printer).LookAsync(Test);
        Assert.Equal(wanted, $"{found.State} {found.Fault}".TrimEnd());
    }

    [Fact]
    public async Task A_printer_that_fails_over_one_thing_is_asked_again_without_it()
    {
        const int GenErr = 5;
        await using var printer = new TinyAgent(asked => [SnmpAgent.Answer(asked, [0x40], 0, 0, knowsSupplies: false, error: GenErr)!]);
        Assert.Equal(NeighbourFaults.PaperOut, (await Printer(printer).LookAsync(Test)).Fault);
        Assert.Equal(3, printer.Asked.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_printer_that_fails_and_does_not_say_over_what_is_not_well(int error)
    {
        await using var printer = new TinyAgent(asked => [SnmpAgent.Answer(asked, [], 0, 0, knowsSupplies: true, error, names: false)!]);
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => Printer(printer).LookAsync(Test));
        Assert.Equal($"SNMP báo lỗi {error}", e.Message);
    }

    [Fact]
    public async Task An_old_printer_is_asked_again_in_version_1_without_what_it_does_not_have()
    {
        await using var printer = new TinyAgent(asked =>
            SnmpAgent.VersionOf(asked) == 0 ? [SnmpAgent.Answer(asked, [0x40], 0, 0, knowsSupplies: false)!] : []);
        var probe = Printer(printer);
        Assert.Equal(NeighbourFaults.PaperOut, (await probe.LookAsync(Test)).Fault);
        Assert.Equal([1, 0, 0, 0], printer.Asked.Select(SnmpAgent.VersionOf));
        await probe.LookAsync(Test);
        Assert.Equal(0, SnmpAgent.VersionOf(printer.Asked[4]));
    }

    [Fact]
    public async Task A_router_that_answers_at_all_is_well()
    {
        await using var router = new TinyAgent(asked => [SnmpAgent.Answer(asked, [], 0, 0, knowsSupplies: false)!]);
        Assert.Equal(Finding.Well, await new SnmpProbe("127.0.0.1", router.At.Port, "public", isPrinter: false, TimeProvider.System).LookAsync(Test));
        // A GetRequest of version 2c for sysUpTime.0, but for the request's number.
        var asked = Convert.ToHexString(router.Asked[0]);
        Assert.StartsWith("30", asked, StringComparison.Ordinal);
        Assert.Contains("020101" + "04067075626C6963" + "A0", asked, StringComparison.Ordinal);
        Assert.EndsWith("020100" + "020100" + "300E300C06082B060102010103000500", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_silent_in_both_versions_is_said_to_be_so()
    {
        await using var nobody = new TinyAgent(_ => []);
        var e = await Assert.ThrowsAsync<IOException>(() => Printer(nobody).LookAsync(Test));
        Assert.Contains("community", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, nobody.Asked.Count);
    }

    [Fact]
    public async Task An_agent_that_talks_rubbish_is_said_to_do_so()
    {
        await using var agent = new TinyAgent(_ => [[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]]);
        await Assert.ThrowsAsync<InvalidDataException>(() => Printer(agent).LookAsync(Test));
    }

    [Fact]
    public async Task Loopback_answers_a_ping_or_the_kernel_forbids_it_and_the_fault_says_what_to_set()
    {
        var found = await new PingProbe("127.0.0.1").LookAsync(Test);
        if (MayPing())
        {
            Assert.Equal(Finding.Well, found);
        }
        else
        {
            Assert.Equal((NeighbourFaults.PingForbidden, false), (found.Fault!.Value, found.Looked));
            Assert.Contains("net.ipv4.ping_group_range", found.Detail, StringComparison.Ordinal);
        }
    }

    private static bool MayPing() => ((SocketType[])[SocketType.Dgram, SocketType.Raw]).Any(type =>
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, type, ProtocolType.Icmp);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private static SnmpProbe Printer(TinyAgent agent) => new("127.0.0.1", agent.At.Port, "public", isPrinter: true, TimeProvider.System);

    private static byte[] Resolved(byte[] asked, byte? id = null, byte code = 0, byte records = 1)
    {
        byte[] answer = [.. asked, 0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 1];
        (answer[0], answer[2], answer[3], answer[7]) = ((byte)(asked[0] ^ (id ?? 0)), 0x81, (byte)(0x80 | code), records);
        return answer;
    }
}
