using System.Net;
using System.Net.Sockets;
using System.Text;
using MotCua.Edge.Devices.Neighbours;
using MotCua.Edge.Devices.Neighbours.Probes;
using MotCua.Edge.Devices.Neighbours.Wire;
using Xunit;

namespace MotCua.Devices.Tests.Neighbours;

/// <summary>TCP, HTTP and IPP on real sockets.</summary>
public sealed class StreamProbeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_port_is_well_and_a_closed_one_says_that_the_machine_is_on()
    {
        await using var server = TinyServer.Saying("");
        Assert.Equal(Finding.Well, await new TcpProbe("127.0.0.1", server.Port).LookAsync(Test));
        Assert.Equal(Finding.Well, await new TcpProbe("localhost", server.Port).LookAsync(Test));
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var closed = await new TcpProbe("127.0.0.1", ((IPEndPoint)free.LocalEndPoint!).Port).LookAsync(Test);
        Assert.Equal((NeighbourFaults.BadAnswer, true), (closed.Fault!.Value, closed.Answered));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<html>", null)]
    [InlineData("HTTP/1.0 302 Found\r\nLocation: /x\r\n\r\n", null)]
    [InlineData("HTTP/1.1 401 Unauthorized\r\n\r\n", null)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", null)]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n", "trả lời HTTP 404")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\n\r\n", "trả lời HTTP 503")]
    public async Task A_site_is_judged_by_its_status(string answer, string? trouble)
    {
        await using var server = TinyServer.Saying(answer);
        var found = await Site(server).LookAsync(Test);
        Assert.Equal((trouble is null ? null : NeighbourFaults.BadAnswer, trouble, true), (found.Fault, found.Detail, found.Answered));
        Assert.StartsWith($"GET /x?y=1 HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\n", Encoding.ASCII.GetString(server.Asked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: cut o")]
    public async Task What_is_not_http_is_said_to_be_none(string answer)
    {
        await using var server = TinyServer.Saying(answer);
        await Assert.ThrowsAsync<InvalidDataException>(() => Site(server).LookAsync(Test));
    }

    [Fact]
    public async Task A_header_that_never_ends_is_cut_at_a_few_kilobytes()
    {
        var sent = 0;
        await using var server = new TinyServer(async (stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), stop);
            for (; ; sent += 1024)
            {
                await stream.WriteAsync(new byte[1024], stop);
            }
        });
        await Assert.ThrowsAsync<InvalidDataException>(() => Site(server).LookAsync(Test));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_at_the_deadline()
    {
        await using var server = new TinyServer((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Site(server).LookAsync(deadline.Token));
    }

    [Fact]
    public async Task A_server_that_closes_without_a_word_is_told()
    {
        await using var server = TinyServer.Saying("");
        await Assert.ThrowsAsync<IOException>(() => Site(server).LookAsync(Test));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_told_while_the_clock_is_trusted()
    {
        using var certificate = TinyServer.Certificate(Now.AddYears(10));
        await using var server = new TinyServer(async (stream, stop) => await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop), certificate);
        var where = new Uri($"https://127.0.0.1:{server.Port}/");
        var found = await new HttpProbe(where, () => Now).LookAsync(Test);
        Assert.Equal(NeighbourFaults.CertificateBad, found.Fault);
        Assert.Equal(Finding.Well, await new HttpProbe(where, () => null).LookAsync(Test));
    }

    [Theory]
    [InlineData(15, null, null)]
    [InlineData(13, null, "neighbour.certificate-ends")]
    [InlineData(-1, null, "neighbour.certificate-bad")]
    [InlineData(300, "RemoteCertificateNameMismatch", "neighbour.certificate-bad")]
    public void A_certificate_is_told_two_weeks_before_it_ends(int days, string? problem, string? fault) =>
        Assert.Equal(fault, HttpProbe.Judge(new TlsFacts(Now.AddDays(days), problem), Now).Fault?.Value);

    [Theory]
    [InlineData(3, "none", "Ready")]
    [InlineData(4, "none", "Ready")]
    [InlineData(5, "media-empty-error", "Failed neighbour.paper-out")]
    [InlineData(5, "paused", "Failed neighbour.printer-stopped")]
    [InlineData(5, "none", "Failed neighbour.printer-stopped")]
    [InlineData(3, "toner-low-warning", "Degraded neighbour.toner-low")]
    [InlineData(3, "media-low-report", "Degraded neighbour.paper-low")]
    [InlineData(5, "toner-low-report door-open-error", "Failed neighbour.door-open")]
    [InlineData(5, "media-jam", "Failed neighbour.paper-jam")]
    // RFC 8011, 5.4.12: only -error stops a printer. Its second tray, or one of four colours: it prints on.
    [InlineData(3, "media-empty-report", "Degraded neighbour.paper-low")]
    [InlineData(4, "media-empty-warning", "Degraded neighbour.paper-low")]
    [InlineData(3, "marker-supply-empty-warning", "Degraded neighbour.toner-low")]
    [InlineData(3, "media-jam", "Degraded neighbour.paper-jam")]
    [InlineData(3, "paused-report", "Degraded neighbour.printer-attention")]
    [InlineData(4, "media-jam-error", "Failed neighbour.paper-jam")]
    // A grave word behind a lighter one, and a printer that stands still for a reason that no word tells.
    [InlineData(4, "door-open-warning media-empty-error", "Failed neighbour.paper-out")]
    [InlineData(5, "media-low-report", "Failed neighbour.printer-stopped")]
    public async Task A_printer_says_over_ipp_what_it_lacks(int state, string reasons, string wanted)
    {
        var body = IppAnswers.Of(state, reasons.Split(' '));
        await using var server = TinyServer.Saying([.. "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. IppAnswers.Chunked(body, 7)]);
        var found = await new IppProbe(new Uri($"ipp://127.0.0.1:{server.Port}/ipp/print")).LookAsync(Test);
        Assert.Equal(wanted, $"{found.State} {found.Fault}".TrimEnd());
        Assert.StartsWith("POST /ipp/print HTTP/1.1\r\n", Encoding.ASCII.GetString(server.Asked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20_000, 0)]
    [InlineData(20_000, 1000)]
    [InlineData(100_000, 0)]
    [InlineData(100_000, 1000)]
    [InlineData(100_000, 60_000)]
    public async Task A_printer_that_says_more_than_anybody_asked_is_read_as_far_as_it_matters(int more, int chunk)
    {
        var body = IppAnswers.Of(5, ["media-empty-error"], more);
        byte[] answer = chunk > 0
            ? [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. IppAnswers.Chunked(body, chunk)]
            : [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
        await using var server = TinyServer.Saying(answer);
        Assert.Equal(NeighbourFaults.PaperOut, (await new IppProbe(new Uri($"ipp://127.0.0.1:{server.Port}/")).LookAsync(Test)).Fault);
    }

    [Fact]
    public void Of_a_chunk_that_is_longer_than_wanted_the_wanted_part_is_waited_for()
    {
        var head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\n"u8.ToArray();
        Assert.Null(HttpReply.TryRead(head, ended: false, mostBody: 4));
        Assert.Null(HttpReply.TryRead([.. head, 1, 2, 3], ended: false, mostBody: 4));
        Assert.Equal([1, 2, 3, 4], HttpReply.TryRead([.. head, 1, 2, 3, 4, 5], ended: false, mostBody: 4)!.Value.Body);
        Assert.Throws<InvalidDataException>(() => HttpReply.TryRead([.. head, 1, 2, 3], ended: true, mostBody: 4));
    }

    [Fact]
    public void A_printer_whose_state_lies_behind_what_is_read_is_no_ready_printer() =>
        Assert.Throws<InvalidDataException>(() => IppMessage.Read([1, 1, 0, 0, 0, 0, 0, 1, 0x04, 0x44, 0, 1, 0x61, 0xFF, 0xFF, .. new byte[IppMessage.MostBytes]]));

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n\u0001\u0001")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\u0001\u0001\u0004\u0000\u0000\u0000\u0000\u0001\u0003")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task A_printer_that_talks_rubbish_is_said_to_do_so(string answer)
    {
        await using var server = TinyServer.Saying(answer);
        await Assert.ThrowsAsync<InvalidDataException>(() => new IppProbe(new Uri($"ipp://127.0.0.1:{server.Port}/")).LookAsync(Test));
    }

    private static HttpProbe Site(TinyServer server) => new(new Uri($"http://127.0.0.1:{server.Port}/x?y=1"), () => Now);
}
