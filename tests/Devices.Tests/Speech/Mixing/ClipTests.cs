using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Mixing;
using MotCua.Edge.Queue;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Mixing;

/// <summary>Real speech of the real espeak-ng, as many microphones would record it.</summary>
public sealed class ClipTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1.0, "vi")]
    [InlineData(0.1, "vi")]
    [InlineData(0.02, "vi")]
    [InlineData(1.4, "vi")]
    [InlineData(0.1, "vi-vn-x-south")]
    [InlineData(0.5, "vi-vn-x-central")]
    public async Task Speech_of_any_loudness_comes_out_at_one_loudness_and_is_not_clipped(double gain, string voice)
    {
        var clip = Wav(Clip.Prepare(Sounds.Recorded(await CallAsync(voice), gain, 0.2))!);

        Assert.InRange(Sounds.Loudness(clip), -18.5, -17.5);
        Assert.InRange(Sounds.Peak(clip), 15_000, 0.96 * short.MaxValue);
    }

    [Fact]
    public async Task Every_word_of_a_number_sounds_as_loud_as_the_others()
    {
        foreach (var word in Vietnamese.Language.Clips)
        {
            var spoken = await ProgramEngine.Espeak(new EspeakVoice(), new ManualTime()).SynthesizeAsync(word.Words, LanguageCode.Vietnamese, Stop);
            Assert.InRange(Sounds.Loudness(Wav(Clip.Prepare(spoken)!)), -18.8, -17.2);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public async Task Silence_around_speech_is_cut_off(double seconds)
    {
        var bare = Clip.Prepare(await CallAsync("vi"))!;
        var padded = Clip.Prepare(Sounds.Recorded(await CallAsync("vi"), 1, seconds))!;

        // A margin stays on each side, where espeak-ng leaves none.
        Assert.InRange(padded.Length.TotalSeconds - bare.Length.TotalSeconds, 0, 0.07);
        Assert.InRange(bare.Length.TotalSeconds, 3.5, 5.5);
    }

    [Fact]
    public void Only_silence_is_no_clip()
    {
        Assert.Null(Clip.Prepare(Sounds.Tone(440, 1, peak: 0)));
        Assert.Null(Clip.Prepare(Sounds.Tone(440, 1, peak: 0.0015)));
        Assert.NotNull(Clip.Prepare(Sounds.Tone(440, 1, peak: 0.01)));
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void Every_sample_rate_keeps_its_pitch_and_its_length(int rate)
    {
        var clip = Clip.Prepare(Sounds.Tone(1000, 1, rate))!;

        Assert.InRange(clip.Length.TotalSeconds, 0.99, 1.01);
        Assert.InRange(Assert.Single(Sounds.Tones(Wav(clip))).Hertz, 1000, 1000);
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_does_not_come_back_as_a_hiss()
    {
        var tones = Sounds.Samples(Sounds.Tone(15_000, 1, 48_000)).Zip(Sounds.Samples(Sounds.Tone(500, 1, 48_000, peak: 0.25)), (high, low) => (short)(high + low)).ToArray();

        var clip = Clip.Prepare(WavFile.FromSamples(48_000, MemoryMarshal.AsBytes<short>(tones)))!;

        Assert.InRange(Assert.Single(Sounds.Tones(Wav(clip))).Hertz, 500, 500);
    }

    [Fact]
    public void The_shortest_and_the_loudest_sounds_do_no_harm()
    {
        Assert.NotNull(Clip.Prepare(WavFile.FromSamples(8000, MemoryMarshal.AsBytes<short>([short.MinValue]))));
        Assert.InRange(Sounds.Peak(Wav(Clip.Prepare(Sounds.Tone(300, 0.5, peak: 1))!)), 1000, 0.96 * short.MaxValue);
    }

    private static ValueTask<WavFile> CallAsync(string voice) => ProgramEngine.Espeak(new EspeakVoice(voice), new ManualTime())
        .SynthesizeAsync(Vietnamese.Language.Call("A105", 3, again: false).Text, LanguageCode.Vietnamese, Stop);

    private static WavFile Wav(Clip clip) => WavFile.FromSamples(Clip.Rate, MemoryMarshal.AsBytes<short>(clip.Samples));
}
