using System.Net;
using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Neighbours;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class NeighbourSectionTests
{
    private const string Good = """

        neighbours:
          - { id: cong, kind: portal, name: Cổng Dịch vụ công, watch: "https://dichvucong.gov.vn/", every: 5m }
          - { id: mang, kind: internet, name: Internet, watch: dns dichvucong.gov.vn 8.8.8.8 }
          - { id: dinh-tuyen, kind: router, name: Bộ định tuyến, watch: ping 192.168.1.1 }
          - { id: may-in, kind: office-printer, name: Máy in phòng 2, watch: ipp://192.168.1.40/ipp/print, depends-on: dinh-tuyen }
        """;

    [Fact]
    public void Neighbours_say_what_they_are_and_lines_hang_on_the_router_by_themselves()
    {
        var read = Parse(Good).Neighbours;
        Assert.Equal(
            [("cong", NeighbourKind.Portal, 300, "mang"), ("mang", NeighbourKind.Internet, 60, "dinh-tuyen"), ("dinh-tuyen", NeighbourKind.Router, 60, null), ("may-in", NeighbourKind.OfficePrinter, 60, "dinh-tuyen")],
            read.Select(n => (n.Neighbour.Id.Value, n.Neighbour.Kind, (int)n.Neighbour.Every.TotalSeconds, n.Neighbour.DependsOn?.Value)));
        Assert.Equal("Máy in phòng 2", read[3].Neighbour.Name);
        Assert.Empty(Parse("").Neighbours);
    }

    [Theory]
    [InlineData("ping 192.168.1.20", WatchMethod.Ping, "192.168.1.20", 0)]
    [InlineData("ping fe80::1", WatchMethod.Ping, "fe80::1", 0)]
    [InlineData("tcp may-1.lan:445", WatchMethod.Tcp, "may-1.lan", 445)]
    [InlineData("tcp [fe80::1]:445", WatchMethod.Tcp, "fe80::1", 445)]
    [InlineData("dns dichvucong.gov.vn", WatchMethod.Dns, "dichvucong.gov.vn", 0)]
    [InlineData("snmp 192.168.1.30", WatchMethod.Snmp, "192.168.1.30", 161)]
    [InlineData("snmp 192.168.1.30:1161 bi-mat", WatchMethod.Snmp, "192.168.1.30", 1161)]
    [InlineData("http://192.168.1.5:8080/a?b=c", WatchMethod.Http, "192.168.1.5", 0)]
    [InlineData("ipps://may-in/ipp", WatchMethod.Ipp, "may-in", 0)]
    public void A_watch_is_one_line(string text, WatchMethod method, string host, int port)
    {
        var watch = WatchSpec.Parse(text);
        Assert.Equal((method, host, port), (watch.Method, watch.Host, watch.Port));
    }

    [Fact]
    public void What_is_not_said_of_a_watch_is_usual()
    {
        Assert.Equal(new IPEndPoint(IPAddress.Parse("192.168.1.1"), 53), WatchSpec.Parse("dns a.vn 192.168.1.1").Resolver);
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 5353), WatchSpec.Parse("dns a.vn [::1]:5353").Resolver);
        Assert.Equal(("public", "bi-mat"), (WatchSpec.Parse("snmp a").Community, WatchSpec.Parse("snmp a bi-mat").Community));
        Assert.Equal("ipp://may-in:631/ipp", WatchSpec.Parse("ipp://may-in/ipp").Where!.ToString());
        Assert.Equal(9100, WatchSpec.Parse("ipp://may-in:9100/ipp").Where!.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ping")]
    [InlineData("ping a b")]
    [InlineData("ping -f")]
    [InlineData("ping a;reboot")]
    [InlineData("tcp 192.168.1.20")]
    [InlineData("tcp 192.168.1.20:0")]
    [InlineData("tcp 192.168.1.20:70000")]
    [InlineData("dns a..vn")]
    [InlineData("dns a.vn ten-may")]
    [InlineData("snmp a b c")]
    [InlineData("ftp://a/")]
    [InlineData("http://user:secret@a/")]
    [InlineData("http://")]
    public void What_is_no_watch_is_refused(string text) => Assert.Throws<FormatException>(() => WatchSpec.Parse(text));

    [Theory]
    [InlineData("kind: router", "kind: modem", "neighbours[2].kind", "modem")]
    [InlineData("watch: ping 192.168.1.1", "watch: pingg 192.168.1.1", "neighbours[2].watch", "pingg 192.168.1.1")]
    [InlineData("every: 5m", "every: 5s", "neighbours[0].every", "5s")]
    [InlineData("depends-on: dinh-tuyen", "depends-on: dinh-tuyen-2", "neighbours[3].depends-on", "dinh-tuyen-2")]
    [InlineData("depends-on: dinh-tuyen", "depends-on: may-in", "neighbours[3].depends-on", "may-in")]
    [InlineData("depends-on: dinh-tuyen", "color: red", "neighbours[3]", "color")]
    [InlineData("id: may-in", "id: hall-lcd", "neighbours[3]", "hall-lcd")]
    [InlineData("id: may-in", "id: uplink", "neighbours[3].id", "uplink")]
    [InlineData("name: Internet", "name: ''", "neighbours[1].name", "")]
    public void A_bad_neighbour_is_told_where_it_stands(string good, string bad, string path, string found)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var errors = Assert.Throws<ConfigurationException>(() => Parse(Good.Replace(good, bad, StringComparison.Ordinal))).Errors;
        Assert.Contains(errors, e => e.Path == path && e.Found == found && e.Line > 20);
    }

    [Fact]
    public void Who_depends_on_itself_over_others_is_told()
    {
        var errors = Assert.Throws<ConfigurationException>(() => Parse(Good.Replace("watch: ping 192.168.1.1", "watch: ping 192.168.1.1, depends-on: cong", StringComparison.Ordinal))).Errors;
        Assert.Equal(["neighbours[0]", "neighbours[1]", "neighbours[2]"], errors.Select(e => e.Path));
        Assert.All(errors, e => Assert.Contains("vòng tròn", e.Expected, StringComparison.Ordinal));
    }

    [Fact]
    public void More_neighbours_than_a_centre_has_are_told()
    {
        var many = "\nneighbours:\n" + string.Concat(Enumerable.Range(0, 65).Select(i => $"  - {{ id: m{i}, kind: pc, name: M, watch: ping 10.0.0.{i} }}\n"));
        Assert.Contains(Assert.Throws<ConfigurationException>(() => Parse(many)).Errors, e => e is { Path: "neighbours", Found: "65 mục" });
    }

    private static CentreOptions Parse(string more) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(TestCentre.Yaml + more));
}
