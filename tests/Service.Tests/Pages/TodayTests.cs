using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Clerks;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class TodayTests
{
    [Fact]
    public async Task The_day_stands_in_one_picture()
    {
        await using var web = await WebBench.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await web.IssueAsync();
        }

        web.Centre.Time.Advance(TimeSpan.FromMinutes(12));
        await web.PostAsync("/api/counters/1/next");
        await web.PostAsync("/api/counters/1/serve");
        web.Centre.Time.Advance(TimeSpan.FromMinutes(4));
        await web.PostAsync("/api/counters/1/done");
        await web.PostAsync("/api/rate/1", """{"ticket":"A001","rating":"very-satisfied"}""");
        var day = (await web.GetAsync("/api/today")).Body;
        Assert.Equal(("2026-11-23", 2, 1), (day.GetProperty("date").GetString(), day.GetProperty("waiting").GetInt32(), day.GetProperty("total").GetProperty("served").GetInt32()));
        Assert.Equal(12, day.GetProperty("longest")[0].GetProperty("minutes").GetInt32());
        Assert.Equal(1, day.GetProperty("ratings").GetProperty("very-satisfied").GetInt32());
        Assert.Equal(["08:00 3", "08:05 3", "08:10 3", "08:15 2"], day.GetProperty("curve").EnumerateArray().Select(point => $"{point.GetProperty("at").GetString()} {point.GetProperty("waiting").GetInt32()}"));
        Assert.Equal("Chứng thực", day.GetProperty("services")[0].GetProperty("name").GetString());
        Assert.Equal(1, day.GetProperty("counters")[0].GetProperty("figures").GetProperty("served").GetInt32());
        Assert.NotEqual(0, day.GetProperty("devices").GetArrayLength());
    }

    [Fact]
    public async Task In_the_morning_nothing_of_yesterday_is_told_as_today()
    {
        await using var web = await WebBench.StartAsync();
        await web.IssueAsync();
        await web.IssueAsync();
        await web.PostAsync("/api/counters/1/next");
        web.Centre.Time.Advance(TimeSpan.FromDays(1));
        var day = (await web.GetAsync("/api/today")).Body;
        Assert.Equal(("2026-11-24", 0, 0), (day.GetProperty("date").GetString(), day.GetProperty("waiting").GetInt32(), day.GetProperty("total").GetProperty("issued").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, day.GetProperty("counters")[0].GetProperty("ticket").ValueKind);
        Assert.Equal(0, day.GetProperty("curve").GetArrayLength());
    }

    [Fact]
    public async Task The_table_opens_right_in_a_spreadsheet()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: TestCentre.Yaml.Replace("name: Hộ tịch", "name: \"=HỘ,\\\"TỊCH\\\"\"", StringComparison.Ordinal)));
        await web.IssueAsync();
        using var answer = await web.Http.GetAsync("/api/today/table.csv", TestContext.Current.CancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("\"Trung tâm Phục vụ hành chính công\",\"Phường Việt Trì\"", lines[0]);
        Assert.Contains("\"Toàn trung tâm\",\"1\",\"0\",\"0\",\"0\",\"0\",\"0\",\"1\",\"\",\"\",\"\",\"\"", lines);
        Assert.Contains(lines, line => line.StartsWith("\"Lĩnh vực: =HỘ,\"\"TỊCH\"\"\",", StringComparison.Ordinal));
        Assert.Contains("\"08:00\",\"1\"", lines);
        Assert.Equal("mot-cua-pt-viet-tri-2026-11-23.csv", answer.Content.Headers.ContentDisposition?.FileName);
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+84", "\"'+84\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM", "\"'@SUM\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("nói \"vâng\", rồi", "\"nói \"\"vâng\"\", rồi\"")]
    [InlineData("", "\"\"")]
    public void No_cell_is_a_formula(string text, string cell) => Assert.Equal(cell, TodayCsv.Cell(text));

    [Fact]
    public async Task The_day_is_the_directors()
    {
        var folder = Directory.CreateTempSubdirectory("motcua-today-");
        new ClerkFile(folder.FullName).Write([Pin.Give("Quầy 1", ClerkRole.Clerk, "739154", 10), Pin.Give("Giám đốc", ClerkRole.Director, "482913", 10)]);
        await using var web = await WebBench.StartAsync(new TestCentre(clerks: new ClerkFile(folder.FullName)));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await web.GetAsync("/api/today/table.csv")).Status);
        await web.PostAsync("/api/session", """{"name":"Quầy 1","pin":"739154"}""");
        Assert.Equal("urn:motcua:problem:not-your-role", (await web.GetAsync("/api/today")).Body.GetProperty("type").GetString());
        await web.PostAsync("/api/session", """{"name":"Giám đốc","pin":"482913"}""");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await web.GetAsync("/api/today")).Status);
        folder.Delete(recursive: true);
    }
}
