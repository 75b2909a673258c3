using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class VoicePackFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lien-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_clip_is_found_by_its_name_or_where_the_file_says()
    {
        Add("call.wav", "7.flac", "ba.wav", "to-counter.mp3", "unknown.wav");
        var pack = Read("name: Giọng cô Liên\nlanguage: vi\nclips: { 3: ba.wav }");

        Assert.Equal(("vi", Path.GetFileName(folder)), (pack.Language.Value, pack.Name));
        Assert.Equal(["3=ba.wav", "7=7.flac", "call=call.wav"], pack.Files.Select(file => $"{file.Key}={Path.GetFileName(file.Value)}").Order());
        Assert.DoesNotContain(pack.Lacking, clip => clip.Name is "3" or "7" or "call");
        Assert.Contains(pack.Lacking, clip => clip is { Name: "to-counter", Words: "đến quầy số" });
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("mtq")]
    public void A_pack_may_hold_the_letters_that_few_centres_have_and_is_whole_without_them(string language)
    {
        Add("letter-o.wav");
        var pack = Read($"language: {language}");

        Assert.Equal("letter-o", Assert.Single(pack.Files).Key);
        Assert.DoesNotContain(pack.Lacking, clip => clip.Name is "letter-o" or "letter-w");
        Assert.Contains(pack.Lacking, clip => clip.Name == "letter-a");
    }

    [Theory]
    [InlineData("name: x", "language")]
    [InlineData("language: fr", "language")]
    [InlineData("language: vi\nvoice: x", "")]
    [InlineData("language: vi\nclips: { 3: ../ba.wav }", "clips.3")]
    [InlineData("language: vi\nclips: { 3: /etc/passwd }", "clips.3")]
    [InlineData("language: vi\nclips: { 3: .wav }", "clips.3")]
    [InlineData("language: vi\nclips: { 3: ba.mp3 }", "clips.3")]
    [InlineData("language: vi\nclips: { thirteen: ba.wav }", "clips")]
    [InlineData("- a", "(tệp)")]
    [InlineData("", "(tệp)")]
    [InlineData("language: [", "(cú pháp)")]
    public void A_bad_pack_is_told_with_line_and_path(string text, string path)
    {
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => Read(text)).Errors);
        Assert.Equal(path, error.Path);
        Assert.InRange(error.Line, 1, 2);
    }

    [Fact]
    public void A_pack_that_is_not_there_is_told() =>
        Assert.Equal("(tệp)", Assert.Single(Assert.Throws<ConfigurationException>(() => VoicePackFile.Read(Path.Combine(folder, "khac"))).Errors).Path);

    private void Add(params string[] files) => Array.ForEach(files, file => File.WriteAllText(Path.Combine(folder, file), ""));

    private Devices.Speech.Packs.VoicePack Read(string text)
    {
        File.WriteAllText(Path.Combine(folder, VoicePackFile.Name), text);
        return VoicePackFile.Read(folder);
    }
}
