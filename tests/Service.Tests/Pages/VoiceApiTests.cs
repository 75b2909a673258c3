using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Packs;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

/// <summary>A voice is recorded over HTTP.</summary>
public sealed class VoiceApiTests : IDisposable
{
    private const string Microphone = "chime: no, microphone: default";

    private readonly string folder = Directory.CreateTempSubdirectory("voices-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_pack_is_made_and_says_every_word_that_it_needs()
    {
        await using var web = await StartAsync();
        var (_, before) = await web.GetAsync("/api/voices");
        Assert.True(before.GetProperty("canRecord").GetBoolean());
        Assert.False(before.GetProperty("microphone").GetBoolean());
        Assert.Contains(before.GetProperty("languages").EnumerateArray(), l => l.GetProperty("code").GetString() == "mtq" && l.GetProperty("onlyRecorded").GetBoolean());

        var (status, made) = await web.PostAsync("/api/voices", """{"name":"muong-bi","language":"mtq"}""");
        Assert.Equal(HttpStatusCode.Created, status);
        var pack = made.GetProperty("pack");
        Assert.Equal((0, Muong.Language.Clips.Length, "on"), (pack.GetProperty("recorded").GetInt32(), pack.GetProperty("needed").GetInt32(), pack.GetProperty("use").GetString()));
        var clips = made.GetProperty("clips").EnumerateArray().ToList();
        Assert.Equal(Muong.Language.Clips.Length, clips.Count(c => !c.GetProperty("optional").GetBoolean()));
        Assert.All(clips, clip => Assert.Equal("missing", clip.GetProperty("state").GetString()));
        Assert.Contains(clips, c => (c.GetProperty("name").GetString(), c.GetProperty("words").GetString(), c.GetProperty("note").GetString()) == ("letter-h", "hát", "chữ H"));
        Assert.Contains(clips, c => (c.GetProperty("name").GetString(), c.GetProperty("words").GetString(), c.GetProperty("note").GetString()) == ("5-after-tens", "lăm", "như trong «hai mươi lăm»"));

        Assert.Equal(HttpStatusCode.Conflict, (await web.PostAsync("/api/voices", """{"name":"muong-bi","language":"vi"}""")).Status);
    }

    [Fact]
    public async Task A_take_is_sent_heard_undone_and_taken_away()
    {
        await using var web = await StartAsync("muong", "mtq");
        var (status, kept) = await PutAsync(web, "call", Tone(0.5, silence: 1));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.InRange(kept.GetProperty("seconds").GetDouble(), 0.5, 0.6);
        Assert.Equal(("recorded", 1), (kept.GetProperty("clip").GetProperty("state").GetString(), kept.GetProperty("pack").GetProperty("recorded").GetInt32()));

        await PutAsync(web, "call", Tone(2));
        Assert.InRange((await SoundAsync(web, "/api/voices/muong/clips/call/sound")).Length.TotalSeconds, 1.9, 2.1);
        Assert.Equal(HttpStatusCode.OK, (await web.PostAsync("/api/voices/muong/clips/call/undo")).Status);
        Assert.InRange((await SoundAsync(web, "/api/voices/muong/clips/call/sound")).Length.TotalSeconds, 0.5, 0.6);

        var (_, gone) = await web.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/api/voices/muong/clips/call"));
        Assert.Equal(("missing", true), (gone.GetProperty("clip").GetProperty("state").GetString(), gone.GetProperty("clip").GetProperty("canUndo").GetBoolean()));
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/voices/muong/clips/call/sound")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.SendAsync(new HttpRequestMessage(HttpMethod.Delete, "/api/voices/muong/clips/call"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await web.PostAsync("/api/voices/muong/clips/7/undo")).Status);
    }

    [Fact]
    public async Task A_whole_call_can_be_heard_once_its_words_are_there_and_says_before_that_which_are_missing()
    {
        await using var web = await StartAsync("muong", "mtq");
        foreach (var clip in (string[])["call", "letter-a", "to-counter", "3"])
        {
            await PutAsync(web, clip, Tone(0.4));
        }

        var (status, problem) = await web.GetAsync("/api/voices/muong/call");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("«một», «trăm», «linh», «năm»", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        foreach (var clip in (string[])["1", "hundred", "gap", "5"])
        {
            await PutAsync(web, clip, Tone(0.4));
        }

        Assert.InRange((await SoundAsync(web, "/api/voices/muong/call")).Length.TotalSeconds, 8 * 0.4, 8 * 0.4 + 1);
        Assert.InRange((await SoundAsync(web, "/api/voices/muong/call?ticket=A001&counter=5")).Length.TotalSeconds, 5 * 0.4, 5 * 0.4 + 1);
        Assert.Equal(HttpStatusCode.BadRequest, (await web.GetAsync("/api/voices/muong/call?ticket=../x")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync("/api/voices/muong/call?counter=100")).Status);
    }

    [Fact]
    public async Task In_a_language_that_a_machine_speaks_a_call_can_be_heard_from_the_first_word_on()
    {
        await using var web = await StartAsync("lien", "vi");
        await PutAsync(web, "call", Tone(1), "lien");

        Assert.InRange((await SoundAsync(web, "/api/voices/lien/call")).Length.TotalSeconds, 1, 1.5);
    }

    [Fact]
    public async Task The_hall_is_spoken_to_with_a_pack_when_somebody_says_so()
    {
        await using var web = await StartAsync("lien", "vi");
        Assert.Equal(("off", false), await UseAsync(web));
        await web.PostAsync("/api/voices/lien/use", """{"on":true}""");
        Assert.Equal(("on", true), await UseAsync(web));
        await web.PostAsync("/api/voices/lien/use", """{"on":false}""");
        Assert.Equal(("off", false), await UseAsync(web));
    }

    [Theory]
    [InlineData("silent", 0.0, 1.0)]
    [InlineData("too-short", 0.4, 0.01)]
    [InlineData("too-long", 0.4, 9.0)]
    public async Task A_take_that_is_none_is_refused_in_words(string code, double peak, double seconds)
    {
        await using var web = await StartAsync("muong", "mtq");
        var (status, problem) = await PutAsync(web, "call", Tone(seconds, peak: peak));

        Assert.Equal((HttpStatusCode.BadRequest, $"urn:motcua:problem:{code}"), (status, problem.GetProperty("type").GetString()));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "muong"), "*.wav"));
    }

    [Fact]
    public async Task A_file_that_is_no_sound_or_too_large_is_refused_and_other_doors_stay_narrow()
    {
        await using var web = await StartAsync("muong", "mtq");
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(web, "call", "not a sound"u8.ToArray())).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PutAsync(web, "call", new byte[PackRecorder.MaxFileBytes + 1])).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PutAsync(web, "call", Tone(1), type: "text/html")).Status);
        // Asked before it is sent: a server that closes on what it will not read may take its answer with it.
        using var json = Body(System.Text.Encoding.UTF8.GetBytes($$"""{"name":"{{new string('a', 20_000)}}","language":"vi"}"""), "application/json");
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/voices") { Content = json, Headers = { ExpectContinue = true, ConnectionClose = true } };
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await web.SendAsync(large)).Status);
    }

    [Theory]
    [InlineData("/api/voices/..%2Fetc/clips/call")]
    [InlineData("/api/voices/khong-co/clips/call")]
    [InlineData("/api/voices/muong/clips/..%2F..%2Fcall")]
    [InlineData("/api/voices/muong/clips/call.wav")]
    public async Task A_name_that_leads_elsewhere_leads_nowhere(string path)
    {
        await using var web = await StartAsync("muong", "mtq");
        using var body = Body(Tone(1), "audio/wav");
        var status = (await web.SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = body })).Status;

        Assert.Contains(status, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.Equal(["pack.yaml"], Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Where(File.Exists).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("""{"name":"../x","language":"vi"}""")]
    [InlineData("""{"name":"Mường","language":"vi"}""")]
    [InlineData("""{"name":"","language":"vi"}""")]
    [InlineData("""{"language":"vi"}""")]
    [InlineData("""{"name":"x","language":"fr"}""")]
    [InlineData("""{"name":"x"}""")]
    public async Task A_pack_that_cannot_be_is_refused(string json)
    {
        await using var web = await StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await web.PostAsync("/api/voices", json)).Status);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_box_holds_so_many_packs_and_no_more()
    {
        await using var web = await StartAsync();
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await web.PostAsync("/api/voices", $$"""{"name":"goi-{{i}}","language":"vi"}""")).Status);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await web.PostAsync("/api/voices", """{"name":"goi-8","language":"vi"}""")).Status);
    }

    [Fact]
    public async Task The_box_s_own_microphone_records_what_it_hears()
    {
        await using var web = await StartAsync("muong", "mtq", Microphone);
        Assert.True((await web.GetAsync("/api/voices")).Body.GetProperty("microphone").GetBoolean());
        var centre = web.Centre;
        var playing = centre.Box.Loudspeaker.PlayAsync(new Utterance(new Announcement(null, "la", long.MaxValue), WavFile.TryRead(Tone(20, peak: 0.8), out _)!), Stop).AsTask();
        var waiting = centre.Time.Waiting;
        var recording = web.PostAsync("/api/voices/muong/clips/call/record", """{"seconds":2}""");
        while (!recording.IsCompleted)
        {
            await Task.WhenAny(recording, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Stop));
            if (centre.Time.Waiting > waiting)
            {
                centre.Time.Advance(TimeSpan.FromSeconds(0.05)); // It waits for more; time passes no faster than it reads.
            }
        }

        var (status, take) = await recording;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.InRange(take.GetProperty("seconds").GetDouble(), 1.9, 2);
        centre.Time.Advance(TimeSpan.FromSeconds(20));
        await playing;
    }

    [Fact]
    public async Task Without_a_microphone_at_the_box_that_is_said()
    {
        await using var web = await StartAsync("muong", "mtq");
        var (status, problem) = await web.PostAsync("/api/voices/muong/clips/call/record", """{"seconds":2}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("speech.microphone", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await web.PostAsync("/api/voices/muong/clips/call/record", """{"seconds":60}""")).Status);
    }

    [Fact]
    public async Task Only_the_recorder_may_ask_for_a_microphone()
    {
        await using var web = await StartAsync();
        foreach (var (path, own) in new[] { ("/recorder", true), ("/recorder.html", true), ("/announce", false), ("/lab", false), ("/api/voices", false) })
        {
            using var page = await web.Http.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains(own ? "microphone=(self)" : "microphone=()", Assert.Single(page.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
            Assert.Contains("default-src 'none'; script-src 'self'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }

    private static async Task<(string?, bool)> UseAsync(WebBench web)
    {
        var pack = (await web.GetAsync("/api/voices")).Body.GetProperty("packs")[0];
        return (pack.GetProperty("use").GetString(), pack.GetProperty("speaks").GetBoolean());
    }

    private static byte[] Tone(double seconds, double silence = 0, double peak = 0.4) => WavFile.FromSamples(
        22_050,
        MemoryMarshal.AsBytes<short>([.. new short[(int)(silence * 22_050)], .. Enumerable.Range(0, (int)(seconds * 22_050)).Select(i => (short)(peak * short.MaxValue * Math.Sin(i * 0.12))), .. new short[(int)(silence * 22_050)]]))
        .Bytes.ToArray();

    private static ByteArrayContent Body(byte[] bytes, string type)
    {
        var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return body;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PutAsync(WebBench web, string clip, byte[] bytes, string pack = "muong", string type = "audio/wav")
    {
        using var body = Body(bytes, type);
        var isLarge = bytes.Length > PackRecorder.MaxFileBytes;
        return await web.SendAsync(new HttpRequestMessage(HttpMethod.Put, $"/api/voices/{pack}/clips/{clip}") { Content = body, Headers = { ExpectContinue = isLarge, ConnectionClose = isLarge } });
    }

    private static async Task<WavFile> SoundAsync(WebBench web, string path)
    {
        using var answer = await web.Http.GetAsync(path, Stop);
        Assert.Equal("audio/wav", answer.Content.Headers.ContentType?.MediaType);
        return WavFile.TryRead(await answer.Content.ReadAsByteArrayAsync(Stop), out _)!;
    }

    private async Task<WebBench> StartAsync(string? pack = null, string language = "mtq", string speech = "chime: no")
    {
        var web = await WebBench.StartAsync(new TestCentre(yaml: TestCentre.Yaml.Replace("chime: no", speech, StringComparison.Ordinal), recorded: folder));
        if (pack is not null)
        {
            Assert.Equal(HttpStatusCode.Created, (await web.PostAsync("/api/voices", $$"""{"name":"{{pack}}","language":"{{language}}"}""")).Status);
        }

        return web;
    }
}
