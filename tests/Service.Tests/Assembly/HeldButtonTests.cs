using System.Net;
using MotCua.Edge.Health;
using MotCua.Edge.Pages.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

public sealed class HeldButtonTests
{
    private const int Closing = 18;

    private static readonly string Held = TestCentre.Yaml
        .Replace("press: ticket chung-thuc", "press: ticket chung-thuc, hold: help sanh, hold-ms: 1500, lamp: 22", StringComparison.Ordinal)
        .Replace("press: done 1", "hold: open-day", StringComparison.Ordinal);

    [Fact]
    public async Task A_short_press_gives_a_ticket_and_a_held_one_calls_for_help_and_gives_none()
    {
        using var centre = new TestCentre(yaml: Held);
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        Assert.Single(centre.Events<TicketIssued>());
        centre.Box.Pins.Press(TestCentre.TicketButton, TimeSpan.FromSeconds(2));
        await centre.RunAsync(3);
        Assert.Equal("sanh", Assert.Single(centre.Events<HelpRequested>()).Place);
        Assert.Single(centre.Events<TicketIssued>());
    }

    [Fact]
    public async Task A_key_that_opens_the_day_does_so_only_when_it_is_held()
    {
        using var centre = new TestCentre(yaml: Held);
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        var closed = centre.Centre.Loop.SubmitAsync(new Queue.CloseDay(), TestContext.Current.CancellationToken).AsTask();
        await centre.RunAsync(0.1);
        await closed;
        await centre.PressAsync(Closing);
        Assert.Empty(centre.Events<DayReopened>());
        centre.Box.Pins.Press(Closing, TimeSpan.FromSeconds(2));
        await centre.RunAsync(3);
        Assert.Single(centre.Events<DayReopened>());
    }

    [Fact]
    public async Task What_a_button_went_through_survives_a_restart_and_is_told_once_an_hour_at_most()
    {
        var before = new TestCentre();
        await before.RunAsync(1);
        await before.PressAsync(TestCentre.TicketButton);
        await before.PressAsync(TestCentre.TicketButton);
        Assert.Empty(before.Events<ButtonsCounted>());
        // A light event: it rests for two seconds more when nothing else is written.
        await before.RunAsync(ButtonLedger.Every.TotalSeconds + 4, strideMs: 2000);
        Assert.Equal(2, Count(Assert.Single(before.Events<ButtonsCounted>()), "lay-so").Presses);
        await before.RunAsync(ButtonLedger.Every.TotalSeconds, strideMs: 2000);
        Assert.Single(before.Events<ButtonsCounted>());
        await before.PressAsync(TestCentre.NextButton);
        before.Dispose();

        using var after = new TestCentre(before.Disk, before.Time, seed: 2);
        await after.RunAsync(1);
        Assert.Equal(2, after.Events<ButtonsCounted>().Count());
        await after.PressAsync(TestCentre.TicketButton);
        var now = after.Centre.Buttons.Ledger.Now;
        Assert.Equal([("goi-lai", 0, 4), ("goi-tiep", 1, 1), ("lay-so", 3, 0), ("xong", 0, 4)], now.Select(b => (b.Device, (int)b.Presses, (int)b.OthersSince)));
        Assert.Equal(after.Time.GetUtcNow(), now[2].LastAt!.Value, TimeSpan.FromSeconds(1));
        Assert.InRange(now[2].Bounces, 1, 200);
    }

    [Fact]
    public async Task An_engineer_reads_the_counts_and_the_raw_edges_over_http()
    {
        var centre = new TestCentre();
        centre.Box.Pins.LongestBounce = TimeSpan.Zero;
        await centre.RunAsync(1);
        await centre.PressAsync(TestCentre.TicketButton);
        await using var web = await WebBench.StartAsync(centre);
        var (status, counts) = await web.GetAsync("/api/devices/buttons");
        Assert.Equal(HttpStatusCode.OK, status);
        var button = counts.GetProperty("buttons")[2];
        Assert.Equal(("lay-so", 1, true), (button.GetProperty("device").GetString(), button.GetProperty("presses").GetInt32(), button.GetProperty("hint").ValueKind == System.Text.Json.JsonValueKind.Null));
        var (_, edges) = await web.GetAsync("/api/devices/lay-so/edges");
        Assert.Equal([(0, true), (120_000, false)], edges.GetProperty("now").GetProperty("edges").EnumerateArray().Select(e => (e.GetProperty("micros").GetInt32(), e.GetProperty("active").GetBoolean())));
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/devices/hall-lcd/edges")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/devices/Đ/edges")).Status);
    }

    private static ButtonCount Count(ButtonsCounted counted, string device) => counted.Buttons.Single(b => b.Device == device);
}
