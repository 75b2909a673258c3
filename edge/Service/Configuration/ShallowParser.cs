using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MotCua.Edge.Configuration;

/// <summary>Reads YAML only so deep: the tree of nodes is built by recursion, and a text of brackets alone would end the program.</summary>
internal sealed class ShallowParser(TextReader text) : IParser
{
    // The file of a centre goes five deep.
    private const int Deepest = 32;

    private readonly Parser inner = new(text);
    private int depth;

    public ParsingEvent? Current => inner.Current;

    /// <exception cref="YamlException">Not YAML, or too deep.</exception>
    public bool MoveNext()
    {
        if (!inner.MoveNext())
        {
            return false;
        }

        depth += inner.Current!.NestingIncrease;
        return depth <= Deepest ? true : throw new YamlException(inner.Current.Start, inner.Current.End, $"Lồng nhau quá {Deepest} mức.");
    }
}
