using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Queue;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Engines;

/// <summary>The real espeak-ng, where it is installed.</summary>
public sealed class EspeakTests
{
    private readonly ProgramEngine engine = ProgramEngine.Espeak(new EspeakVoice(), new ManualTime());

    public EspeakTests() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "espeak-ng"))),
        "espeak-ng is not installed.");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task Every_digit_is_audible_and_not_clipped(int digit)
    {
        var sound = await SayAsync(VietnameseNumbers.Say(digit));

        Assert.InRange(sound.Length.TotalSeconds, 0.15, 1.5);
        Assert.InRange(Sounds.Peak(sound), 3000, 32_000);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("vi-vn-x-central")]
    [InlineData("vi-vn-x-south")]
    public async Task Every_voice_says_a_call_in_a_few_seconds(string voice)
    {
        var speaking = ProgramEngine.Espeak(new EspeakVoice(voice), new ManualTime());

        var sound = await speaking.SynthesizeAsync(Vietnamese.Language.Call("A105", 3, again: false).Text, LanguageCode.Vietnamese, TestContext.Current.CancellationToken);

        Assert.InRange(sound.Length.TotalSeconds, 3, 7);
        Assert.InRange(Sounds.Peak(sound), 8000, 32_000);
    }

    [Theory]
    [InlineData("D, bảy", "dê, bảy")]
    [InlineData("S, bảy", "ét-sì, bảy")]
    [InlineData("X, bảy", "ích-xì, bảy")]
    public async Task A_letter_sounds_like_its_Vietnamese_name(string letter, string name) =>
        Assert.Equal((await SayAsync(name)).Bytes.ToArray(), (await SayAsync(letter)).Bytes.ToArray());

    [Fact]
    public async Task Tones_are_told_apart()
    {
        var tones = new List<byte[]>();
        foreach (var word in new[] { "ma", "má", "mà", "mả", "mã", "mạ" })
        {
            tones.Add((await SayAsync(word)).Bytes.ToArray());
        }

        Assert.Equal(6, tones.DistinctBy(Convert.ToHexString).Count());
    }

    [Fact]
    public async Task A_text_that_looks_like_an_option_is_only_said() =>
        Assert.InRange(Sounds.Peak(await SayAsync("--version -f /etc/passwd [[a]]")), 3000, 32_000);

    [Fact]
    public async Task A_voice_that_is_not_installed_names_its_package()
    {
        var missing = await Assert.ThrowsAsync<ProgramMissingException>(
            () => ProgramEngine.Espeak(new EspeakVoice("qq"), new ManualTime()).SynthesizeAsync("một", LanguageCode.Vietnamese, TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("Install the package espeak-ng-data", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task English_is_said_with_an_English_voice()
    {
        var english = await engine.SynthesizeAsync("Number A, one hundred and five", new LanguageCode("en"), TestContext.Current.CancellationToken);

        Assert.InRange(english.Length.TotalSeconds, 1, 4);
        Assert.NotEqual((await SayAsync("Number A, one hundred and five")).Length, english.Length);
        Assert.False(engine.Speaks(new LanguageCode("mtq")));
    }

    [Fact]
    public async Task The_longest_announcement_fits()
    {
        var text = string.Concat(Enumerable.Repeat("chín trăm chín mươi chín ", 60))[..Announcement.MaxTextLength];

        Assert.InRange((await SayAsync(text)).Length.TotalSeconds, 40, 95);
    }

    private ValueTask<WavFile> SayAsync(string text) => engine.SynthesizeAsync(text, LanguageCode.Vietnamese, TestContext.Current.CancellationToken);
}
