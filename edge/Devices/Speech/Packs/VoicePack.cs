using System.Collections.Frozen;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech.Packs;

/// <summary>A recorded voice: a folder of clips, each a token of one language.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Files">Clip name → full path; not all need exist, nor be sound.</param>
public sealed record VoicePack(string Name, LanguageCode Language, FrozenDictionary<string, string> Files)
{
    /// <summary>It is spoken with even where the centre's file does not name it.</summary>
    public bool IsChosen { get; init; }

    /// <summary>Tokens of its language that it has no clip of, in the order of recording.</summary>
    public IEnumerable<Token> Lacking => SpokenLanguages.Find(Language)?.Clips.Where(clip => !Files.ContainsKey(clip.Name)) ?? [];
}
