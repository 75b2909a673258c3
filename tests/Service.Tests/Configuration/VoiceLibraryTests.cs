using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

/// <summary>Packs beside the centre's file, packs recorded on the box, and packs that are both.</summary>
public sealed class VoiceLibraryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("library-").FullName;
    private readonly Dictionary<string, string?> troubles = [];
    private readonly VoiceLibrary library;

    public VoiceLibraryTests() => library = new VoiceLibrary(Path.Combine(folder, "etc"), Path.Combine(folder, "var"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_clip_recorded_here_stands_in_front_of_the_one_beside_the_file_and_gives_way_again()
    {
        Add("etc/lien", "language: vi", "call.wav", "7.flac", "8.wav");
        Add("var/lien", "language: vi", "7.wav", "9.wav");
        var pack = library.Read("lien");

        Assert.Equal(["7=var", "8=etc", "9=var", "call=etc"], Where(pack));
        Assert.True(library.IsRecorded(pack, "7"));
        Assert.False(library.IsRecorded(pack, "8"));
        Assert.False(library.IsRecorded(pack, "6"));

        File.Delete(Path.Combine(folder, "var/lien/7.wav"));
        Assert.Equal(["7=etc", "8=etc", "9=var", "call=etc"], Where(library.Read("lien")));
    }

    [Fact]
    public void A_pack_in_two_languages_is_none()
    {
        Add("etc/lien", "language: vi", "call.wav");
        Add("var/lien", "language: mtq", "call.wav");

        Assert.Equal("language", Assert.Single(Assert.Throws<ConfigurationException>(() => library.Read("lien")).Errors).Path);
        Assert.Empty(library.InUse(["lien"], Told));
        Assert.StartsWith("lien: ", troubles[FaultCode.VoicePackBad.Value], StringComparison.Ordinal);
    }

    [Fact]
    public void The_hall_is_spoken_to_with_what_the_file_names_and_then_with_what_was_chosen_here()
    {
        Add("etc/lien", "language: vi", "call.wav");
        Add("etc/mai", "language: vi\nuse: yes", "call.wav");
        library.Write("ban", new LanguageCode("mtq"), use: true);
        library.Write("thu", new LanguageCode("en"), use: false);

        Assert.Equal(["ban", "lien", "mai", "thu"], library.Names);
        Assert.Equal(["ban", "thu"], library.Recorded);
        Assert.Equal(["lien", "ban"], library.InUse(["lien"], Told).Select(pack => pack.Name));
        Assert.Contains("lien: call-again, ", troubles[FaultCode.VoiceClipsMissing.Value], StringComparison.Ordinal);
        Assert.Contains("ban: call, ", troubles[FaultCode.VoiceClipsMissing.Value], StringComparison.Ordinal);
        Assert.DoesNotContain("thu", troubles[FaultCode.VoiceClipsMissing.Value], StringComparison.Ordinal);
        Assert.Null(troubles[FaultCode.VoicePackBad.Value]);

        library.Write("ban", new LanguageCode("mtq"), use: false);
        Assert.Empty(library.InUse([], Told));
        Assert.Null(troubles[FaultCode.VoiceClipsMissing.Value]);
    }

    [Fact]
    public void Folders_that_are_no_packs_and_names_that_lead_elsewhere_are_not_seen()
    {
        Add("etc/Lien", "language: vi");
        Directory.CreateDirectory(Path.Combine(folder, "etc/trong"));
        Add("var/.an", "language: vi");

        Assert.Empty(library.Names);
        Assert.Throws<FormatException>(() => library.FolderOf("../etc"));
        Assert.Empty(new VoiceLibrary(Path.Combine(folder, "khong-co"), null).Names);
        Assert.False(new VoiceLibrary("", null).CanRecord);
    }

    [Fact]
    public void A_pack_without_a_file_of_its_own_is_told()
    {
        Assert.Throws<ConfigurationException>(() => library.Read("khong-co"));
        Assert.Empty(library.InUse(["khong-co"], Told));
        Assert.NotNull(troubles[FaultCode.VoicePackBad.Value]);
    }

    private static IEnumerable<string> Where(Devices.Speech.Packs.VoicePack pack) =>
        pack.Files.Select(file => $"{file.Key}={Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file.Value)))}").Order(StringComparer.Ordinal);

    private void Told(FaultCode code, string? why) => troubles[code.Value] = why;

    private void Add(string pack, string text, params string[] clips)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, pack)).FullName;
        File.WriteAllText(Path.Combine(path, VoicePackFile.Name), text);
        Array.ForEach(clips, clip => File.WriteAllText(Path.Combine(path, clip), ""));
    }
}
