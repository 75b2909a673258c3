using System.Diagnostics;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Packs;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Packs;

/// <summary>Clips as people record them, made by the real sox.</summary>
public sealed class ClipReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clips-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("a.wav", "-b 16 -c 1 -r 44100")]
    [InlineData("a.wav", "-b 24 -c 2 -r 48000")]
    [InlineData("a.wav", "-b 32 -e floating-point -c 1 -r 16000")]
    [InlineData("a.flac", "-b 16 -c 1 -r 44100")]
    [InlineData("a.flac", "-b 24 -c 2 -r 96000")]
    public async Task Every_usual_format_is_the_same_clip(string name, string format)
    {
        var clip = await Reader().ReadAsync(await RecordAsync(name, format), Stop);

        Assert.InRange(clip.Length.TotalSeconds, 0.48, 0.52);
    }

    [Fact]
    public async Task What_sox_made_of_a_clip_is_kept_until_the_clip_changes()
    {
        var store = new SoundStore(Path.Combine(folder, "sounds"), 1 << 20, TimeProvider.System);
        var path = await RecordAsync("a.flac", "-b 16 -c 1 -r 44100");
        await Reader(store).ReadAsync(path, Stop);
        await Reader(store).ReadAsync(path, Stop);
        Assert.InRange(store.Bytes, 20_000, 40_000);

        await File.WriteAllTextAsync(path, "fLaC, and then nothing", Stop);

        await Assert.ThrowsAsync<IOException>(() => Reader(store).ReadAsync(path, Stop).AsTask());
    }

    [Fact]
    public async Task A_small_file_that_unfolds_to_hours_is_cut_and_refused()
    {
        var path = Path.Combine(folder, "a.flac");
        await SoxAsync($"-n -r 8000 {path} synth 600 sine 0");

        Assert.Contains("lasts", (await Assert.ThrowsAsync<IOException>(() => Reader().ReadAsync(path, Stop).AsTask())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        var path = Path.Combine(folder, "a.wav");
        await using (var file = File.Create(path))
        {
            file.SetLength(ClipReader.MaxFileBytes + 1);
        }

        Assert.Contains("larger than", (await Assert.ThrowsAsync<IOException>(() => Reader().ReadAsync(path, Stop).AsTask())).Message, StringComparison.Ordinal);
    }

    private static ClipReader Reader(SoundStore? store = null) => new(TimeProvider.System, store);

    private async Task<string> RecordAsync(string name, string format)
    {
        var path = Path.Combine(folder, name);
        await SoxAsync($"-n {format} {path} synth 0.5 sine 440 gain -6");
        return path;
    }

    private static async Task SoxAsync(string arguments)
    {
        using var sox = Process.Start("sox", arguments);
        await sox.WaitForExitAsync(Stop);
        Assert.Equal(0, sox.ExitCode);
    }
}
