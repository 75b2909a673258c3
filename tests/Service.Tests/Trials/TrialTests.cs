using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.Edge.Trials.Tests;

public sealed class TrialTests : IDisposable
{
    private static readonly string Better = TrialBench.Named("Phường Việt Trì mới");

    private readonly TrialBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_good_configuration_is_written_down_tried_and_kept_once_the_province_has_acknowledged_under_it()
    {
        await bench.RunAsync(2);
        await bench.Box.PressAsync(TestCentre.TicketButton);
        bench.Give(Better, 7);
        await bench.RunAsync(3);
        Assert.Equal((2, true, "Phường Việt Trì mới"), (bench.Starts, bench.Starting.IsTrial, bench.Box.Centre.Options.Name));
        Assert.Equal([ConfigurationOutcome.Tried], bench.Outcomes);
        Assert.Equal((DesiredConfiguration.HashOf(Better), 7L, ConfigurationOutcome.Tried), (bench.Birth!.Configuration, bench.Birth.Pushed!.Revision, bench.Birth.Pushed.State));

        await bench.RunAsync(20);
        Assert.Equal([ConfigurationOutcome.Tried, ConfigurationOutcome.Kept], bench.Outcomes);
        Assert.Equal(new ConfigurationChanged(7, DesiredConfiguration.HashOf(Better), ConfigurationOutcome.Kept, null, []), bench.Held.Last());
        Assert.Equal(2, bench.Starts);
        Assert.Null(bench.Box.Device("edge")?.Fault);

        // The queue went on, and so does the configuration.
        await bench.Box.PressAsync(TestCentre.TicketButton);
        Assert.Equal(["A001", "A002"], bench.Box.Events<TicketIssued>().Select(ticket => ticket.Number));
        bench.Restart();
        await bench.RunAsync(20);
        Assert.Equal((false, 7L), (bench.Starting.IsTrial, bench.Starting.Pushed));
        Assert.Equal(2, bench.Told.Count());
    }

    [Fact]
    public async Task One_with_errors_changes_nothing_and_the_province_hears_each_of_them()
    {
        await bench.RunAsync(2);
        bench.Give(TrialBench.With("number: 1", "number: x").Replace("series: H", "series: HH", StringComparison.Ordinal), 7);
        await bench.RunAsync(5);
        var refused = Assert.Single(bench.Held);
        Assert.Equal((ConfigurationOutcome.Refused, 7L, 1), (refused.Outcome, refused.Revision, bench.Starts));
        Assert.Contains(refused.Errors, error => error.StartsWith("dòng 7, services[1].series: có «HH»", StringComparison.Ordinal));
        Assert.Contains(refused.Errors, error => error.Contains("counters[0].number", StringComparison.Ordinal));
        Assert.Equal("config.refused", bench.Box.Device("edge")?.Fault);

        // The broker says it again at each connection.
        bench.Restart();
        await bench.RunAsync(5);
        Assert.Single(bench.Told);
        Assert.Equal("config.refused", bench.Box.Device("edge")?.Fault);
        Assert.Equal(ConfigurationOutcome.Refused, bench.Birth!.Pushed!.State);

        bench.Give(Better, 8);
        await bench.RunAsync(25);
        Assert.Equal(ConfigurationOutcome.Kept, bench.Outcomes.Last());
        Assert.Null(bench.Box.Device("edge")?.Fault);
    }

