using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class SpeechSectionTests
{
    private const string Full = """
        speech:
          languages: [vi, en]
          voice: [lien, muong-lac-son]
          voices: giong-doc
          dialect: nam
          reading: digits
          chime: no
          repeat: yes
          engine: command
          command: [piper, --model, "{language}.onnx", --output_file, "-"]
          command-languages: [vi, en]
          cache: 16
        """;

    [Fact]
    public void Everything_stands_as_the_file_says()
    {
        var speech = Parse(Full).Speech;
        Assert.Equal(["vi", "en"], speech.Languages.Select(language => language.Value));
        Assert.Equal(["lien", "muong-lac-son"], speech.Voices);
        Assert.Equal((new SpokenStyle(NumberDialect.Southern, NumberReading.Digits), false, true, 16, "giong-doc"), (speech.Style, speech.Chime, speech.Repeat, speech.CacheMegabytes, speech.VoicesFolder));
        Assert.Equal(["piper", "--model", "{language}.onnx", "--output_file", "-"], speech.Command!.Value);
        Assert.Equal(["vi", "en"], speech.CommandLanguages.Select(language => language.Value));
        Assert.Equal("vi-vn-x-south", speech.Espeak.Voice);
    }

    [Fact]
    public void Without_it_Vietnamese_is_said_after_a_chime()
    {
        var speech = Parse("").Speech;
        Assert.Equal(SpeechOptions.Default, speech);
        Assert.Equal(("vi", true, "vi"), (Assert.Single(speech.Languages).Value, speech.Chime, speech.Espeak.Voice));
    }

    [Theory]
    [InlineData("speech: { voice: lien }", "lien")]
    [InlineData("speech: { voice: [lien] }", "lien")]
    public void One_voice_needs_no_list(string text, string name) => Assert.Equal(name, Assert.Single(Parse(text).Speech.Voices));

    [Theory]
    [InlineData("gap: le", GapWord.Le, ThousandWord.Nghin, "vi")]
    [InlineData("dialect: nam, thousand: nghin", GapWord.Le, ThousandWord.Nghin, "vi-vn-x-south")]
    [InlineData("dialect: nam, gap: linh, thousand: nghin", GapWord.Linh, ThousandWord.Nghin, "vi-vn-x-south")]
    [InlineData("dialect: bac, gap: le, thousand: ngan", GapWord.Le, ThousandWord.Ngan, "vi")]
    public void Single_words_may_differ_from_the_dialect_and_its_voice_stays(string keys, GapWord gap, ThousandWord thousand, string voice)
    {
        var speech = Parse($"speech: {{ {keys} }}").Speech;
        Assert.Equal((new NumberDialect(gap, thousand), voice), (speech.Style.Dialect, speech.Espeak.Voice));
    }

    [Fact]
    public void A_command_that_is_not_chosen_waits() => Assert.Null(Parse("speech: { engine: espeak-ng, command: [piper] }").Speech.Command);

    [Theory]
    [InlineData("languages: [en, vi]", "speech.languages")]
    [InlineData("languages: [vi, vi]", "speech.languages")]
    [InlineData("languages: []", "speech.languages")]
    [InlineData("gap: lẻ", "speech.gap")]
    [InlineData("thousand: nam", "speech.thousand")]
    [InlineData("command-languages: [vi, en, vi]", "speech.command-languages")]
    [InlineData("languages: [vi, fr]", "speech.languages[1]")]
    [InlineData("languages: [vi, EN]", "speech.languages[1]")]
    [InlineData("voice: ../lien", "speech.voice")]
    [InlineData("voice: [lien, \"\"]", "speech.voice[1]")]
    [InlineData("dialect: trung", "speech.dialect")]
    [InlineData("reading: letters", "speech.reading")]
    [InlineData("chime: maybe", "speech.chime")]
    [InlineData("engine: piper", "speech.engine")]
    [InlineData("engine: command", "speech.command")]
    [InlineData("command: []", "speech.command")]
    [InlineData("command: piper --model x", "speech.command")]
    [InlineData("cache: -1", "speech.cache")]
    [InlineData("cache: 2000", "speech.cache")]
    [InlineData("pitch: 7", "speech")]
    public void A_bad_value_is_told_where_it_stands(string bad, string path)
    {
        var errors = Assert.Throws<ConfigurationException>(() => Parse($"speech:\n  {bad}")).Errors;
        var line = TestCentre.Yaml.Split('\n').Length; // Of "speech:" itself; what is missing is told there or one line below.
        Assert.Contains(errors, error => error.Path == path && error.Line >= line && error.Line <= line + 1);
    }

    [Fact]
    public void A_ticket_button_may_ask_for_a_language()
    {
        var press = CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(TestCentre.Yaml.Replace("press: ticket chung-thuc", "press: ticket chung-thuc mtq", StringComparison.Ordinal))).Buttons[0].Press;
        Assert.Equal((PressAction.Ticket, "mtq", null), (press.Action, press.Language?.Value, press.Priority));
    }

    [Theory]
    [InlineData("ticket chung-thuc en", null, "en")]
    [InlineData("ticket chung-thuc con-nho", "con-nho", null)]
    [InlineData("ticket chung-thuc con-nho mtq", "con-nho", "mtq")]
    [InlineData("ticket chung-thuc vi", "vi", null)] // A group of that name was there first.
    public void Group_and_language_are_told_apart(string word, string? group, string? language)
    {
        var press = PressSpec.Parse(word, new HashSet<ServiceCode> { new("chung-thuc") }, new HashSet<PriorityCode> { new("con-nho"), new("vi") }, new HashSet<CounterId>());
        Assert.Equal((group, language), (press.Priority?.Value, press.Language?.Value));
    }

    [Theory]
    [InlineData("ticket chung-thuc fr")]
    [InlineData("ticket chung-thuc mtq con-nho")]
    [InlineData("ticket chung-thuc con-nho fr")]
    public void An_unknown_language_is_no_language(string word) =>
        Assert.ThrowsAny<Exception>(() => PressSpec.Parse(word, new HashSet<ServiceCode> { new("chung-thuc") }, new HashSet<PriorityCode> { new("con-nho") }, new HashSet<CounterId>()));

    [Fact]
    public void Without_the_part_the_voice_is_loud_and_alone() => Assert.Equal(SpeechOptions.Default, Parse("").Speech);

    [Fact]
    public void Loudness_devices_and_guidance_stand_as_the_file_says()
    {
        var speech = Parse("""
            speech: { volume: 80, speaker: "plughw:CARD=Device", microphone: "plughw:1", quiet: [{ from: "11:30", to: "13:30", volume: 30 }], mute: [{ from: "17:30", to: "07:00" }],
              guidance: { waiting: 10, for: 5m, every: 15m, after-call: 20s } }
            """).Speech;

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
        var errors = Assert.Throws<ConfigurationException>(() => Parse($"speech: {{ {speech} }}")).Errors;

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

    private static CentreOptions Parse(string speech) =>
        CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(TestCentre.Yaml.Replace("speech: { chime: no }", speech, StringComparison.Ordinal)));
}
