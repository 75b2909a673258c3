using System.Collections.Immutable;
using MotCua.Devices.Tests.Speech.Packs;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>Clips are tones here, and so is what the engine says, so that order and place can be heard by a test.</summary>
public sealed class VoiceComposerTests : ISpeechEngine
{
    private const double EngineHertz = 3000;
    private const double ChimeHertz = 660;

    // The clips of "A105 to counter 3", in order.
    private static readonly string[] Call = ["call", "letter-a", "1", "hundred", "gap", "5", "to-counter", "3"];

    private readonly List<string> synthesised = [];
    private readonly Dictionary<string, string?> troubles = [];
    private bool engineIsDead;

    [Fact]
    public async Task Without_a_pack_the_engine_says_each_sentence_as_a_whole()
    {
        var sound = await RenderAsync(Scripts("vi", "en").Call("A105", 3, again: false, own: null));

        Assert.Equal(["Mời công dân có số thứ tự A, một trăm linh năm, đến quầy số ba.", "Number A, one hundred and five, please go to counter three."], synthesised);
        Assert.Equal([EngineHertz, EngineHertz], Sounds.Tones(sound).Select(tone => tone.Hertz));
    }

    [Fact]
    public async Task A_chime_comes_first_when_it_is_wanted()
    {
        var sound = await RenderAsync(Scripts("vi").Call("A105", 3, again: false, own: null) with { Chime = true });

        Assert.InRange(Sounds.Tones(sound)[0].Hertz, 550, ChimeHertz);
        Assert.Equal(EngineHertz, Sounds.Tones(sound)[^1].Hertz);
        Assert.InRange(Sounds.Tones(sound)[^1].At, 1.0, 1.1);
    }

    [Fact]
    public async Task A_repeated_call_says_so_the_second_time_in_each_language()
    {
        await RenderAsync(new CallScripts([Vi, new("en")], default, chime: false, repeat: true).Call("A105", 3, again: false, own: null));

        Assert.Equal(["Mời", "Xin nhắc lại,", "Number", "Once more,"], synthesised.Select((text, i) => text[..new[] { 3, 13, 6, 10 }[i]]));
    }

    [Fact]
    public async Task The_ticket_s_own_language_follows_once()
    {
        await RenderAsync(Scripts("vi").Call("A105", 3, again: false, own: new("en")));
        await RenderAsync(Scripts("vi", "en").Call("A105", 3, again: false, own: new("en")));

        Assert.Equal(4, synthesised.Count);
    }

    [Fact]
    public async Task A_whole_pack_says_a_call_clip_by_clip_in_order_without_any_engine()
    {
        using var pack = new RecordedPack("vi").OfTones(Call);
        engineIsDead = true;

        var tones = Sounds.Tones(await RenderAsync(Scripts("vi").Call("A105", 3, again: false, own: null), pack.Pack));

        Assert.Equal(Enumerable.Range(0, Call.Length).Select(i => 400.0 + 50 * i), tones.Select(tone => tone.Hertz));
        // Commas are heard: after the letter and after the number.
        var begins = tones.Select(tone => tone.At).ToList();
        Assert.InRange(begins[2] - begins[1], 0.35, 0.42);
        Assert.InRange(begins[3] - begins[2], 0.21, 0.26);
        Assert.InRange(begins[6] - begins[5], 0.35, 0.42);
    }

    [Fact]
    public async Task Words_without_a_clip_that_stand_together_are_synthesised_together()
    {
        using var pack = new RecordedPack("vi").OfTones("call", "to-counter");

        var tones = Sounds.Tones(await RenderAsync(Scripts("vi").Call("A105", 3, again: false, own: null), pack.Pack));

        Assert.Equal(["A, một trăm linh năm,", "ba."], synthesised);
        Assert.Equal([400, EngineHertz, 450, EngineHertz], tones.Select(tone => tone.Hertz));
    }

