using System.Net;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Boards;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class TvApiTests
{
    [Fact]
    public async Task The_picture_says_who_is_called_where_and_how_many_wait_for_what()
    {
        await using var web = await OpenAsync();
        await web.IssueAsync();
        await web.IssueAsync();
        using var tv = await TvListener.OpenAsync(web, TvBench.Code);
        var picture = await tv.PictureAsync(_ => true);
        Assert.Equal("Phường Việt Trì", picture.GetProperty("name").GetString());
        Assert.Equal(["A Chứng thực 2", "H Hộ tịch 0"], Waiting(picture));
        Assert.Empty(picture.GetProperty("calls").EnumerateArray());
        Assert.Equal("tv-sanh backup True", Settings(picture));

        var call = await CallAsync(web, 1);
        picture = await tv.PictureAsync(p => p.GetProperty("calls").GetArrayLength() == 1);
        Assert.Equal((call, "A001", 1), CallOf(picture, 0));
        Assert.Equal(["A Chứng thực 1", "H Hộ tịch 0"], Waiting(picture));
    }

    [Fact]
    public async Task A_beat_tells_the_time_and_whether_it_can_be_believed()
    {
        await using var web = await OpenAsync();
        using var tv = await TvListener.OpenAsync(web);
        Assert.Null((await tv.NextAsync()).Name);
        List<long> times = [];
        while (times.Count < 3)
        {
            var (name, beat) = await tv.NextAsync();
            Assert.Equal("beat", name);
            Assert.True(beat.GetProperty("sure").GetBoolean());
            times.Add(beat.GetProperty("now").GetInt64());
        }

        Assert.InRange(times[1] - times[0], 1_900, 3_000);
        Assert.InRange(times[2] - times[1], 1_900, 3_000);
    }

    [Fact]
    public async Task A_box_that_does_not_know_the_time_says_so()
    {
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: TvBench.Yaml(TvBench.One), clock: new LostClock()));
        using var tv = await TvListener.OpenAsync(web);
        await tv.NextAsync();
        Assert.False((await tv.NextAsync()).Data.GetProperty("sure").GetBoolean());
    }

    [Fact]
    public async Task A_TV_that_comes_back_gets_what_holds_now_and_answers_for_it_once()
    {
        await using var web = await OpenAsync();
        await web.IssueAsync();
        await web.IssueAsync();
        long first;
        using (var tv = await TvListener.OpenAsync(web, TvBench.Code))
        {
            first = await CallAsync(web, 1);
            await tv.PictureAsync(p => p.GetProperty("calls").GetArrayLength() == 1);
            Assert.Equal((HttpStatusCode.OK, 1), await ShownAsync(web, first));
        }

        web.Centre.Time.Advance(TimeSpan.FromSeconds(3));
        var second = await CallAsync(web, 1);
        using var back = await TvListener.OpenAsync(web, TvBench.Code);
        var picture = await back.PictureAsync(_ => true);
        Assert.Equal((second, "A002", 1), CallOf(picture, 0));
        Assert.Equal(1, picture.GetProperty("calls").GetArrayLength());
        Assert.Equal((HttpStatusCode.OK, 2), await ShownAsync(web, first, second));
        Assert.Equal((HttpStatusCode.OK, 1), await ShownAsync(web, second));
        Assert.Equal([(first, "done"), (second, "done")], await AnswersAsync(web, 2));
    }

    [Fact]
    public async Task Only_a_declared_TV_answers_for_calls()
    {
        await using var web = await OpenAsync();
        await web.IssueAsync();
        var call = await CallAsync(web, 1);
        var (status, problem) = await web.PostAsync("/api/board/shown", $$"""{"tv":"zzzzzz","calls":[{{call}}]}""");
        Assert.Equal((HttpStatusCode.NotFound, "urn:motcua:problem:unknown-tv"), (status, problem.GetProperty("type").GetString()));
        Assert.Contains("devices.tvs", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        // Who guesses waits: a second try at once is not even looked at, be it right or wrong.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ShownAsync(web, call)).Status);
        web.Centre.Time.Advance(TvPairing.BetweenGuesses);
        Assert.Equal((HttpStatusCode.OK, 1), await ShownAsync(web, call));

        using var viewer = await TvListener.OpenAsync(web);
        Assert.Equal(JsonValueKind.Null, (await viewer.PictureAsync(_ => true)).GetProperty("tv").ValueKind);
        using var stranger = await TvListener.OpenAsync(web, "yyyyyy");
        Assert.Equal(JsonValueKind.Null, (await stranger.PictureAsync(_ => true)).GetProperty("tv").ValueKind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"tv":"a1b2c3"}""")]
    [InlineData("""{"tv":"a1b2c3","calls":null}""")]
    [InlineData("""{"tv":"a1b2c3","calls":["x"]}""")]
    [InlineData("""{"tv":"a1b2c3","calls":[1.5]}""")]
    [InlineData("""{"tv":"a1b2c3","calls":[1e30]}""")]
    [InlineData("""{"tv":"../../etc","calls":[]}""")]
    [InlineData("""{"tv":"A1B2C3","calls":[]}""")]
    [InlineData("""{"tv":"","calls":[]}""")]
    [InlineData("""{"tv":"a1b2c3","calls":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}""")]
    public async Task A_receipt_that_is_none_is_refused_in_words(string body)
    {
        await using var web = await OpenAsync();
        var (status, problem) = await web.PostAsync("/api/board/shown", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Calls_that_never_were_or_are_not_calls_count_for_nothing()
    {
        await using var web = await OpenAsync();
        await web.IssueAsync();
        var call = await CallAsync(web, 1);
        Assert.Equal((HttpStatusCode.OK, 0), await ShownAsync(web, call - 1, call + 1, 0, -5, long.MaxValue));
        Assert.Equal((HttpStatusCode.OK, 1), await ShownAsync(web, call));
        Assert.Equal([(call, "done")], await AnswersAsync(web, 1));
    }

    [Fact]
    public async Task A_TV_that_keeps_silent_about_a_call_is_asked_again_by_its_picture()
    {
        await using var web = await OpenAsync();
        await web.IssueAsync();
        using var tv = await TvListener.OpenAsync(web, TvBench.Code);
        await tv.PictureAsync(_ => true);
        await ShownAsync(web);
        await CallAsync(web, 1);
        await tv.PictureAsync(p => p.GetProperty("calls").GetArrayLength() == 1);
        var screen = web.Centre.Centre.Hall.Tvs[0].Screen;
        web.Centre.Time.Advance(TimeSpan.FromSeconds(6));
        await screen.StepAsync(TestContext.Current.CancellationToken);
        await tv.PictureAsync(p => p.GetProperty("tv").GetProperty("asked").GetInt32() == 1);
    }

    [Fact]
    public async Task What_nobody_heard_flashes_in_the_picture_and_so_do_pauses_and_texts_stand_in_it()
    {
        await using var web = await OpenAsync();
        await web.IssueAsync();
        using var tv = await TvListener.OpenAsync(web, TvBench.Code);
        var call = await CallAsync(web, 1);
        Assert.True(web.Centre.Centre.Boards.Flash(new CallId(call)));
        var picture = await tv.PictureAsync(p => p.GetProperty("flash").ValueKind == JsonValueKind.Object);
        Assert.Equal((call, 1), (picture.GetProperty("flash").GetProperty("call").GetInt64(), picture.GetProperty("flash").GetProperty("round").GetInt32()));

        await web.PostAsync("/api/announcements", """{"text":"Trung tâm nghỉ trưa lúc 11 giờ 30."}""");
        picture = await tv.PictureAsync(p => p.GetProperty("texts").GetArrayLength() == 1);
        Assert.Equal("Trung tâm nghỉ trưa lúc 11 giờ 30.", picture.GetProperty("texts")[0].GetString());
        await web.PostAsync("/api/services/ho-tich/pause", """{"reason":"Việc riêng"}""");
        picture = await tv.PictureAsync(p => p.GetProperty("waiting")[1].GetProperty("paused").GetBoolean());
        Assert.DoesNotContain("riêng", picture.GetRawText(), StringComparison.Ordinal);
        await web.PostAsync("/api/centre/pause", """{"reason":"Việc riêng"}""");
        await tv.PictureAsync(p => p.GetProperty("notice").GetString() == "TẠM NGỪNG PHỤC VỤ");
        web.Centre.Centre.Boards.Tell("A009");
        await tv.PictureAsync(p => p.GetProperty("told").GetString() == "A009");
    }

    private static Task<WebBench> OpenAsync() => WebBench.StartAsync(new TestCentre(yaml: TvBench.Yaml(TvBench.One)));

    [Fact]
    public async Task An_unheard_call_flashes_though_there_are_more_calls_than_places()
    {
        var yaml = TvBench.Yaml(TvBench.One).Replace("  - { number: 2, services: [ho-tich] }\n", string.Concat(Enumerable.Range(2, 7).Select(n => $"  - {{ number: {n}, services: [chung-thuc] }}\n")), StringComparison.Ordinal);
        await using var web = await WebBench.StartAsync(new TestCentre(yaml: yaml));
        using var tv = await TvListener.OpenAsync(web, TvBench.Code);
        var calls = new List<long>();
        for (var counter = 1; counter <= 8; counter++)
        {
            await web.IssueAsync();
            calls.Add(await CallAsync(web, counter));
        }

        // The first is being spoken and stands in front; the second is the one that newer calls have pushed out.
        Assert.True(web.Centre.Centre.Boards.Flash(new CallId(calls[1])));
        var picture = await tv.PictureAsync(p => p.GetProperty("flash").ValueKind == JsonValueKind.Object);
        var shown = picture.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("id").GetInt64()).ToList();
        Assert.Equal((5, 1), (shown.Count, shown.IndexOf(calls[1])));
        Assert.Equal(calls[1], picture.GetProperty("flash").GetProperty("call").GetInt64());
    }

    private static async Task<long> CallAsync(WebBench web, int counter) => (await web.PostAsync($"/api/counters/{counter}/next")).Body.GetProperty("seq").GetInt64();

    private static async Task<(HttpStatusCode Status, int Known)> ShownAsync(WebBench web, params long[] calls)
    {
        var (status, body) = await web.PostAsync("/api/board/shown", $$"""{"tv":"{{TvBench.Code}}","calls":[{{string.Join(',', calls)}}]}""");
        return (status, status == HttpStatusCode.OK ? body.GetProperty("known").GetInt32() : 0);
    }

    private static async Task<IEnumerable<(long, string)>> AnswersAsync(WebBench web, int count)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            var answers = web.Centre.Events<CallDelivered>().Where(d => d.Output == "tv-sanh").Select(d => (d.CallSeq, d.Result)).ToList();
            if (answers.Count >= count)
            {
                return answers;
            }

            // A light event waits for the next commit, or two seconds.
            web.Centre.Time.Advance(TimeSpan.FromSeconds(1));
            await web.IssueAsync();
        }

        throw new TimeoutException("No answer was written down.");
    }

    private static IEnumerable<string> Waiting(JsonElement picture) => picture.GetProperty("waiting").EnumerateArray()
        .Select(one => $"{one.GetProperty("series").GetString()} {one.GetProperty("name").GetString()} {one.GetProperty("waiting").GetInt32()}");

    private static string Settings(JsonElement picture) => picture.GetProperty("tv") is var tv
        ? $"{tv.GetProperty("id").GetString()} {tv.GetProperty("sound").GetString()} {tv.GetProperty("cameraNotice").GetBoolean()}" : "";

    private static (long, string, int) CallOf(JsonElement picture, int place) => picture.GetProperty("calls")[place] is var call
        ? (call.GetProperty("id").GetInt64(), call.GetProperty("number").GetString()!, call.GetProperty("counter").GetInt32()) : default;
}
