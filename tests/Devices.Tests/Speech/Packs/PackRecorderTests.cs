using System.Diagnostics;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Mixing;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Packs;

/// <summary>Takes as people make them: real speech, too quiet, too loud, cut short, sent by strangers.</summary>
public sealed class PackRecorderTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("takes-").FullName, "muong");
    private readonly PackRecorder recorder;

    public PackRecorderTests() => recorder = new PackRecorder(folder, Muong.Language, TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task A_take_loses_the_silence_around_it_and_is_as_loud_as_every_clip_and_never_at_the_top(double gain)
    {
        var said = await SpeechAsync("Mời công dân có số thứ tự");
        var raw = Sounds.Recorded(said, gain, 1.5);

        var kept = Assert.IsType<TakeOutcome.Kept>(await recorder.KeepAsync("call", raw.Bytes, Stop)).Sound;

        Assert.InRange(kept.Length.TotalSeconds, said.Length.TotalSeconds - 0.3, said.Length.TotalSeconds + 0.1);
        Assert.InRange(Sounds.Loudness(kept), -18.5, -17.5);
        Assert.InRange(Sounds.Peak(kept), 8_000, 31_200);
        Assert.Equal(kept.Bytes.ToArray(), await File.ReadAllBytesAsync(Path.Combine(folder, "call.wav"), Stop));
        // And it stands beside other clips as it is: reading it makes it neither shorter nor louder.
        var clip = await new ClipReader(TimeProvider.System).ReadAsync(Path.Combine(folder, "call.wav"), Stop);
        Assert.InRange(clip.Length.TotalSeconds, kept.Length.TotalSeconds - 0.03, kept.Length.TotalSeconds);
        Assert.InRange(Sounds.Loudness(clip.ToWav()), -18.5, -17.5);
    }

    [Theory]
    [InlineData("wav", "-b 24 -c 2 -r 48000")]
    [InlineData("wav", "-b 32 -e floating-point -c 1 -r 44100")]
    [InlineData("flac", "-b 16 -c 1 -r 44100")]
    [InlineData("flac", "-b 24 -c 2 -r 96000")]
    public async Task Files_of_telephones_and_recorders_are_taken_whatever_they_are_called(string ending, string format)
    {
        var path = await SoxAsync($"a.{ending}", $"{format} {{0}} synth 0.5 sine 440 gain -12 pad 0.5 0.5");

        var kept = Assert.IsType<TakeOutcome.Kept>(await recorder.KeepAsync("7", await File.ReadAllBytesAsync(path, Stop), Stop)).Sound;

        Assert.Equal(Clip.Rate, kept.SampleRate);
        Assert.InRange(kept.Length.TotalSeconds, 0.48, 0.6);
        Assert.Equal(["7.wav"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Speech_that_the_microphone_has_cut_off_is_refused_and_the_same_speech_a_little_quieter_is_kept()
    {
        var said = await SpeechAsync("đến quầy số");
        var top = Sounds.Peak(said);

        Assert.Equal(TakeProblem.Clipped, Problem(recorder.Keep("to-counter", Sounds.Recorded(said, 2.0 * short.MaxValue / top, 0.3))));
        Assert.IsType<TakeOutcome.Kept>(recorder.Keep("to-counter", Sounds.Recorded(said, 0.97 * short.MaxValue / top, 0.3)));
    }

    [Fact]
    public async Task A_room_in_which_nobody_speaks_is_no_take_and_neither_is_a_voice_from_the_next_room()
    {
        var said = await SpeechAsync("bảy");
        var chance = new Random(3);
        var room = WavFile.FromSamples(16_000, [.. Enumerable.Range(0, 32_000).SelectMany(_ => BitConverter.GetBytes((short)chance.Next(-40, 40)))]);

        Assert.Equal(TakeProblem.Silent, Problem(recorder.Keep("7", room)));
        Assert.Equal(TakeProblem.Silent, Problem(recorder.Keep("7", Sounds.Tone(440, 1, peak: 0))));
        Assert.Equal(TakeProblem.TooQuiet, Problem(recorder.Keep("7", Sounds.Recorded(said, 0.02, 0.5))));
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData(0.02, TakeProblem.TooShort)]
    [InlineData(9, TakeProblem.TooLong)]
    [InlineData(16, TakeProblem.TooLong)]
    public void A_knock_and_a_speech_are_no_words(double seconds, TakeProblem problem) => Assert.Equal(problem, Problem(recorder.Keep("7", Sounds.Tone(440, seconds))));

    [Theory]
    [InlineData("../call")]
    [InlineData("/etc/passwd")]
    [InlineData("call.wav")]
    [InlineData("call/../7")]
    [InlineData("CALL")]
    [InlineData("call\0")]
    [InlineData("")]
    [InlineData("thirteen")]
    public async Task A_name_that_the_language_does_not_have_never_becomes_a_path(string name)
    {
        var sound = Sounds.Tone(440, 0.5);

        Assert.Equal(TakeProblem.UnknownClip, Problem(await recorder.KeepAsync(name, sound.Bytes, Stop)));
        Assert.Equal(TakeProblem.UnknownClip, Problem(recorder.Keep(name, sound)));
        Assert.False(recorder.Delete(name));
        Assert.False(recorder.Undo(name));
        Assert.False(recorder.CanUndo(name));
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("#EXTM3U\n/etc/passwd\n")]
    [InlineData("RIFF\u0001\u0001\u0001\u0001WAVE and then nothing")]
    [InlineData("fLaC and then nothing")]
    [InlineData("")]
    public async Task What_is_no_sound_is_refused_and_leaves_nothing(string file)
    {
        Assert.Equal(TakeProblem.NotASound, Problem(await recorder.KeepAsync("7", System.Text.Encoding.Latin1.GetBytes(file), Stop)));
        Assert.False(Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any());
    }

    [Fact]
    public async Task A_file_larger_than_any_take_is_not_looked_at() =>
        Assert.Equal(TakeProblem.TooLarge, Problem(await recorder.KeepAsync("7", new byte[PackRecorder.MaxFileBytes + 1], Stop)));

    [Fact]
    public async Task A_small_file_that_unfolds_to_minutes_is_refused()
    {
        var path = await SoxAsync("a.flac", "-b 16 -c 1 -r 8000 {0} synth 600 sine 0");

        Assert.IsType<TakeOutcome.Refused>(await recorder.KeepAsync("7", await File.ReadAllBytesAsync(path, Stop), Stop));
    }

    [Fact]
    public void The_take_before_comes_back_and_goes_again()
    {
        var (first, second) = (Kept(400), Kept(800));

        Assert.Equal(second, Stands());
        Assert.True(recorder.Undo("7"));
        Assert.Equal(first, Stands());
        Assert.True(recorder.Undo("7"));
        Assert.Equal(second, Stands());

        Assert.True(recorder.Delete("7"));
        Assert.False(File.Exists(Path.Combine(folder, "7.wav")));
        Assert.False(recorder.Delete("7"));
        Assert.True(recorder.Undo("7"));
        Assert.Equal(second, Stands());
    }

    [Fact]
    public void A_first_take_has_none_before_it()
    {
        Kept(400);

        Assert.False(recorder.CanUndo("7"));
        Assert.False(recorder.Undo("7"));
    }

    [Fact]
    public void What_a_power_cut_left_of_a_write_changes_nothing_and_is_in_nobody_s_way()
    {
        var first = Kept(400);
        File.WriteAllBytes(Path.Combine(folder, "7.wav.new"), Sounds.Tone(800, 0.5).Bytes.Span[..200]);
        File.WriteAllBytes(Path.Combine(folder, "7.wav.before.new"), [1, 2, 3]);
        Assert.Equal(first, Stands());
        Assert.False(recorder.CanUndo("7"));

        var second = Kept(800);
        Assert.Equal(second, Stands());
        Assert.True(recorder.Undo("7"));
        Assert.Equal(first, Stands());
    }

    [Theory]
    [InlineData("7.wav.new")]
    [InlineData("7.wav.before.new")]
    public void A_card_that_refuses_keeps_the_take_that_was_there(string inTheWay)
    {
        var first = Kept(400);
        Directory.CreateDirectory(Path.Combine(folder, inTheWay)); // Nothing can be written there.

        Assert.ThrowsAny<IOException>(() => recorder.Keep("7", Sounds.Tone(800, 0.5)));
        Assert.Equal(first, Stands());
    }

    private static TakeProblem Problem(TakeOutcome outcome) => Assert.IsType<TakeOutcome.Refused>(outcome).Problem;

    private static async Task<WavFile> SpeechAsync(string words) => await ProgramEngine.Espeak(new EspeakVoice(), TimeProvider.System).SynthesizeAsync(words, LanguageCode.Vietnamese, Stop);

    private byte[] Kept(double hertz) => Assert.IsType<TakeOutcome.Kept>(recorder.Keep("7", Sounds.Tone(hertz, 0.5))).Sound.Bytes.ToArray();

    private byte[] Stands() => File.ReadAllBytes(Path.Combine(folder, "7.wav"));

    private async Task<string> SoxAsync(string name, string arguments)
    {
        var path = Path.Combine(Path.GetDirectoryName(folder)!, name);
        using var sox = Process.Start("sox", "-n " + string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, path));
        await sox.WaitForExitAsync(Stop);
        Assert.Equal(0, sox.ExitCode);
        return path;
    }
}