    [Fact]
    public async Task A_language_without_synthesis_is_left_out_where_a_clip_is_missing_and_Vietnamese_is_said()
    {
        using var pack = new RecordedPack("mtq").OfTones(Call);
        pack.Remove("gap");
        var composer = Composer(pack.Pack);

        var sound = await composer.RenderAsync(Announced(Scripts("vi", "mtq").Call("A105", 3, again: false, own: null)), Stop);
        Assert.Equal([EngineHertz], Sounds.Tones(sound).Select(tone => tone.Hertz));
        Assert.Contains("no clip of gap", troubles[FaultCode.VoiceLeftOut.Value], StringComparison.Ordinal);

        sound = await composer.RenderAsync(Announced(Scripts("vi", "mtq").Call("A115", 3, again: false, own: null) with { }), Stop);
        Assert.Single(Sounds.Tones(sound)); // "10" and "5-after-tens" are missing as well.
        sound = await composer.RenderAsync(Announced(Scripts("vi", "mtq").Call("A100", 3, again: false, own: null)), Stop);
        Assert.Equal([EngineHertz, 400, 450, 500, 550, 700, 750], Sounds.Tones(sound).Select(tone => tone.Hertz));
        // Nothing was missing in this call, and the others would miss the same again.
        Assert.Equal("mtq: no clip of gap, no clip of 10, no clip of 5-after-tens", troubles[FaultCode.VoiceLeftOut.Value]);
    }

    [Fact]
    public async Task A_language_that_could_say_what_it_could_not_before_is_told_as_mended()
    {
        using var pack = new RecordedPack("mtq").OfTones(Call);
        await File.WriteAllTextAsync(pack.PathOf("gap"), "RIFF, and then nothing", Stop);
        var composer = Composer(pack.Pack);
        var call = Announced(Scripts("vi", "mtq").Call("A105", 3, again: false, own: null));
        await composer.RenderAsync(call, Stop);
        Assert.Equal("mtq: no clip of gap", troubles[FaultCode.VoiceLeftOut.Value]);

        pack.Add("gap", Sounds.Tone(500, 0.2));
        await composer.RenderAsync(call, Stop);
        Assert.Null(troubles[FaultCode.VoiceLeftOut.Value]);
    }

    [Fact]
    public async Task A_word_that_is_recorded_meanwhile_is_used_by_the_next_announcement_and_told_as_mended_at_once()
    {
        using var pack = new RecordedPack("mtq").OfTones(Call);
        pack.Remove("gap");
        var composer = Composer(pack.Pack);
        var call = Announced(Scripts("vi", "mtq").Call("A105", 3, again: false, own: null));
        Assert.Single(Sounds.Tones(await composer.RenderAsync(call, Stop)));

        pack.Add("gap", Sounds.Tone(600, 0.2));
        Assert.Single(Sounds.Tones(await composer.RenderAsync(call, Stop)));
        composer.Use([pack.Pack]);
        Assert.Null(troubles[FaultCode.VoiceLeftOut.Value]);
        Assert.Equal([EngineHertz, 400, 450, 500, 550, 600, 650, 700, 750], Sounds.Tones(await composer.RenderAsync(call, Stop)).Select(tone => tone.Hertz));
    }

    [Fact]
    public async Task A_broken_clip_that_is_taken_away_is_no_fault_any_more()
    {
        using var pack = new RecordedPack("vi").OfTones(Call);
        await File.WriteAllTextAsync(pack.PathOf("hundred"), "rubbish", Stop);
        var composer = Composer(pack.Pack);
        await composer.RenderAsync(Announced(Scripts("vi").Call("A105", 3, again: false, own: null)), Stop);
        Assert.NotNull(troubles[FaultCode.VoiceClipBad.Value]);

        pack.Remove("hundred");
        composer.Use([pack.Pack]);
        Assert.Null(troubles[FaultCode.VoiceClipBad.Value]);
    }

    [Fact]
    public async Task A_language_without_pack_and_synthesis_never_reaches_the_engine()
    {
        await RenderAsync(Scripts("vi").Call("A105", 3, again: false, own: new("mtq")));

        Assert.Single(synthesised);
        Assert.NotNull(troubles[FaultCode.VoiceLeftOut.Value]);
    }

