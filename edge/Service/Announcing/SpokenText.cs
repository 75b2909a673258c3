using MotCua.Edge.Devices.Speech;

namespace MotCua.Edge.Announcing;

/// <summary>A text or recording that is no call, from when it is handed to the voice until its last piece was answered.</summary>
/// <param name="Id">Its name in events and answers.</param>
/// <param name="Name">File of the guidance; null for words of the clerk.</param>
public sealed record SpokenText(string Id, SpeechKind Kind, string? Name, IReadOnlyList<Announcement> Pieces)
{
    /// <param name="notAfter">As for <see cref="Announcement.NotAfter"/>.</param>
    public static SpokenText OfWords(string id, SpeechKind kind, string? name, string text, long notAfter) =>
        new(id, kind, name, [.. Sentences.Of(text).Select(piece => new Announcement(null, piece, notAfter)
        {
            Kind = kind, Id = id, Script = Script.Of(piece, Queue.LanguageCode.Vietnamese, typed: name is null),
        })]);

    public static SpokenText OfClip(string id, SpeechKind kind, GuidanceClip clip, long notAfter) => clip.Text is { } words
        ? OfWords(id, kind, clip.Name, words, notAfter)
        : new(id, kind, clip.Name, [new Announcement(null, clip.Name, notAfter) { Kind = kind, Id = id, Recording = clip.Recording }]);
}
