using System.Globalization;
using System.Net;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class EventStreamTests
{
    [Fact]
    public async Task A_listener_that_comes_back_misses_nothing_and_hears_nothing_twice()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        var heard = new List<(string Id, long Seq)>();
        string? last = $"{web.Centre.Centre.Journal.Epoch}.0";
        for (var visit = 0; visit < 4; visit++)
        {
            using var listener = await Listener.OpenAsync(web, last);
            await web.IssueAsync();
            await web.IssueAsync();
            while (heard.Count == 0 || heard[^1].Seq < web.Centre.Centre.Journal.Committed.Seq - visit % 2)
            {
                heard.Add(await listener.NextAsync());
            }

            last = heard[^1].Id;
        }

        Assert.Equal(Enumerable.Range(1, heard.Count).Select(n => (long)n), heard.Select(h => h.Seq));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("rubbish")]
    [InlineData("0123456789abcdef.0")]
    [InlineData("0123456789abcdef.5")]
    [InlineData("own.999999")]
    public async Task Without_a_place_that_is_known_the_stream_starts_with_the_next_event(string? id)
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        await web.IssueAsync();
        using var listener = await Listener.OpenAsync(web, id?.Replace("own", web.Centre.Centre.Journal.Epoch.ToString(), StringComparison.Ordinal));
        var before = web.Centre.Centre.Journal.Committed.Seq;
        await web.IssueAsync();
        Assert.True((await listener.NextAsync()).Seq > before - 3);
        await web.IssueAsync();
        Assert.True((await listener.NextAsync()).Seq > before);
    }

    [Fact]
    public async Task A_listener_of_a_damaged_journal_is_led_into_the_one_after_it()
    {
        using var before = new TestCentre();
        for (var i = 0; i < 5; i++)
        {
            await before.PressAsync(TestCentre.TicketButton);
        }

        var old = before.Centre.Journal.Epoch;
        before.PowerCut();
        var segment = before.Disk.List().Single(name => name.EndsWith(".seg", StringComparison.Ordinal));
        before.Disk.Poke(segment, before.Disk.Peek(segment).AsSpan().IndexOf("A003"u8) + 1, (byte)'!');

        await using var web = await WebBench.StartAsync(new TestCentre(before.Disk, before.Time, seed: 2));
        using var listener = await Listener.OpenAsync(web, $"{old}.1");
        var number = await web.IssueAsync();
        var ids = new List<string>();
        while (!listener.LastData.Contains(number, StringComparison.Ordinal))
        {
            ids.Add((await listener.NextAsync()).Id);
        }

        Assert.Equal($"{old}.2", ids[0]);
        Assert.Contains($"{web.Centre.Centre.Journal.Epoch}.1", ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public async Task No_public_answer_tells_the_secret_of_a_ticket_or_why_it_was_called()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: $$"""
            {{TestCentre.Yaml}}
            priorities:
              - { group: nguoi-cao-tuoi, label: người cao tuổi, credit: 30m, basis: Luật 39/2009/QH12, from: 2010-07-01 }
            """));
        using var listener = await Listener.OpenAsync(web, $"{web.Centre.Centre.Journal.Epoch}.0");
        await web.IssueAsync();
        var ticket = (await web.PostAsync("/api/tickets", """{"service":"chung-thuc","priority":"nguoi-cao-tuoi"}""")).Body;
        var called = (await web.PostAsync("/api/counters/1/next")).Body;
        Assert.Equal("Ưu tiên: người cao tuổi, vượt 1 lượt.", called.GetProperty("why").GetString());
        await web.PostAsync("/api/counters/1/park", """{"reason":"Thiếu giấy riêng"}""");
        await web.PostAsync("/api/tickets/A002/cancel", """{"reason":"Việc riêng","counter":1}""");
        var slot = web.Centre.Time.GetUtcNow().AddMinutes(5).ToString("O");
        await web.PostAsync("/api/appointments", $$"""{"id":"HEN-BI-MAT","service":"ho-tich","slot":"{{slot}}"}""");
        var secrets = (string[])[ticket.GetProperty("token").GetString()!, "cao-tuoi", "cao tuổi", "Ưu tiên", "credit", "why", "riêng", "HEN-BI-MAT"];

        var heard = new List<string>();
        for (var last = web.Centre.Centre.Journal.Committed.Seq; heard.Count < last;)
        {
            await listener.NextAsync();
            heard.Add(listener.LastData);
            Assert.DoesNotContain(secrets, secret => listener.LastData.Contains(secret, StringComparison.Ordinal));
        }

        Assert.Contains(heard, data => data.Contains("\"data\":{\"date\":\"2026-11-23\",\"number\":\"A002\",\"counter\":1}", StringComparison.Ordinal));
        foreach (var path in (string[])["/api/tickets/A001", "/api/health", "/lab/centre"])
        {
            var text = (await web.GetAsync(path)).Body.GetRawText();
            Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal));
        }

        // The table of the law is public; whom it was applied to is not.
        var queue = (await web.GetAsync("/api/queue")).Body.GetRawText();
        Assert.DoesNotContain(secrets.Except(["cao-tuoi", "cao tuổi", "credit"]), secret => queue.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task There_is_room_for_sixty_four_listeners_and_again_when_one_leaves()
    {
        await using var web = await WebBench.StartAsync();
        var listeners = new List<Listener>();
        for (var i = 0; i < EventStream.MaxListeners; i++)
        {
            listeners.Add(await Listener.OpenAsync(web, null));
        }

        var (status, problem) = await web.GetAsync("/api/stream");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("urn:motcua:problem:too-many-listeners", problem.GetProperty("type").GetString());
        listeners.ForEach(listener => listener.Dispose());
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var again = await Listener.OpenAsync(web, null);
                break;
            }
            catch (HttpRequestException) when (tries < 200)
            {
                // The server hears of a closed connection a moment later.
                await web.IssueAsync();
            }
        }

        Assert.DoesNotContain(web.Centre.Centre.Devices.All, d => d.Report.Fault is not null);
    }

    private sealed class Listener(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public string LastData { get; private set; } = "";

        public static async Task<Listener> OpenAsync(WebBench web, string? lastEventId)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/stream");
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
            var response = await web.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                response.Dispose();
                throw new HttpRequestException("Not taken.");
            }

            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
            return new Listener(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
        }

        public async Task<(string Id, long Seq)> NextAsync()
        {
            var id = "";
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    id = line[4..];
                }
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    LastData = line[6..];
                    using var one = JsonDocument.Parse(LastData);
                    Assert.Equal(one.RootElement.GetProperty("id").GetString(), id);
                    return (id, long.Parse(one.RootElement.GetProperty("seq").GetString()!, CultureInfo.InvariantCulture));
                }
            }

            throw new EndOfStreamException();
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