    [Theory]
    [InlineData("RIFF, and then nothing")]
    [InlineData("")]
    public async Task A_broken_clip_is_told_and_synthesised_until_it_is_mended(string rubbish)
    {
        using var pack = new RecordedPack("vi").OfTones(Call);
        await File.WriteAllTextAsync(pack.PathOf("hundred"), rubbish, Stop);
        var composer = Composer(pack.Pack);
        var call = Announced(Scripts("vi").Call("A105", 3, again: false, own: null));

        await composer.RenderAsync(call, Stop);
        Assert.Equal(["trăm"], synthesised);
        Assert.StartsWith("hundred.wav: ", troubles[FaultCode.VoiceClipBad.Value], StringComparison.Ordinal);

        pack.Add("hundred", Sounds.Tone(500, 0.2));
        await composer.RenderAsync(call, Stop);
        Assert.Single(synthesised);
        Assert.Null(troubles[FaultCode.VoiceClipBad.Value]);
    }

    [Fact]
    public async Task A_silent_a_forgotten_and_a_missing_clip_are_synthesised_each_with_its_reason()
    {
        using var pack = new RecordedPack("vi").OfTones(Call);
        pack.Add("1", Sounds.Tone(400, 1, peak: 0));
        pack.Add("5", Sounds.Tone(400, 21));
        File.Delete(pack.PathOf("3"));

        await RenderAsync(Scripts("vi").Call("A105", 3, again: false, own: null), pack.Pack);

        Assert.Equal(["một", "năm,", "ba."], synthesised);
        Assert.All(["1.wav: only silence", "5.wav: lasts 21 s", "3.wav: "], why => Assert.Contains(why, troubles[FaultCode.VoiceClipBad.Value], StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_Vietnamese_cannot_be_said_nothing_is()
    {
        engineIsDead = true;

        await Assert.ThrowsAsync<IOException>(() => RenderAsync(Scripts("vi", "en").Call("A105", 3, again: false, own: null)));
    }

    [Fact]
    public async Task Recorded_and_synthesised_speech_are_of_one_loudness()
    {
        using var pack = await new RecordedPack("vi").OfSpeechAsync();
        var engine = ProgramEngine.Espeak(new EspeakVoice(), new ManualTime());
        var call = Announced(Scripts("vi").Call("A1215", 24, again: false, own: null));

        var recorded = await Composer(engine, pack.Pack).RenderAsync(call, Stop);
        pack.Remove("hundred");
        pack.Remove("call");
        var mixed = await Composer(engine, pack.Pack).RenderAsync(call, Stop);
        var spoken = await Composer(engine).RenderAsync(call, Stop);

        Assert.All([recorded, mixed, spoken], sound =>
        {
            Assert.InRange(Sounds.Loudness(sound), -19, -17);
            Assert.InRange(Sounds.Peak(sound), 15_000, 0.96 * short.MaxValue);
            Assert.InRange(sound.Length.TotalSeconds, 4, 12);
        });
        Assert.Empty(troubles.Values.OfType<string>());
    }

    public bool Speaks(LanguageCode language) => language.Value is "vi" or "en";

    public ValueTask<WavFile> SynthesizeAsync(string text, LanguageCode language, CancellationToken stop)
    {
        synthesised.Add(text);
        return engineIsDead ? throw new IOException("dead") : ValueTask.FromResult(Sounds.Tone(EngineHertz, 0.3));
    }

    private static LanguageCode Vi => LanguageCode.Vietnamese;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static CallScripts Scripts(params string[] languages) => new([.. languages.Select(language => new LanguageCode(language))], default, chime: false, repeat: false);

    private static Announcement Announced(Script script) => Announcement.Of(null, script, long.MaxValue);

    private Task<WavFile> RenderAsync(Script script, params ImmutableArray<VoicePack> packs) => Composer(this, packs).RenderAsync(Announced(script), Stop).AsTask();

    private VoiceComposer Composer(params ImmutableArray<VoicePack> packs) => Composer(this, packs);

    private VoiceComposer Composer(ISpeechEngine engine, params ImmutableArray<VoicePack> packs) =>
        new(engine, packs, new ClipReader(TimeProvider.System), (fault, detail) => troubles[fault.Value] = detail);
}
