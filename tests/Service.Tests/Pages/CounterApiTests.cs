using System.Net;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class CounterApiTests
{
    private const string Priorities = """

        priorities:
          - { group: nguoi-cao-tuoi, label: người cao tuổi, credit: 30m, basis: "Luật 39/2009/QH12", from: 2010-07-01 }
        """;

    [Fact]
    public async Task A_ticket_is_parked_returned_sent_on_and_cancelled_and_the_clerk_takes_it_back()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        await web.PostAsync("/api/counters/1/next");
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/counters/1/park", """{"reason":"Thiếu bản sao"}""")).Status);
        var queue = (await web.GetAsync("/api/queue")).Body;
        Assert.Equal(("A001", "parked", "Thiếu bản sao"), AsideOf(queue));
        Assert.Equal("park", queue.GetProperty("counters")[0].GetProperty("canUndo").GetString());

        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/counters/1/undo")).Status);
        Assert.Equal("A001", (await web.GetAsync("/api/queue")).Body.GetProperty("counters")[0].GetProperty("ticket").GetString());
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/counters/1/transfer", """{"to":2,"reason":"Cần quầy hộ tịch"}""")).Status);
        Assert.Equal("waiting", (await web.GetAsync("/api/tickets/A001")).Body.GetProperty("stage").GetString());
        var called = (await web.PostAsync("/api/counters/2/next")).Body;
        Assert.Equal("A001", called.GetProperty("called").GetString());
        Assert.Equal("Chuyển thẳng đến quầy này: Cần quầy hộ tịch.", called.GetProperty("why").GetString());
        await web.PostAsync("/api/counters/2/park", """{"reason":"Chờ bổ sung"}""");
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/tickets/A001/return")).Status);
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/tickets/A001/cancel", """{"reason":"Công dân ra về"}""")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/tickets/A001")).Status);
        Assert.Equal(1, (await web.GetAsync("/api/statistics")).Body.GetProperty("total").GetProperty("cancelled").GetInt32());
    }

    [Fact]
    public async Task A_priority_goes_first_and_the_call_says_why()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: TestCentre.Yaml + Priorities));
        await web.IssueAsync();
        await web.PostAsync("/api/tickets", """{"service":"chung-thuc","priority":"nguoi-cao-tuoi"}""");
        var called = (await web.PostAsync("/api/counters/1/next")).Body;
        Assert.Equal(("A002", "Ưu tiên: người cao tuổi, vượt 1 lượt."), (called.GetProperty("called").GetString(), called.GetProperty("why").GetString()));
        Assert.Equal("nguoi-cao-tuoi", (await web.GetAsync("/api/queue")).Body.GetProperty("priorities")[0].GetProperty("group").GetString());
    }

    [Fact]
    public async Task A_pause_stops_calls_with_its_reason_until_it_ends_and_a_second_press_counts_once()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        await web.IssueAsync();
        await web.PostAsync("/api/counters/1/pause", """{"reason":"Nghỉ giữa giờ"}""");
        var (status, problem) = await web.PostAsync("/api/counters/1/next");
        Assert.Equal((HttpStatusCode.Conflict, "urn:motcua:problem:counter-paused"), (status, problem.GetProperty("type").GetString()));
        Assert.Contains("Nghỉ giữa giờ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await web.PostAsync("/api/counters/1/resume");
        Assert.Equal("A001", (await web.PostAsync("/api/counters/1/next")).Body.GetProperty("called").GetString());
        Assert.Equal("urn:motcua:problem:pressed-twice", (await web.PostAsync("/api/counters/1/next")).Body.GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_appointment_is_booked_checked_in_once_and_help_is_asked_and_answered()
    {
        await using var web = await WebBench.StartAsync();
        var slot = web.Centre.Time.GetUtcNow().AddMinutes(5).ToString("O");
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/appointments", $$"""{"id":"HEN-1","service":"ho-tich","slot":"{{slot}}"}""")).Status);
        Assert.Equal("H001", (await web.PostAsync("/api/appointments/HEN-1/check-in")).Body.GetProperty("number").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await web.PostAsync("/api/appointments/HEN-1/check-in")).Status);
        await web.PostAsync("/api/help/quay-1");
        Assert.Equal("quay-1", (await web.GetAsync("/api/queue")).Body.GetProperty("help")[0].GetProperty("place").GetString());
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/help/quay-1/answer")).Status);
    }

    [Theory]
    [InlineData("2026-11-23T09:30", "2026-11-23T09:30:00+07:00")]
    [InlineData("2026-11-23T09:30:00", "2026-11-23T09:30:00+07:00")]
    [InlineData("2026-11-23T09:30:00.250", "2026-11-23T09:30:00.250+07:00")]
    [InlineData("2026-11-23T09:30:00+09:00", "2026-11-23T09:30:00+09:00")]
    [InlineData("2026-11-23T09:30Z", "2026-11-23T09:30:00+00:00")]
    [InlineData("2026-11-23T09:30:00.0000000+00:00", "2026-11-23T09:30:00+00:00")]
    public void A_slot_without_an_offset_is_a_time_in_viet_nam_wherever_the_box_believes_to_be(string slot, string moment)
    {
        var read = QueueFields.Slot(slot);
        Assert.Equal(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), read);
        Assert.Equal(slot.Contains('+') || slot.EndsWith('Z') ? read.Offset : TimeSpan.FromHours(7), read.Offset);
    }

    [Fact]
    public async Task A_closed_day_gives_no_tickets_until_it_is_opened_again()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/day/close")).Status);
        Assert.Equal("urn:motcua:problem:day-closed", (await web.PostAsync("/api/tickets", """{"service":"chung-thuc"}""")).Body.GetProperty("type").GetString());
        var total = (await web.GetAsync("/api/statistics")).Body.GetProperty("total");
        Assert.Equal((1, 0), (total.GetProperty("expired").GetInt32(), total.GetProperty("served").GetInt32()));
        await web.PostAsync("/api/day/open");
        Assert.Equal("A002", await web.IssueAsync());
    }

    [Theory]
    [InlineData("/api/counters/1/park", """{}""", "bad-reason")]
    [InlineData("/api/counters/1/pause", """{"reason":"hai\ndòng"}""", "bad-reason")]
    [InlineData("/api/counters/1/call", """{"number":"105","reason":"x"}""", "bad-number")]
    [InlineData("/api/counters/1/transfer", """{"to":100,"reason":"x"}""", "unknown-counter")]
    [InlineData("/api/tickets/A0/cancel", """{"reason":"x"}""", "bad-number")]
    [InlineData("/api/tickets/A99999999/return", null, "bad-number")]
    [InlineData("/api/tickets", """{"service":"chung-thuc","priority":"Người già"}""", "bad-priority")]
    [InlineData("/api/tickets", """{"service":"chung-thuc","priority":"khong-co"}""", "unknown-priority")]
    [InlineData("/api/appointments", """{"id":"có dấu","service":"ho-tich","slot":"2026-11-23T08:00:00+07:00"}""", "bad-appointment")]
    [InlineData("/api/appointments", """{"id":"HEN-1","service":"ho-tich","slot":"mai lúc chín giờ"}""", "bad-slot")]
    [InlineData("/api/appointments", """{"id":"HEN-1","service":"ho-tich","slot":"23/11/2026 09:00"}""", "bad-slot")]
    [InlineData("/api/appointments", """{"id":"HEN-1","service":"ho-tich","slot":"0001-01-01T00:00"}""", "slot-too-far")]
    [InlineData("/api/appointments", """{"id":"HEN-1","service":"ho-tich","slot":"9999-12-31T23:59:59"}""", "slot-too-far")]
    [InlineData("/api/help/S%E1%BA%A3nh", null, "bad-place")]
    [InlineData("/api/help/quay-77", null, "unknown-place")]
    [InlineData("/api/help/quay-01", null, "unknown-place")]
    [InlineData("/api/help/may-lay-so-21", null, "unknown-place")]
    [InlineData("/api/help/nha-4821", null, "unknown-place")]
    public async Task What_cannot_be_is_refused_in_vietnamese(string path, string? body, string code)
    {
        await using var web = await WebBench.StartAsync();
        var (status, problem) = await web.PostAsync(path, body);
        Assert.InRange((int)status, 400, 409);
        Assert.Equal($"urn:motcua:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Contains(problem.GetProperty("detail").GetString()!, c => c > 127);
    }

    private static (string?, string?, string?) AsideOf(JsonElement queue)
    {
        var aside = queue.GetProperty("aside")[0];
        return (aside.GetProperty("number").GetString(), aside.GetProperty("stage").GetString(), aside.GetProperty("because").GetString());
    }
}
