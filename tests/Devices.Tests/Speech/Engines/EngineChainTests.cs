using System.Collections.Frozen;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Queue;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Engines;

/// <summary>Engines that are real processes, the first of which misbehaves.</summary>
public sealed class EngineChainTests : IDisposable
{
    private static readonly LanguageCode En = new("en");

    private readonly string folder = Directory.CreateTempSubdirectory("chain-").FullName;
    private readonly ManualTime time = new();
    private readonly List<string?> standIns = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_first_engine_speaks_while_it_works()
    {
        var chain = Chain(Wav(1), Wav(2));

        Assert.Equal(1, (await SayAsync(chain)).Length.TotalSeconds);
        Assert.Empty(standIns);
    }

    [Theory]
    [InlineData("exit 1", "ended with code 1")]
    [InlineData("echo rubbish", "not a WAV file")]
    public async Task Where_it_fails_the_next_one_speaks_and_it_is_told_why(string script, string why)
    {
        var chain = Chain(script, Wav(2));

        Assert.Equal(2, (await SayAsync(chain)).Length.TotalSeconds);
        Assert.Contains(why, Assert.Single(standIns), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_engine_leaves_the_next_one_half_of_the_time()
    {
        await using var life = new ProcessLife(Path.Combine(folder, "life"));
        var chain = Chain($"exec 3> '{folder}/life'; sleep 600 & echo started >&3; wait", Wav(2));
        var saying = SayAsync(chain);
        await life.StartedAsync();

        time.Advance(EngineChain.Share);

        Assert.Equal(2, (await saying).Length.TotalSeconds);
        Assert.Equal(SpeechOutput.SynthesisLimit, EngineChain.Share * 2);
        await life.EndedAsync();
    }

    [Fact]
    public async Task An_engine_that_failed_is_left_alone_for_a_while_and_comes_back()
    {
        var chain = Chain($"echo >> '{folder}/asked'; test -e '{folder}/mended' && {Wav(1)}", Wav(2));
        await SayAsync(chain);
        await SayAsync(chain);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(folder, "asked"), Stop));

        await File.WriteAllTextAsync(Path.Combine(folder, "mended"), "", Stop);
        time.Advance(EngineChain.Rest);

        Assert.Equal(1, (await SayAsync(chain)).Length.TotalSeconds);
        Assert.Null(standIns[^1]);
    }

    [Fact]
    public async Task An_engine_is_asked_only_for_languages_that_it_speaks()
    {
        var chain = new EngineChain([Engine("first", Wav(1), LanguageCode.Vietnamese), Engine("second", Wav(2), LanguageCode.Vietnamese, En)], time, standIns.Add);

        Assert.Equal(2, (await SayAsync(chain, En)).Length.TotalSeconds);
        Assert.Empty(standIns);
        Assert.False(chain.Speaks(new LanguageCode("mtq")));
        await Assert.ThrowsAsync<IOException>(() => SayAsync(chain, new LanguageCode("mtq")));
    }

    [Fact]
    public async Task When_all_fail_the_last_one_is_quoted() =>
        Assert.Contains("ended with code 4", (await Assert.ThrowsAsync<IOException>(() => SayAsync(Chain("exit 3", "exit 4")))).Message, StringComparison.Ordinal);

    private static Task<WavFile> SayAsync(EngineChain chain, LanguageCode? language = null) => chain.SynthesizeAsync("một", language ?? LanguageCode.Vietnamese, Stop).AsTask();

    private EngineChain Chain(string first, string second) =>
        new([Engine("first", first, LanguageCode.Vietnamese), Engine("second", second, LanguageCode.Vietnamese)], time, standIns.Add);

    private ProgramEngine Engine(string name, string script, params LanguageCode[] languages)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, script);
        return new ProgramEngine(languages.ToFrozenDictionary(language => language, _ => new SpeechProgram("/bin/sh", [file], "Install sh.")), new ProgramBounds(), time);
    }

    private string Wav(int seconds)
    {
        var file = Path.Combine(folder, $"{seconds}.wav");
        File.WriteAllBytes(file, Sounds.Lasting(TimeSpan.FromSeconds(seconds)).Bytes.ToArray());
        return $"cat '{file}'";
    }
}
