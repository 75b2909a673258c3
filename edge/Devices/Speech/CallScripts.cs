using System.Collections.Immutable;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech;

/// <summary>What citizens hear, in the languages of the centre and of the ticket.</summary>
/// <param name="languages">Said at every call, in this order; a ticket's own language follows when it is not among them.</param>
/// <param name="repeat">A call is said twice at once, for those who did not catch it.</param>
public sealed class CallScripts(ImmutableArray<LanguageCode> languages, SpokenStyle style, bool chime, bool repeat)
{
    /// <param name="own">The ticket's language; null for the centre's alone.</param>
    /// <inheritdoc cref="SpokenLanguage.Call"/>
    public Script Call(string ticket, int counter, bool again, LanguageCode? own) => Say(own, language => again || !repeat
        ? [language.Call(ticket, counter, again, style)]
        : [language.Call(ticket, counter, again: false, style), language.Call(ticket, counter, again: true, style)]);

    /// <inheritdoc cref="Call"/>
    public Script Missed(string ticket, LanguageCode? own) => Say(own, language => [language.Missed(ticket, style)]);

    /// <inheritdoc cref="Call"/>
    public Script NoPaper(string ticket, LanguageCode? own) => Say(own, language => [language.NoPaper(ticket, style)]);

    /// <inheritdoc cref="Call"/>
    public Script NoPrint(string ticket, LanguageCode? own) => Say(own, language => [language.NoPrint(ticket, style)]);

    // A language of a later version, in the journal of a box that went back, is one that nobody here can say.
    private Script Say(LanguageCode? own, Func<SpokenLanguage, IEnumerable<Sentence>> sentences)
    {
        IEnumerable<LanguageCode> all = own is { } asked && !languages.Contains(asked) ? languages.Add(asked) : languages;
        return new Script([.. all.Select(SpokenLanguages.Find).OfType<SpokenLanguage>().SelectMany(sentences)], chime);
    }
}