    [Fact]
    public async Task One_with_a_wrong_broker_is_rolled_back_and_the_province_hears_why_when_the_line_is_back()
    {
        await bench.RunAsync(2);
        bench.Give(TrialBench.With("host: 127.0.0.1", "host: khong-co.example"), 7);
        await bench.RunAsync(280, strideMs: 1000);
        Assert.Equal((true, 2), (bench.Starting.IsTrial, bench.Starts));
        await bench.Box.PressAsync(TestCentre.TicketButton); // Citizens are served meanwhile.
        await bench.RunAsync(40, strideMs: 1000);
        Assert.Equal((false, 3, null), (bench.Starting.IsTrial, bench.Starts, bench.Starting.Pushed));
        Assert.Equal([ConfigurationOutcome.Tried, ConfigurationOutcome.RolledBack], bench.Held.Select(one => one.Outcome));
        Assert.Contains("mqtt", bench.Held.Last().Reason, StringComparison.Ordinal);
        Assert.Equal("config.rolled-back", bench.Box.Device("edge")?.Fault);
        Assert.Single(bench.Box.Events<TicketIssued>());

        // What the broker still keeps begins no second trial; a newer word does.
        bench.Restart();
        await bench.RunAsync(30, strideMs: 1000);
        Assert.Equal(2, bench.Told.Count());
        bench.Give(Better, 8);
        await bench.RunAsync(30);
        Assert.Equal(8, bench.Starting.Pushed);
        Assert.Equal(ConfigurationOutcome.Kept, bench.Held.Last().Outcome);
    }

    [Fact]
    public async Task An_acknowledgement_from_before_the_start_keeps_nothing()
    {
        await bench.RunAsync(2);
        var old = bench.Province.Bridge.AckOf(bench.Box.Centre.Journal.Epoch);
        bench.Province.Bridge.Silent = true;
        bench.Give(Better, 7);
        for (var i = 0; i < 70; i++)
        {
            bench.Province.Link.Deliver(Topics.Ack(LoopBench.Centre), old);
            await bench.RunAsync(5, strideMs: 1000);
        }

        Assert.Equal(ConfigurationOutcome.RolledBack, bench.State.Last?.Outcome);
        Assert.Null(bench.Starting.Pushed);
    }

    [Fact]
    public async Task What_does_not_rise_is_not_looked_at()
    {
        await bench.RunAsync(2);
        bench.Give(Better, 7);
        await bench.RunAsync(25);
        foreach (var revision in (long[])[7, 6, 1])
        {
            bench.Deliver(bench.Word(TrialBench.Named("Cũ"), revision));
            await bench.RunAsync(5);
        }

        Assert.Equal((2, "Phường Việt Trì mới", 2), (bench.Starts, bench.Box.Centre.Options.Name, bench.Told.Count()));
        Assert.Null(bench.Box.Device("edge")?.Fault);
    }

    [Fact]
    public async Task What_is_not_the_province_s_to_this_centre_is_counted_told_and_changes_nothing()
    {
        await bench.RunAsync(2);
        using var stranger = ProvinceKey.Create();
        var word = new DesiredConfiguration(LoopBench.Centre, 7, bench.Province.Now, Better);
        byte[][] strange =
        [
            word.Sign(stranger), (word with { Centre = new CentreId("lam-thao") }).Sign(bench.Province.Bridge.Key), new byte[1024 * 1024], [0xff, 0xfe, 0xc3, 0x28],
            bench.Province.Announce("lenh-1").Sign(bench.Province.Bridge.Key), word.Sign(bench.Province.Bridge.Key)[..^4],
        ];
        foreach (var one in strange)
        {
            bench.Deliver(one);
            await bench.RunAsync(3);
            Assert.Equal("config.forged", bench.Box.Device("edge")?.Fault);
        }

        bench.Deliver([]); // The broker forgets what it kept; that is no forgery.
        await bench.RunAsync(3);
        Assert.StartsWith("6 lần từ khi khởi động, lần cuối: Tin không phải của tỉnh", bench.Box.Centre.Devices.All.Single(device => device.Device == "edge").Report.Detail, StringComparison.Ordinal);
        Assert.Empty(bench.Told);
        Assert.Equal(1, bench.Starts);

        bench.Give(Better, 7);
        await bench.RunAsync(25);
        Assert.Equal(ConfigurationOutcome.Kept, bench.Outcomes.Last());
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("aliases")]
    [InlineData("zero")]
    [InlineData("many")]
    public async Task A_text_that_is_made_to_hurt_the_parser_is_refused_and_the_centre_goes_on(string kind)
    {
        var text = kind switch
        {
            "deep" => string.Concat(Enumerable.Repeat("[", 60_000)),
            "aliases" => "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\nservices: *d\ncounters: *d\ncentre: *d\nname: &e [*d, *e]\n",
            "zero" => "centre: \0pt-viet-tri",
            _ => $"services: &s [{string.Join(',', Enumerable.Repeat("&x {}", 100))},{string.Join(',', Enumerable.Repeat("*x", 15_000))}]\ncounters: *s\n",
        };
        await bench.RunAsync(2);
        bench.Give(text, 7);
        await bench.RunAsync(5);
        Assert.Equal([ConfigurationOutcome.Refused], bench.Outcomes);
        Assert.InRange(bench.Told.Single().Errors.Count, 1, ConfigurationChanged.MostErrors);
        await bench.Box.PressAsync(TestCentre.TicketButton);
        Assert.Single(bench.Box.Events<TicketIssued>());
    }

