using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Printing.Slip;
using MotCua.Edge.Queue;
using MotCua.Edge.Queue.Forecast;
using Xunit;

namespace MotCua.Edge.Printing.Tests;

public sealed class SlipMakerTests
{
    [Fact]
    public void A_slip_says_what_is_known_and_leaves_out_the_rest()
    {
        using var centre = new TestCentre(yaml: PrinterSectionTests.Full);
        var maker = new SlipMaker(centre.Centre.Options, centre.Centre.Outlook);
        var at = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
        var slip = maker.Make(TicketNumber.Parse("A105"), new ServiceCode("chung-thuc"), new FollowToken("h3Kf0PqLw9ZtX2mVbR7sYA"), priority: true, 7, at, 1, 0);
        Assert.Equal(("Phường Việt Trì", "A105", "Chứng thực", 7, at), (slip.Place, slip.Number, slip.Service, slip.Ahead, slip.TakenAt));
        Assert.Equal("https://motcua.example/t/h3Kf0PqLw9ZtX2mVbR7sYA", slip.Follow);
        Assert.True(slip.Priority);
        Assert.Equal(["Căn cước", "Bản chính"], slip.Checklist);
        Assert.Equal("Cảm ơn quý vị", slip.Footer);
        Assert.Null(slip.Wait);
        var other = maker.Make(TicketNumber.Parse("H001"), new ServiceCode("ho-tich"), new FollowToken("h3Kf0PqLw9ZtX2mVbR7sYA"), priority: false, null, null, 2, 0);
        Assert.True(other is { Checklist.IsEmpty: true, TakenAt: null, Ahead: null, Copy: 2, Priority: false });
    }

    [Fact]
    public void Without_an_address_there_is_no_code()
    {
        using var centre = new TestCentre(yaml: TestCentre.Yaml.Replace("mqtt:", "  printer: { id: may-in, port: tcp:may-in:9100 }\nmqtt:", StringComparison.Ordinal));
        Assert.Null(new SlipMaker(centre.Centre.Options, centre.Centre.Outlook)
            .Make(TicketNumber.Parse("A105"), new ServiceCode("chung-thuc"), new FollowToken("h3Kf0PqLw9ZtX2mVbR7sYA"), false, 7, null, 1, 0).Follow);
    }

    [Theory]
    [InlineData(9.2, 24.1, 9, 25)]
    [InlineData(0.4, 5.0, 0, 5)]
    [InlineData(0.4, 1.2, 0, 2)]
    public void A_range_is_told_in_whole_minutes_away_from_its_middle(double lower, double upper, int from, int to) =>
        Assert.Equal(new SlipWait(from, to), SlipMaker.WaitOf(new WaitRange(TimeSpan.FromMinutes(lower), TimeSpan.FromMinutes(upper))));

    [Fact]
    public void A_silent_forecast_is_silent_on_paper_too()
    {
        Assert.Null(SlipMaker.WaitOf(new Silent(SilentBecause.TooWide)));
        Assert.Null(SlipMaker.WaitOf(null));
        Assert.Equal(new SlipWait(0, 0), SlipMaker.WaitOf(new CalledAtOnce()));
    }
}
