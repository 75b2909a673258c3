using System.Text;
using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class SpeechSectionTests
{
    [Fact]
    public void Without_the_part_the_voice_is_loud_and_alone() => Assert.Equal(SpeechOptions.Default, CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(TestCentre.Yaml)).Speech);

    [Fact]
    public void Everything_that_an_installer_may_say_is_read()
    {
        var speech = Read("""
            volume: 80, speaker: "plughw:CARD=Device", microphone: "plughw:1", quiet: [{ from: "11:30", to: "13:30", volume: 30 }], mute: [{ from: "17:30", to: "07:00" }],
              guidance: { waiting: 10, for: 5m, every: 15m, after-call: 20s }
            """);

        Assert.Equal((80, "plughw:CARD=Device", "plughw:1"), (speech.Volume, speech.Speaker, speech.Microphone));
        Assert.Equal([new VolumeSpan(new(17, 30), new(7, 0), 0), new VolumeSpan(new(11, 30), new(13, 30), 30)], speech.Hours);
        Assert.Equal(new GuidanceOptions(10, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(20)), speech.Guidance);
    }

    [Theory]
    [InlineData("volume: 0", "speech.volume")]
    [InlineData("volume: 101", "speech.volume")]
    [InlineData("volume: loud", "speech.volume")]
    [InlineData("quiet: [{ from: \"11:30\", to: \"13:30\" }]", "speech.quiet[0].volume")]
    [InlineData("mute: [{ from: \"25:00\", to: \"13:30\" }]", "speech.mute[0].from")]
    [InlineData("mute: [{ from: \"11:30\", to: \"11:30\" }]", "speech.mute[0]")]
    [InlineData("mute: [{ from: \"11:30\", to: \"12:30\", volume: 3 }]", "speech.mute[0]")]
    [InlineData("mute: 3", "speech.mute")]
    [InlineData("microphone: \"hai từ\"", "speech.microphone")]
    [InlineData("speaker: \"\"", "speech.speaker")]
    [InlineData("guidance: { for: 5m }", "speech.guidance.waiting")]
    [InlineData("guidance: { waiting: 3, every: 5s }", "speech.guidance.every")]
    [InlineData("loudness: 3", "speech")]
    public void What_does_not_fit_is_told_with_its_path(string speech, string path)
    {
        var errors = Assert.Throws<ConfigurationException>(() => Read(speech)).Errors;

        Assert.Equal(path, Assert.Single(errors).Path);
    }

    [Theory]
    [InlineData("17:30", "07:00", "23:00", true)]
    [InlineData("17:30", "07:00", "06:59", true)]
    [InlineData("17:30", "07:00", "07:00", false)]
    [InlineData("17:30", "07:00", "12:00", false)]
    [InlineData("11:30", "13:30", "11:30", true)]
    [InlineData("11:30", "13:30", "13:30", false)]
    public void Hours_may_go_over_midnight(string from, string to, string at, bool covered) =>
        Assert.Equal(covered, new VolumeSpan(TimeOnly.Parse(from), TimeOnly.Parse(to), 0).Covers(TimeOnly.Parse(at)));

    private static SpeechOptions Read(string speech) =>
        CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes($"{TestCentre.Yaml}\nspeech: {{ {speech.Trim()} }}\n")).Speech;
}
