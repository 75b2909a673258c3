using System.Collections.Immutable;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech;

/// <summary>What comes after a token: a mark in the text, silence between clips.</summary>
public enum Breath
{
    None,
    Comma,
    FullStop,
}

/// <summary>The smallest piece of a sentence that a voice pack may hold as a clip.</summary>
/// <param name="Name">Of the clip, the same in every language: 1 to 32 of <c>a–z 0–9 -</c>, such as <c>to-counter</c> or <c>7</c>. Empty: words that no pack holds.</param>
/// <param name="Words">What is said, as a synthesiser reads it.</param>
public readonly record struct Token(string Name, string Words, Breath After = Breath.None)
{
    internal string Written => After switch { Breath.Comma => Words + ",", Breath.FullStop => Words + ".", _ => Words };
}

/// <summary>A sentence in one language, in the order in which it is said.</summary>
public sealed record Sentence(LanguageCode Language, ImmutableArray<Token> Tokens)
{
    /// <summary>Name of a language whose words stand here in Vietnamese, since only its recorded voice knows them; null for any other.</summary>
    public string? Label { get; init; }

    /// <summary>Somebody typed it, so that it may hold a name; its sound is kept nowhere.</summary>
    public bool IsTyped { get; init; }

    /// <summary>The whole of it, as a person reads it.</summary>
    public string Text => Label is null ? Join(Tokens) : $"[{Label}] {Join(Tokens)}";

    internal static string Join(IEnumerable<Token> tokens) => string.Join(' ', tokens.Select(token => token.Written));
}

/// <summary>What an announcement says: sentences one after another, each in its language.</summary>
/// <param name="Chime">Two tones come first, so that people look up.</param>
public sealed record Script(ImmutableArray<Sentence> Sentences, bool Chime)
{
    public string Text { get; } = string.Join(' ', Sentences.Select(sentence => sentence.Text));

    /// <summary>Free text, for a synthesiser alone.</summary>
    /// <param name="typed">As <see cref="Sentence.IsTyped"/>.</param>
    public static Script Of(string text, LanguageCode language, bool typed = false) => new([new Sentence(language, [new Token("", text)]) { IsTyped = typed }], Chime: false);
}
