using System.Runtime.InteropServices;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Edge.Announcing.Tests;

/// <summary>A voice recorded word by word while the centre serves.</summary>
public sealed class VoiceBoothTests : IDisposable
{
    private static readonly LanguageCode Mtq = new("mtq");

    private readonly string folder = Directory.CreateTempSubdirectory("booth-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_language_is_spoken_from_the_moment_on_in_which_its_last_word_was_recorded_and_a_new_take_by_the_next_call()
    {
        using var centre = new TestCentre(recorded: folder);
        await centre.RunAsync(0.1);
        Done(await centre.Centre.Booth.CreateAsync("muong", Mtq, Stop));
        await CallAsync(centre);
        Assert.Equal("degraded", centre.Device("voice")?.State);
        var (_, vietnamese) = Last(centre);

        foreach (var clip in Muong.Language.Clips)
        {
            await KeepAsync(centre, clip.Name, 0.3);
        }

        Assert.Equal(new TestCentre.KnownDevice("ready", null), centre.Device("voice"));
        await CallAsync(centre);
        var (text, both) = Last(centre);
        Assert.Contains("[Tiếng Mường]", text, StringComparison.Ordinal);
        // Five clips of 0.3 s and the silence between them.
        Assert.InRange(both - vietnamese, 1.5, 2.8);

        await KeepAsync(centre, "to-counter", 2.3);
        await CallAsync(centre);
        Assert.InRange(Last(centre).Seconds - both, 1.9, 2.1);
        Done(await centre.Centre.Booth.UndoAsync(centre.Centre.Booth.Library.Read("muong"), "to-counter", Stop));
        await CallAsync(centre);
        Assert.InRange(Last(centre).Seconds - both, -0.1, 0.1);
    }

    [Fact]
    public async Task What_was_recorded_is_there_after_a_restart()
    {
        using (var first = new TestCentre(recorded: folder))
        {
            Done(await first.Centre.Booth.CreateAsync("lien", LanguageCode.Vietnamese, Stop));
            await KeepAsync(first, "call", 3, "lien");
            Done(await first.Centre.Booth.ChooseAsync(first.Centre.Booth.Library.Read("lien"), on: true, Stop));
        }

        using var second = new TestCentre(recorded: folder);
        await second.RunAsync(0.1);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "voice.clips-missing"), second.Device("voice"));
        await CallAsync(second, own: null);
        Assert.InRange(Last(second).Seconds, 3, 3.5);
    }

    [Fact]
    public async Task A_pack_beside_the_file_is_spoken_with_its_words_and_those_recorded_here()
    {
        var given = Directory.CreateDirectory(Path.Combine(folder, "etc", "lien")).FullName;
        await File.WriteAllTextAsync(Path.Combine(given, "pack.yaml"), "language: vi", Stop);
        await File.WriteAllBytesAsync(Path.Combine(given, "call.wav"), Tone(1), Stop);
        using var centre = new TestCentre(
            yaml: TestCentre.Yaml.Replace("chime: no", "chime: no, voice: lien", StringComparison.Ordinal), voices: Path.Combine(folder, "etc"), recorded: Path.Combine(folder, "var"));
        await centre.RunAsync(0.1);
        await CallAsync(centre, own: null);
        var before = Last(centre).Seconds;

        await KeepAsync(centre, "call", 4, "lien");
        await CallAsync(centre, own: null);
        Assert.InRange(Last(centre).Seconds - before, 2.9, 3.1);

        Done(await centre.Centre.Booth.DeleteAsync(centre.Centre.Booth.Library.Read("lien"), "call", Stop));
        await CallAsync(centre, own: null);
        Assert.InRange(Last(centre).Seconds - before, -0.1, 0.1);
        Assert.Equal(Tone(1), await File.ReadAllBytesAsync(Path.Combine(given, "call.wav"), Stop));
    }

    [Fact]
    public async Task A_box_without_a_folder_for_it_records_nothing()
    {
        using var centre = new TestCentre();

        Assert.Equal("not-recordable", Assert.IsType<BoothOutcome.Refused>(await centre.Centre.Booth.CreateAsync("muong", Mtq, Stop)).Code);
    }

    private static void Done(BoothOutcome outcome) => Assert.IsType<BoothOutcome.Done>(outcome);

    private static async Task KeepAsync(TestCentre centre, string clip, double seconds, string pack = "muong")
    {
        var booth = centre.Centre.Booth;
        Done(await booth.KeepAsync(booth.Library.Read(pack), clip, _ => ValueTask.FromResult<ReadOnlyMemory<byte>?>(Tone(seconds)), Stop));
    }

    private static byte[] Tone(double seconds) => WavFile.FromSamples(
        22_050, MemoryMarshal.AsBytes<short>([.. Enumerable.Range(0, (int)(seconds * 22_050)).Select(i => (short)(9_000 * Math.Sin(i * 0.12)))])).Bytes.ToArray();

    // The next citizen, who asked for Mường, goes to the first counter.
    private static async Task CallAsync(TestCentre centre, LanguageCode? own)
    {
        var issued = centre.Centre.Loop.SubmitAsync(new IssueTicket(new ServiceCode("chung-thuc"), centre.Centre.Identity.NewToken(), "api", Language: own), Stop).AsTask();
        await centre.RunAsync(0.1);
        Assert.IsType<Outcome.Accepted>(await issued);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(15, strideMs: 100);
    }

    private static Task CallAsync(TestCentre centre) => CallAsync(centre, Mtq);

    private static (string Text, double Seconds) Last(TestCentre centre) => (centre.Box.Loudspeaker.Heard[^1].Text, centre.Box.Loudspeaker.Heard[^1].Sound.Length.TotalSeconds);
}
