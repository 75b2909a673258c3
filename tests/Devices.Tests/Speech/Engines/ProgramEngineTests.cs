using System.Collections.Frozen;
using System.Text;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Engines;

/// <summary>Engines that misbehave: real processes, written as scripts.</summary>
public sealed class ProgramEngineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("speech-").FullName;
    private readonly ManualTime time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Wav => Path.Combine(folder, "answer.wav");

    private string Calls => Path.Combine(folder, "calls");

    private string Heard => Path.Combine(folder, "heard");

    public ProgramEngineTests() => File.WriteAllBytes(Wav, Sounds.Lasting(TimeSpan.FromSeconds(1)).Bytes.ToArray());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_text_comes_through_the_standard_input_in_UTF8_and_the_sound_back()
    {
        var sound = await Engine($"cat > '{Heard}'; cat '{Wav}'").SynthesizeAsync("Mời số S, bảy.", LanguageCode.Vietnamese, Stop);

        Assert.Equal(TimeSpan.FromSeconds(1), sound.Length);
        Assert.Equal("Mời số ét-sì, bảy.\n", await File.ReadAllTextAsync(Heard, Encoding.UTF8, Stop));
    }

    [Fact]
    public async Task What_is_said_a_third_time_comes_from_the_card()
    {
        var engine = Engine($"echo >> '{Calls}'; cat '{Wav}'", new SoundStore(Path.Combine(folder, "sounds"), 1 << 20, TimeProvider.System));
        foreach (var text in new[] { "một", "hai", "một", "một", "một" })
        {
            Assert.Equal(TimeSpan.FromSeconds(1), (await engine.SynthesizeAsync(text, LanguageCode.Vietnamese, Stop)).Length);
        }

        Assert.Equal(3, (await File.ReadAllLinesAsync(Calls, Stop)).Length);
    }

    [Fact]
    public async Task Words_that_somebody_typed_are_kept_nowhere()
    {
        var store = new SoundStore(Path.Combine(folder, "sounds"), 1 << 20, TimeProvider.System);
        var engine = Engine($"cat '{Wav}'", store);
        var composer = new VoiceComposer(new EngineChain([engine, engine], time, _ => { }), [], new ClipReader(time), (_, _) => { });
        for (var i = 0; i < 3; i++)
        {
            await composer.RenderAsync(Announcement.Of(null, MotCua.Edge.Devices.Speech.Script.Of("Mời bà A đến quầy hai.", LanguageCode.Vietnamese, typed: true), long.MaxValue), Stop);
        }

        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public async Task Another_voice_says_it_anew()
    {
        var store = new SoundStore(Path.Combine(folder, "sounds"), 1 << 20, TimeProvider.System);
        var first = Engine($"echo >> '{Calls}'; cat '{Wav}'", store);
        await first.SynthesizeAsync("một", LanguageCode.Vietnamese, Stop);
        await first.SynthesizeAsync("một", LanguageCode.Vietnamese, Stop);

        var second = Engine(store: store, arguments: [Script, "--speed", "2"]);
        await second.SynthesizeAsync("một", LanguageCode.Vietnamese, Stop);

        Assert.Equal(3, (await File.ReadAllLinesAsync(Calls, Stop)).Length);
    }

    [Fact]
    public async Task A_language_that_it_does_not_speak_is_refused()
    {
        var engine = Engine($"cat '{Wav}'");

        Assert.False(engine.Speaks(new LanguageCode("mtq")));
        await Assert.ThrowsAsync<IOException>(() => engine.SynthesizeAsync("một", new LanguageCode("mtq"), Stop).AsTask());
    }

    [Fact]
    public async Task A_missing_program_names_the_package_to_install()
    {
        var engine = Of(SpeechProgram.Espeak(new EspeakVoice()) with { Path = Path.Combine(folder, "nothing") });

        var failure = await Assert.ThrowsAsync<ProgramMissingException>(() => engine.SynthesizeAsync("một", LanguageCode.Vietnamese, Stop).AsTask());

        Assert.Contains("Install the package espeak-ng", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_program_is_quoted_within_bounds()
    {
        var failure = await FailureAsync("echo 'no voice vi' >&2; head -c 300000 /dev/zero | tr '\\0' 'x' >&2; exit 3");

        Assert.StartsWith("/bin/sh ended with code 3: no voice vi", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 100, 600);
    }

    [Theory]
    [InlineData("echo rubbish", "not a WAV file")]
    [InlineData("true", "not a WAV file")]
    [InlineData("printf 'RIFF....WAVEdata....'", "before its format")]
    public async Task Rubbish_is_not_taken_for_speech(string script, string reason) =>
        Assert.Contains(reason, (await FailureAsync(script)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_endless_answer_is_cut_off() =>
        Assert.Contains("more than 4194304 bytes", (await FailureAsync("exec cat /dev/zero")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_hanging_program_is_stopped_at_the_deadline_with_its_children()
    {
        await using var life = Life();
        var synthesis = Engine(HangsScript).SynthesizeAsync("một", LanguageCode.Vietnamese, Stop).AsTask();
        await life.StartedAsync();

        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(synthesis.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Contains("within 5 s", (await Assert.ThrowsAsync<IOException>(() => synthesis)).Message, StringComparison.Ordinal);
        await life.EndedAsync();
    }

    [Fact]
    public async Task A_cancelled_synthesis_leaves_no_process_behind()
    {
        using var stop = new CancellationTokenSource();
        await using var life = Life();
        var synthesis = Engine(HangsScript).SynthesizeAsync("một", LanguageCode.Vietnamese, stop.Token).AsTask();
        await life.StartedAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => synthesis);
        await life.EndedAsync();
    }

    // The named pipe stays open as long as the script or its child lives.
    private string HangsScript => $"exec 3> '{folder}/life'; sleep 600 & echo started >&3; wait";

    private ProcessLife Life() => new(Path.Combine(folder, "life"));

    private async Task<IOException> FailureAsync(string script) =>
        await Assert.ThrowsAsync<IOException>(() => Engine(script).SynthesizeAsync("một", LanguageCode.Vietnamese, Stop).AsTask());

    private string Script => Path.Combine(folder, "engine.sh");

    private ProgramEngine Engine(string script, SoundStore? store = null)
    {
        File.WriteAllText(Script, script);
        return Engine(store, [Script]);
    }

    private ProgramEngine Engine(SoundStore? store, string[] arguments) => Of(new SpeechProgram("/bin/sh", [.. arguments], "Install sh."), store);

    private ProgramEngine Of(SpeechProgram program, SoundStore? store = null) =>
        new(new Dictionary<LanguageCode, SpeechProgram> { [LanguageCode.Vietnamese] = program }.ToFrozenDictionary(), new ProgramBounds(), time, store);
}
