using System.Net.Http.Json;
using System.Text.Json;
using MotCua.Fleet.Days;
using MotCua.Storm;
using Xunit;

namespace MotCua.Fleet.Tests;

/// <summary>Centres that live while somebody looks.</summary>
public sealed class LiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_virtual_centre_obeys_the_province_and_answers()
    {
        using var province = new StormProvince(centres: 2, eventsEach: 50, seed: 30);
        var http = province.AddBridge().Http;
        province.Connect();
        province.MustBecome(() => province.Fleet.Pending == 0, "all events", Patience);
        var address = new Uri($"/api/centres/{province.Fleet.Centres[1].Id}/commands", UriKind.Relative);
        using var given = await http.PostAsJsonAsync(address, new { kind = "self-test", body = new { }, who = "Trực ban", reason = "Đầu tuần", validMinutes = 5 }, TestContext.Current.CancellationToken);
        Assert.True(given.IsSuccessStatusCode, await given.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        province.MustBecome(
            () => http.GetStringAsync(address).GetAwaiter().GetResult().Contains("\"state\":\"done\"", StringComparison.Ordinal), "an answer", Patience);
    }

    [Fact]
    public void Days_that_go_by_faster_than_time_arrive_at_the_page_while_they_do()
    {
        using var province = new StormProvince(centres: 3, eventsEach: 1, seed: 31, speed: 2_000);
        var http = province.AddBridge().Http;
        province.Connect();
        province.MustBecome(() => Held(http) > 500, "days on the page", Patience);
        province.Fleet.Stop();
        Assert.All(province.Fleet.Centres, centre => Assert.True(centre.Journal.Committed.Seq > 50, $"{centre.Id}: {centre.Journal.Committed.Seq}"));
    }

    [Fact]
    public void The_command_line_is_read_strictly()
    {
        var read = FleetArguments.Parse(["--broker", "broker:8883", "--key", "province.pub", "--centres", "147", "--first", "2", "--seed", "9", "--speed", "2.5", "--calm", "--tls", "certs"], anySeed: 1);
        Assert.Equal(new FleetArguments("broker", 8883, "province.pub", 147, 2, 9, 2.5, Troubles: false, "certs"), read);
        Assert.Equal(7, FleetArguments.Parse(["--key", "k"], anySeed: 7).Seed);
        Assert.All(
            (string[][])[[], ["--key"], ["--key", "k", "--centres", "0"], ["--key", "k", "--centres", "3322"], ["--key", "k", "--first", "3321", "--centres", "2"], ["--key", "k", "--broker", "nowhere"], ["--key", "k", "--fly", "1"], ["--key", "k", "--speed", "0"]],
            line => Assert.Throws<FormatException>(() => FleetArguments.Parse(line, anySeed: 1)));
    }

    [Fact]
    public void A_demonstration_begins_in_the_morning_whatever_the_hour_is()
    {
        foreach (var hour in Enumerable.Range(0, 24))
        {
            var now = new DateTimeOffset(2026, 11, 22, hour, 40, 0, TimeSpan.FromHours(7));
            var hours = WorkingHours.AlwaysMorning(now);
            Assert.NotNull(hours.SessionEnd(now));
            Assert.True(hours.RateAt(now) > 0 || hours.Shift == TimeSpan.Zero);
        }
    }

    private static long Held(HttpClient http) =>
        JsonDocument.Parse(http.GetStringAsync(new Uri("/api/centres", UriKind.Relative)).GetAwaiter().GetResult()).RootElement.GetProperty("centres").EnumerateArray().Sum(centre => centre.GetProperty("held").GetInt64());
}
