using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using Xunit;

namespace MotCua.Edge.Hosting.Tests;

/// <summary>The command line of speech, with the real espeak-ng and real files.</summary>
public sealed class SayAndVoiceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("say-").FullName;
    private readonly StringWriter said = new();

    private string Out => Path.Combine(folder, "a.wav");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Xin chào quý vị.", null, 0.8, 3)]
    [InlineData("Number A, one hundred and five.", "en", 1, 4)]
    public async Task A_text_becomes_a_file(string text, string? language, double shortest, double longest)
    {
        Assert.Equal(0, await SayAsync([text, "--out", Out, .. language is null ? [] : (string[])["--language", language]]));
        Assert.InRange(Read().Length.TotalSeconds, shortest, longest);
    }

    [Fact]
    public async Task A_call_is_made_as_the_centre_s_file_says_it()
    {
        var config = Path.Combine(folder, "centre.yaml");
        await File.WriteAllTextAsync(config, Assembly.Tests.TestCentre.Yaml.Replace("chime: no", "languages: [vi, en], dialect: nam, reading: digits", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(0, await SayAsync("--ticket", "A105", "--counter", "3", "--out", Out, "--config", config));

        Assert.InRange(Read().Length.TotalSeconds, 6, 15);
        Assert.Contains("A, một không năm, đến quầy số ba. Number A, one zero five, please go to counter three.", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_of_one_s_own_speaks_and_is_told_the_language()
    {
        await SayAsync("một", "--out", Path.Combine(folder, "answer.wav"));
        var config = await CommandAsync($"echo \"$1: $(cat)\" >> '{folder}/heard'; cat '{folder}/answer.wav'");

        Assert.Equal(0, await SayAsync("--ticket", "S007", "--counter", "3", "--language", "en", "--out", Out, "--config", config));

        Assert.Equal(
            ["vi: Mời công dân có số thứ tự ét-sì, bảy, đến quầy số ba.", "en: Number S, seven, please go to counter three."],
            await File.ReadAllLinesAsync(Path.Combine(folder, "heard"), TestContext.Current.CancellationToken));
        Assert.DoesNotContain("dự phòng", said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", "ended with code 3")]
    [InlineData("sleep 60", "within 1 s")]
    public async Task Where_that_program_fails_espeak_stands_in_and_it_is_told(string script, string why)
    {
        Assert.Equal(0, await SayAsync("Xin chào quý vị.", "--out", Out, "--wait", "1", "--config", await CommandAsync(script)));

        Assert.InRange(Read().Length.TotalSeconds, 0.8, 3);
        Assert.Contains("giọng dự phòng đang đọc", said.ToString(), StringComparison.Ordinal);
        Assert.Contains(why, said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_voice_that_is_too_slow_for_the_hall_is_heard_by_whoever_tries_it()
    {
        await SayAsync("một", "--out", Path.Combine(folder, "answer.wav"));
        var config = await CommandAsync($"sleep 2.7; cat '{folder}/answer.wav'");

        Assert.Equal(0, await SayAsync("Xin chào quý vị.", "--out", Out, "--config", config));

        Assert.DoesNotContain("dự phòng", said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99999999999")]
    [InlineData("0")]
    [InlineData("ba")]
    public async Task A_counter_that_is_none_is_refused(string counter)
    {
        Assert.Equal(1, await SayAsync("--ticket", "A105", "--counter", counter, "--out", Out));
        Assert.Contains("--counter: 1–99", said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000, 'a')]
    [InlineData(3, '\u0001')]
    [InlineData(3, '\n')]
    [InlineData(0, 'a')]
    public async Task A_text_that_cannot_be_said_is_refused_with_a_reason(int length, char c)
    {
        Assert.Equal(1, await SayAsync(new string(c, length), "--out", Out));
        Assert.Contains($"1 đến {Announcement.MaxTextLength} ký tự", said.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x", "--out")]
    [InlineData("--out", "x.wav")]
    [InlineData("--ticket", "A105", "--out", "x.wav")]
    [InlineData("x", "y", "--out", "x.wav")]
    [InlineData("x", "--ticket", "A105", "--counter", "3", "--out", "x.wav")]
    [InlineData("x", "--speed", "2", "--out", "x.wav")]
    public async Task What_is_not_understood_is_answered_with_how_to_use_it(params string[] args)
    {
        Assert.Equal(EdgeArguments.UsageError, await SayAsync(args));
        Assert.Contains("--out FILE.wav", said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--language", "fr", "mtq (Tiếng Mường)")]
    [InlineData("--config", "/nowhere/centre.yaml", "(tệp)")]
    public async Task A_wrong_value_is_told(string option, string value, string reason)
    {
        Assert.Equal(1, await SayAsync("x", "--out", Out, option, value));
        Assert.Contains(reason, said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_is_told_what_it_lacks_and_what_is_broken_until_it_is_whole()
    {
        var pack = Directory.CreateDirectory(Path.Combine(folder, "voices", "muong")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, "pack.yaml"), "language: mtq", TestContext.Current.CancellationToken);
        await SayAsync("một", "--out", Out);
        foreach (var clip in Muong.Language.Clips.Skip(1))
        {
            File.Copy(Out, Path.Combine(pack, $"{clip.Name}.wav"));
        }

        await File.WriteAllTextAsync(Path.Combine(pack, "7.wav"), "rubbish", TestContext.Current.CancellationToken);
        Assert.Equal(1, await EdgeVoice.RunAsync(["check", "--config", Path.Combine(folder, "centre.yaml")], said));
        var count = Muong.Language.Clips.Length;
        Assert.Contains($"muong (Tiếng Mường): dùng được {count - 2} trên {count} từ.", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("thiếu call: «Mời công dân có số thứ tự»", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("hỏng 7.wav: ", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("tiếng Việt vẫn được đọc", said.ToString(), StringComparison.Ordinal);

        File.Copy(Out, Path.Combine(pack, "7.wav"), overwrite: true);
        File.Copy(Out, Path.Combine(pack, "call.wav"));
        Assert.Equal(0, await EdgeVoice.RunAsync(["check", pack], said));
        Assert.Contains($"dùng được {count} trên {count} từ.", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_that_was_recorded_on_the_box_is_checked_and_spoken_with_too()
    {
        var library = new Configuration.VoiceLibrary("", Path.Combine(folder, Rim.RecordedVoices));
        library.Write("muong", Muong.Language.Code, use: true);
        await SayAsync("một", "--out", Out);
        foreach (var clip in Muong.Language.Clips)
        {
            File.Copy(Out, Path.Combine(library.FolderOf("muong"), $"{clip.Name}.wav"));
        }

        Assert.Equal(0, await EdgeVoice.RunAsync(["check", "--config", Path.Combine(folder, "centre.yaml"), "--data", folder], said));
        Assert.Contains("muong (Tiếng Mường): dùng được", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await SayAsync("--ticket", "A105", "--counter", "3", "--language", "mtq", "--data", folder, "--out", Out));
        var both = Read().Length;
        Assert.Equal(0, await SayAsync("--ticket", "A105", "--counter", "3", "--out", Out));
        Assert.InRange((both - Read().Length).TotalSeconds, 2, 8);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(64, "record")]
    [InlineData(64, "check", "a", "b")]
    [InlineData(1, "check", "/nowhere/pack")]
    public async Task A_check_of_nothing_is_told(int code, params string[] args) => Assert.Equal(code, await EdgeVoice.RunAsync(args, said));

    private Task<int> SayAsync(params string[] args) => EdgeSay.RunAsync(args, said);

    private async Task<string> CommandAsync(string script)
    {
        var (program, config) = (Path.Combine(folder, "voice.sh"), Path.Combine(folder, "centre.yaml"));
        await File.WriteAllTextAsync(program, script, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            config, Assembly.Tests.TestCentre.Yaml.Replace("chime: no", $"command: [/bin/sh, '{program}', '{{language}}'], command-languages: [vi, en]", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        return config;
    }

    private WavFile Read() => WavFile.TryRead(File.ReadAllBytes(Out), out _)!;
}
