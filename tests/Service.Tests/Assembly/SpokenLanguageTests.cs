using System.Collections.Frozen;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

/// <summary>In which languages a whole centre calls, and what it tells when one of them cannot be said.</summary>
public sealed class SpokenLanguageTests : IDisposable
{
    private const string Vi = "Mời công dân có số thứ tự A, một, đến quầy số một.";
    private const string En = "Number A, one, please go to counter one.";

    private readonly string folder = Directory.CreateTempSubdirectory("voices-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_ticket_is_called_in_Vietnamese_and_then_in_its_own_language()
    {
        using var centre = new TestCentre();
        await centre.RunAsync(0.1);
        await IssueAsync(centre, new LanguageCode("en"));
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(3);

        Assert.Equal([$"{Vi} {En}"], centre.Spoken);
        Assert.Equal("en", Assert.Single(centre.Events<Protocols.Events.TicketIssued>()).Language);
        Assert.Contains(centre.Events<CallDelivered>(), d => d is { Output: "speaker", Result: "done" });
    }

    [Fact]
    public async Task A_button_of_a_language_gives_such_a_ticket()
    {
        using var centre = new TestCentre(yaml: TestCentre.Yaml.Replace("press: ticket chung-thuc", "press: ticket chung-thuc en", StringComparison.Ordinal));
        await centre.RunAsync(0.1);
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(3);

        Assert.Equal([$"{Vi} {En}"], centre.Spoken);
    }

    [Fact]
    public async Task The_language_outlives_a_power_cut_and_a_snapshot()
    {
        using var first = new TestCentre();
        await first.RunAsync(0.1);
        await IssueAsync(first, new LanguageCode("en"));
        var saved = CentreSnapshot.Write(first.Centre.Loop.Durable.State);
        Assert.Equal("en", Assert.Single(CentreSnapshot.Read(saved, first.Centre.Options.Plan).Queue.Living).Language?.Value);
        first.PowerCut();

        using var second = new TestCentre(first.Disk);
        await second.RunAsync(0.1);
        await second.PressAsync(TestCentre.NextButton);
        await second.RunAsync(3);

        Assert.Equal([$"{Vi} {En}"], second.Spoken);
    }

    [Theory]
    [InlineData("[vi, en]", null)]
    [InlineData("[vi]", "en")]
    public async Task A_centre_of_two_languages_or_a_ticket_of_one_is_called_in_both_and_a_missed_ticket_too(string languages, string? own)
    {
        using var centre = new TestCentre(yaml: TestCentre.Yaml.Replace("chime: no", $"chime: no, languages: {languages}", StringComparison.Ordinal));
        await centre.RunAsync(0.1);
        await IssueAsync(centre, own is null ? null : new LanguageCode(own));
        await VoiceBench.CallThreeTimesAsync(centre);
        Assert.Equal($"{Vi} {En}", centre.Spoken.First());
        await VoiceBench.SubmitAsync(centre, new MarkMissed(new CounterId(1)));
        await centre.RunAsync(1);

        Assert.Equal(
            "Công dân có số thứ tự A, một, đã lỡ lượt, vui lòng đến bàn hướng dẫn. Number A, one, has missed its turn, please go to the help desk.", centre.Spoken.Last());
    }

    [Fact]
    public async Task A_language_without_a_voice_is_left_out_and_told_and_Vietnamese_is_heard()
    {
        using var centre = new TestCentre();
        await centre.RunAsync(0.1);
        await IssueAsync(centre, new LanguageCode("mtq"));
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(3);

        Assert.Equal(new TestCentre.KnownDevice("degraded", "voice.left-out"), centre.Device("voice"));
        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("speech"));
        Assert.Equal("done", Assert.Single(centre.Events<CallDelivered>(), d => d.Output == "speaker").Result);
    }

    [Fact]
    public async Task A_recorded_pack_says_its_language()
    {
        var pack = Directory.CreateDirectory(Path.Combine(folder, "muong")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, "pack.yaml"), "language: mtq", TestContext.Current.CancellationToken);
        var clip = await new TinyVoice().SynthesizeAsync("", LanguageCode.Vietnamese, TestContext.Current.CancellationToken);
        foreach (var name in Muong.Language.Clips.Select(token => token.Name))
        {
            await File.WriteAllBytesAsync(Path.Combine(pack, $"{name}.wav"), clip.Bytes, TestContext.Current.CancellationToken);
        }

        using var centre = new TestCentre(yaml: TestCentre.Yaml.Replace("chime: no", "chime: no, voice: muong", StringComparison.Ordinal), voices: folder);
        await centre.RunAsync(0.1);
        await IssueAsync(centre, new LanguageCode("mtq"));
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(3);

        Assert.Null(centre.Device("voice"));
        Assert.Equal([$"{Vi} [Tiếng Mường] {Vi}"], centre.Spoken);
        // One sentence of a twentieth of a second, five clips as long, and the silence between them.
        Assert.InRange(Assert.Single(centre.Box.Loudspeaker.Heard).Sound.Length.TotalSeconds, 0.05 + 0.4 + 5 * 0.05, 0.05 + 0.4 + 5 * 0.05 + 0.5);
    }

    [Theory]
    [InlineData("voice.pack-bad", "language: klingon")]
    [InlineData("voice.clips-missing", "language: vi")]
    public async Task A_pack_that_is_bad_or_not_whole_is_told_at_the_start_and_calls_go_on(string fault, string text)
    {
        var pack = Directory.CreateDirectory(Path.Combine(folder, "lien")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, "pack.yaml"), text, TestContext.Current.CancellationToken);
        using var centre = new TestCentre(yaml: TestCentre.Yaml.Replace("chime: no", "chime: no, voice: lien", StringComparison.Ordinal), voices: folder);
        await centre.RunAsync(0.1);
        Assert.Equal(new TestCentre.KnownDevice("degraded", fault), centre.Device("voice"));

        await IssueAsync(centre, null);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(3);
        Assert.Equal([Vi], centre.Spoken);
    }

    [Fact]
    public async Task Without_the_program_people_are_told_what_to_install_and_the_boards_call()
    {
        using var centre = new TestCentre(speech: new ProgramEngine(
            new Dictionary<LanguageCode, SpeechProgram> { [LanguageCode.Vietnamese] = new("/nowhere/espeak-ng", [], "Install the package espeak-ng.") }.ToFrozenDictionary(),
            new ProgramBounds(), TimeProvider.System));
        await centre.RunAsync(0.1);
        await IssueAsync(centre, null);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(3);

        Assert.Equal(new TestCentre.KnownDevice("failed", "speech.engine-absent"), centre.Device("speech"));
        Assert.Contains(centre.Events<CallDelivered>(), d => d is { Output: "hall-lcd", Result: "done" });
        Assert.Contains(centre.Events<CallDelivered>(), d => d is { Output: "speaker", Result: "failed" });
    }

    private static async Task IssueAsync(TestCentre centre, LanguageCode? language)
    {
        var issued = centre.Centre.Loop.SubmitAsync(
            new IssueTicket(new ServiceCode("chung-thuc"), centre.Centre.Identity.NewToken(), "api", Language: language), TestContext.Current.CancellationToken).AsTask();
        await centre.RunAsync(0.1);
        Assert.IsType<Outcome.Accepted>(await issued);
    }
}
