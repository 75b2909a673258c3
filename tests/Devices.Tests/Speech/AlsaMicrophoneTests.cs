using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Alsa;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>The real ALSA library, listening to its device without a card.</summary>
public sealed class AlsaMicrophoneTests
{
    public AlsaMicrophoneTests() => Assert.SkipUnless(NativeLibrary.TryLoad("libasound.so.2", out _), "libasound2 is not installed.");

    [Fact]
    public void Samples_come_without_waiting_and_the_device_can_be_opened_again()
    {
        for (var i = 0; i < 3; i++)
        {
            using var ear = new AlsaMicrophone(new DeviceId("microphone"), "null").Listen();
            var samples = new short[800];
            Assert.Equal(8_000, ear.Rate);
            Assert.InRange(ear.Read(samples), 0, samples.Length);
            Assert.All(samples, sample => Assert.Equal(0, sample));
        }
    }

    [Fact]
    public void A_recording_is_made_at_the_rate_that_is_mixed()
    {
        using var ear = ((Edge.Devices.Speech.Proof.IMicrophone)new AlsaMicrophone(new DeviceId("microphone"), "null")).Listen(Edge.Devices.Speech.Proof.SharedMicrophone.RecordingRate);

        Assert.Equal(22_050, ear.Rate);
        Assert.InRange(ear.Read(new short[800]), 0, 800);
    }

    [Theory]
    [InlineData("hw:31")]
    [InlineData("no-such-device")]
    public void A_missing_microphone_is_told_in_ALSAs_words(string device)
    {
        var failure = Assert.Throws<IOException>(() => new AlsaMicrophone(new DeviceId("microphone"), device).Listen());

        Assert.StartsWith($"Microphone '{device}' cannot be opened: No such", failure.Message, StringComparison.Ordinal);
    }
}
