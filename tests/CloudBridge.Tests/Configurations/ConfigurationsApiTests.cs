using System.Net;
using System.Text;
using System.Text.Json;
using MotCua.CloudBridge.Hosting;
using MotCua.CloudBridge.Tests.Api;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.State;
using Xunit;

namespace MotCua.CloudBridge.Tests.Configurations;

/// <summary>The API over the whole program, and the command of operators, which goes through it.</summary>
public sealed class ConfigurationsApiTests : IAsyncLifetime
{
    private const string Path = "/api/centres/viet-tri/configurations";
    private const string Text = "centre: viet-tri\nname: Phường Việt Trì\nservices: []\n";

    private readonly SimulatedLink link = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("configure-");
    private readonly SourceLog log = new("viet-tri");
    private RunningBridge bridge = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bridge = await new RunningBridge(link).StartAsync();
        await BornAsync(new string('a', 64));
    }

    public async ValueTask DisposeAsync()
    {
        await bridge.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_configuration_is_given_compared_listed_and_taken_back()
    {
        var (code, given) = await Post(Path, Request(Text));
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal(JsonValueKind.Null, given.GetProperty("changes").ValueKind);
        var revision = given.GetProperty("configuration").GetProperty("revision").GetInt64();
        Assert.Equal(Text, (await Get($"{Path}/{revision}")).Body.GetProperty("text").GetString());

        // The centre runs by it now.
        await BornAsync(DesiredConfiguration.HashOf(Text));
        var list = (await Get(Path)).Body;
        Assert.Equal((revision, false), (list.GetProperty("runningRevision").GetInt64(), list.GetProperty("editedHere").GetBoolean()));

        (code, given) = await Post($"{Path}?onlyCompare=true", Request(Text.Replace("Việt Trì", "Tiên Cát", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(["- name: Phường Việt Trì", "+ name: Phường Tiên Cát"], given.GetProperty("changes").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(1, (await Get(Path)).Body.GetProperty("configurations").GetArrayLength());

        // Kept, then edited by somebody at the centre.
        log.Add(DateTimeOffset.UnixEpoch, ConfigurationChanged.Of(revision, DesiredConfiguration.HashOf(Text), ConfigurationOutcome.Kept, null, []));
        link.Deliver(log.Topic, log.Message(1, 1));
        await BornAsync(new string('c', 64));
        await UntilAsync(one => one.GetProperty("configurations")[0].GetProperty("state").GetString() == "kept" && one.GetProperty("editedHere").GetBoolean());

        (code, var back) = await Post($"{Path}/withdraw", """{"who":"Trực ban","reason":"Nhầm tệp"}""");
        Assert.Equal((HttpStatusCode.OK, false), (code, back.GetProperty("wanted").GetBoolean()));
        Assert.Equal(HttpStatusCode.Conflict, (await Post($"{Path}/withdraw", """{"who":"Trực ban","reason":"Nhầm tệp"}""")).Code);
    }

    [Theory]
    [InlineData("""{"who":"Trực ban","reason":"Thêm quầy"}""", "text")]
    [InlineData("""{"text":"centre: viet-tri","reason":"Thêm quầy"}""", "who")]
    [InlineData("""{"text":"centre: viet-tri","who":"Trực ban","reason":"x"}""", "reason")]
    [InlineData("""{"text":" \n","who":"Trực ban","reason":"Thêm quầy"}""", "trống")]
    [InlineData("""{"text":"centre: viet-tri\u0000","who":"Trực ban","reason":"Thêm quầy"}""", "UTF-8")]
    [InlineData("""{"text":"centre: viet-tri\ufffd","who":"Trực ban","reason":"Thêm quầy"}""", "UTF-8")]
    [InlineData("""{"text":"centre: 'lam-thao' # x","who":"Trực ban","reason":"Thêm quầy"}""", "lam-thao")]
    [InlineData("""{"text":"name: x","who":"Trực ban","reason":"Thêm quầy"}""", "centre: viet-tri")]
    public async Task What_cannot_be_given_is_said_in_Vietnamese_and_nothing_is_stored(string request, string why)
    {
        var (code, body) = await Post(Path, request);
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains(why, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await Get(Path)).Body.GetProperty("configurations").GetArrayLength());
    }

    [Fact]
    public async Task The_largest_text_is_taken_and_a_larger_one_is_not()
    {
        var most = Text + new string('#', DesiredConfiguration.MaxTextBytes - Encoding.UTF8.GetByteCount(Text));
        Assert.Equal(HttpStatusCode.Created, (await Post(Path, Request(most))).Code);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(Path, Request(most + "#"))).Code);
        Assert.Contains(link.Sent, message => message.Topic == Topics.Configuration(log.Centre) && message.Payload.Length <= DesiredConfiguration.MaxBytes);
    }

    [Theory]
    [InlineData("/api/centres/nowhere/configurations", HttpStatusCode.NotFound)]
    [InlineData("/api/centres/viet-tri/configurations/1", HttpStatusCode.NotFound)]
    [InlineData("/api/centres/viet-tri/configurations?limit=0", HttpStatusCode.BadRequest)]
    public async Task Mistakes_are_answered_with_problem_details(string path, HttpStatusCode expected)
    {
        var (code, body) = await Get(path);
        Assert.Equal((expected, (int)expected), (code, body.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task An_operator_gives_files_one_or_a_folder_of_them_and_sees_what_became_of_them()
    {
        var file = System.IO.Path.Combine(folder.FullName, "viet-tri.yaml");
        await File.WriteAllTextAsync(file, Text, Stop);
        var (code, said) = await RunAsync("--centre", "viet-tri", "--file", file, "--who", "Trực ban", "--reason", "Thêm quầy");
        Assert.Equal(0, code);
        Assert.Contains("viet-tri: đã nhận, bản ", said, StringComparison.Ordinal);

        await File.WriteAllTextAsync(System.IO.Path.Combine(folder.FullName, "xa-la.yaml"), Text, Stop);
        await File.WriteAllBytesAsync(System.IO.Path.Combine(folder.FullName, "hong.yaml"), [0xff, 0xfe, 0x00], Stop);
        (code, said) = await RunAsync("--dir", folder.FullName, "--who", "Trực ban", "--reason", "Thêm quầy");
        Assert.Equal(ConfigureCommand.NotAll, code);
        Assert.Contains("hong.yaml: không phải UTF-8.", said, StringComparison.Ordinal);
        Assert.Contains("xa-la: Chưa có trung tâm", said, StringComparison.Ordinal);
        Assert.Contains("viet-tri: đã nhận", said, StringComparison.Ordinal);

        (code, said) = await RunAsync("--centre", "viet-tri");
        Assert.Equal(0, code);
        Assert.Contains("đang dùng tệp tại chỗ (aaaaaaaaaaaa)", said, StringComparison.Ordinal);
        Assert.Contains("đã có bản mới hơn  Trực ban: Thêm quầy", said, StringComparison.Ordinal);
        (code, said) = await RunAsync("--centre", "viet-tri", "--withdraw", "--who", "Trực ban", "--reason", "Nhầm tệp");
        Assert.Equal(0, code);
        Assert.Contains("đã thu hồi", said, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("--centre", "viet-tri", "--file", file)).Code);
        Assert.Equal(2, (await RunAsync("--dir", folder.FullName, "--withdraw", "--reason", "Nhầm")).Code);
    }

    private async Task<(int Code, string Said)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        return (await ConfigureCommand.RunAsync([.. args, "--url", bridge.Http.BaseAddress!.ToString()], output, output), output.ToString());
    }

    private static string Request(string text) => JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text, ["who"] = "Trực ban", ["reason"] = "Thêm quầy" });

    private async Task BornAsync(string hash)
    {
        link.Deliver(Topics.Birth(log.Centre), JsonSerializer.SerializeToUtf8Bytes(new BirthMessage(1, "Việt Trì", "1", hash, [], []), StateJson.Default.BirthMessage));
        await UntilAsync(list => list.GetProperty("running").GetString() == hash);
    }

    private async Task UntilAsync(Func<JsonElement, bool> holds)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (await Get(Path) is var (code, list) && (code != HttpStatusCode.OK || !holds(list)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), list.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop);
        }
    }

    private async Task<(HttpStatusCode Code, JsonElement Body)> Post(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await bridge.Http.PostAsync(new Uri(path, UriKind.Relative), content, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, JsonElement.Parse(text.Length == 0 ? "{}" : text));
    }

    private async Task<(HttpStatusCode Code, JsonElement Body)> Get(string path)
    {
        using var answer = await bridge.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop)));
    }
}
