using System.Diagnostics;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Packs;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Packs;

/// <summary>Guidance as people record it, made by the real sox.</summary>
public sealed class RecordingReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recordings-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a.wav", "-b 16 -c 1 -r 44100", 44_100)]
    [InlineData("a.wav", "-b 24 -c 2 -r 48000", 22_050)]
    [InlineData("a.flac", "-b 16 -c 2 -r 44100", 22_050)]
    public async Task It_is_as_loud_as_everything_else_and_has_no_silence_around_it(string name, string format, int rate)
    {
        var sound = await ReadAsync(name, $"{format} {Path.Combine(folder, name)} synth 2 sine 440 gain -30 pad 3 3");

        Assert.Equal(rate, sound.SampleRate);
        Assert.InRange(sound.Length.TotalSeconds, 2, 2.1);
        Assert.InRange(Sounds.Loudness(sound), -18.8, -17.2);
    }

    [Fact]
    public async Task A_recording_of_a_minute_and_a_half_is_played_and_takes_no_more_than_four_megabytes()
    {
        var sound = await ReadAsync("a.wav", $"-b 16 -c 1 -r 44100 {Path.Combine(folder, "a.wav")} synth 90 sine 440");

        Assert.InRange(sound.Samples.Length, 3 << 20, 4 << 20);
        Assert.InRange(sound.Length.TotalSeconds, 89.9, 90);
    }

    [Theory]
    [InlineData("synth 100 sine 440", "lasts")]
    [InlineData("synth 2 sine 0", "silence")]
    public async Task One_that_is_too_long_or_empty_is_refused(string sound, string why) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<IOException>(() => ReadAsync("a.flac", $"-r 8000 {Path.Combine(folder, "a.flac")} {sound}"))).Message, StringComparison.Ordinal);

    private async Task<WavFile> ReadAsync(string name, string arguments)
    {
        using var sox = Process.Start("sox", $"-n {arguments}");
        await sox.WaitForExitAsync(Stop);
        Assert.Equal(0, sox.ExitCode);
        return await new RecordingReader(TimeProvider.System).ReadAsync(Path.Combine(folder, name), Stop);
    }
}