    [Fact]
    public async Task Another_centre_s_file_and_one_without_a_line_to_the_province_are_refused()
    {
        await bench.RunAsync(2);
        bench.Give(TrialBench.With("centre: pt-viet-tri", "centre: lam-thao").Replace("mqtt:", "# mqtt:", StringComparison.Ordinal), 7);
        await bench.RunAsync(3);
        Assert.Equal(["dòng 1, centre: có «lam-thao», cần pt-viet-tri", "dòng 1, mqtt: có «(thiếu)», cần mục mqtt, nếu không trung tâm mất liên lạc với tỉnh"], bench.Told.Single().Errors);
    }

    [Fact]
    public async Task The_box_s_own_key_and_certificates_are_used_whatever_a_pushed_file_says()
    {
        await bench.RunAsync(2);
        bench.Give(TrialBench.With("province-key: province.pub", "province-key: cua-toi.pub, tls: { ca: a, cert: b, key: c }, max-kbit: 64"), 7);
        await bench.RunAsync(25);
        var mqtt = bench.Box.Centre.Options.Mqtt!;
        Assert.Equal(("province.pub", null, 64), (mqtt.ProvinceKey, mqtt.Tls, mqtt.MaxKbit));
        Assert.Equal(ConfigurationOutcome.Kept, bench.Outcomes.Last());
    }

    [Fact]
    public async Task The_very_file_that_runs_is_kept_without_a_start()
    {
        await bench.RunAsync(2);
        bench.Give(TestCentre.Yaml, 7);
        await bench.RunAsync(3);
        Assert.Equal([ConfigurationOutcome.Kept], bench.Outcomes);
        Assert.Equal(1, bench.Starts);
        bench.Restart();
        Assert.Equal(7, bench.Starting.Pushed);
    }

    [Fact]
    public async Task A_newer_word_during_a_trial_takes_its_place_and_the_last_good_one_stays_behind_it()
    {
        await bench.RunAsync(2);
        bench.Give(Better, 7);
        await bench.RunAsync(25);
        bench.Give(TrialBench.With("host: 127.0.0.1", "host: khong-co.example"), 8);
        await bench.RunAsync(3);
        Assert.Equal((8L, true), (bench.Starting.Pushed, bench.Starting.IsTrial));
        bench.Province.Link.Reachable = true; // The line is there for a moment.
        await bench.RunAsync(1);
        bench.Give(TrialBench.With("host: 127.0.0.1", "host: cung-khong.example"), 9);
        await bench.RunAsync(340, strideMs: 1000);
        Assert.Equal((7L, false), (bench.Starting.Pushed, bench.Starting.IsTrial));
        Assert.Equal(ConfigurationOutcome.RolledBack, bench.Held.Last().Outcome);
    }
}
