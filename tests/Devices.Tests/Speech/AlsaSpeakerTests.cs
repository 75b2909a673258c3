using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Alsa;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>The real ALSA library, with its devices that need no card: null and file.</summary>
public sealed class AlsaSpeakerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("alsa-").FullName;

    public AlsaSpeakerTests() => Assert.SkipUnless(
        NativeLibrary.TryLoad("libasound.so.2", out _), "libasound2 is not installed.");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(4.2)]
    public async Task Every_sample_reaches_the_device_in_order(double seconds)
    {
        var (file, sound) = (Path.Combine(folder, "played.raw"), Sounds.Lasting(TimeSpan.FromSeconds(seconds)));
        using var speaker = Speaker($"file:'{file}',raw");

        await speaker.PlayAsync(Say(sound), Stop);

        Assert.Equal(sound.Samples.ToArray(), await File.ReadAllBytesAsync(file, Stop));
        Assert.Equal(0, speaker.Underruns);
    }

    [Fact]
    public async Task The_device_is_opened_at_the_rate_of_the_sound()
    {
        var file = Path.Combine(folder, "played.wav");
        using var speaker = Speaker($"file:'{file}',wav");
        var sound = WavFile.FromSamples(22_050, Sounds.Lasting(TimeSpan.FromSeconds(1)).Samples.Span);

        await speaker.PlayAsync(Say(sound), Stop);

        var played = WavFile.TryRead(await File.ReadAllBytesAsync(file, Stop), out _);
        Assert.Equal(22_050, played!.SampleRate);
        Assert.Equal(sound.Samples.ToArray(), played.Samples.ToArray());
    }

    [Fact]
    public async Task Sounds_follow_each_other_on_one_device()
    {
        using var speaker = Speaker("null");
        for (var i = 0; i < 3; i++)
        {
            await speaker.PlayAsync(Say(Sounds.Lasting(TimeSpan.FromSeconds(2))), Stop);
        }

        Assert.Equal(0, speaker.Underruns);
    }

    [Theory]
    [InlineData("hw:31")]
    [InlineData("no-such-device")]
    public async Task A_missing_device_is_told_in_ALSAs_words(string device)
    {
        using var speaker = Speaker(device);

        var failure = await Assert.ThrowsAsync<SpeakerException>(() => speaker.PlayAsync(Say(Sounds.Lasting(TimeSpan.FromSeconds(1))), Stop).AsTask());
        Assert.Equal(FaultCode.SpeakerAbsent, failure.Fault);

        Assert.StartsWith($"Speaker '{device}' cannot be opened: No such", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-00: USB Audio : USB Audio : playback 1 : capture 1\n", true)]
    [InlineData("00-00: ALC257 Analog : ALC257 Analog : playback 1\n", true)]
    [InlineData("01-00: USB Camera : USB Audio : capture 1\n", false)]
    [InlineData("", false)]
    public void A_card_counts_when_it_can_play(string list, bool plays)
    {
        var file = Path.Combine(folder, "pcm");
        File.WriteAllText(file, list);

        Assert.Equal(plays, AlsaSpeaker.HasCard(file));
    }

    [Fact]
    public void Without_sound_in_the_kernel_there_is_no_card() => Assert.False(AlsaSpeaker.HasCard(Path.Combine(folder, "nothing")));

    private static AlsaSpeaker Speaker(string device) => new(new DeviceId("hall"), device, new ManualTime());

    private static Utterance Say(WavFile sound) => new(new Announcement(null, "một", 0), sound);
}
