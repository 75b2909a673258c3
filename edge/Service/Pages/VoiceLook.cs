using System.Collections.Frozen;
using MotCua.Edge.Announcing;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Packs;

namespace MotCua.Edge.Pages;

/// <summary>What a recorder sees of the voices of this box.</summary>
internal sealed class VoiceLook(VoiceBooth booth)
{
    private static readonly FrozenSet<string> Phrases =
        FrozenSet.Create(StringComparer.Ordinal, "call", "call-again", "to-counter", "citizen", "missed", "no-paper", "no-print", "remember");

    // Words that are said another way, or mean something else, where they do not stand alone.
    private static readonly FrozenDictionary<string, string> Notes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tens"] = "như trong «hai mươi»",
        ["1-after-tens"] = "như trong «hai mươi mốt»",
        ["4-after-tens"] = "như trong «hai mươi tư»",
        ["5-after-tens"] = "như trong «hai mươi lăm»",
        ["gap"] = "như trong «một trăm linh năm»",
        ["call"] = "tiếp theo là số thứ tự",
        ["call-again"] = "tiếp theo là số thứ tự",
        ["to-counter"] = "tiếp theo là số quầy",
        ["citizen"] = "tiếp theo là số thứ tự",
        ["no-paper"] = "tiếp theo là số thứ tự",
        ["no-print"] = "tiếp theo là số thứ tự",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public VoicesAnswer All() => new(
        booth.Library.CanRecord, booth.HasMicrophone, PackRecorder.Longest.TotalSeconds,
        [.. SpokenLanguages.All.Select(language => new VoiceLanguage(language.Code.Value, language.Name, language.IsOnlyRecorded))],
        [.. booth.Library.Names.Select(Pack)]);

    public VoiceClipsAnswer Clips(VoicePack pack)
    {
        var language = SpokenLanguages.Find(pack.Language)!;
        return new(Describe(pack), [.. language.Clips.Select(clip => Describe(pack, clip, optional: false)), .. language.RareClips.Select(clip => Describe(pack, clip, optional: true))]);
    }

    /// <summary>A clip that something was done with, and its pack, as both are now.</summary>
    public VoiceTakeAnswer Taken(string name, string clip, TimeSpan? length)
    {
        var now = Clips(booth.Library.Read(name));
        return new(length is { } lasts ? Math.Round(lasts.TotalSeconds, 2) : null, now.Clips.First(one => one.Name == clip), now.Pack);
    }

    private VoicePackAnswer Pack(string name)
    {
        try
        {
            return Describe(booth.Library.Read(name));
        }
        catch (ConfigurationException e)
        {
            return new(name, null, null, booth.IsNamed(name) ? "file" : "off", Speaks: false, 0, 0, e.Errors[0].ToString());
        }
    }

    private VoicePackAnswer Describe(VoicePack pack)
    {
        var language = SpokenLanguages.Find(pack.Language)!;
        var needed = language.Clips.Length;
        return new(
            pack.Name, pack.Language.Value, language.Name, booth.IsNamed(pack.Name) ? "file" : pack.IsChosen ? "on" : "off", booth.Speaking(pack.Language)?.Name == pack.Name,
            needed - pack.Lacking.Count(), needed, Problem: null);
    }

    private VoiceClip Describe(VoicePack pack, Token clip, bool optional) => new(
        clip.Name, WordsOf(pack, clip), NoteOf(clip), GroupOf(clip.Name), !pack.Files.ContainsKey(clip.Name) ? "missing" : booth.Library.IsRecorded(pack, clip.Name) ? "recorded" : "given", optional, booth.CanUndo(pack, clip.Name));

    // A letter is read by its name, which a synthesiser is told apart.
    private static string WordsOf(VoicePack pack, Token clip) =>
        IsLetter(clip.Name) && pack.Language != English.Language.Code && LetterNames.Of(clip.Words[0]) is { } name ? name : clip.Words;

    private static string? NoteOf(Token clip) => IsLetter(clip.Name) ? $"chữ {clip.Words}" : Notes.GetValueOrDefault(clip.Name);

    private static bool IsLetter(string clip) => clip.StartsWith("letter-", StringComparison.Ordinal);

    // Everything else that is said is a number, or a word of one.
    private static string GroupOf(string clip) => IsLetter(clip) ? "letter" : Phrases.Contains(clip) ? "phrase" : "number";
}
