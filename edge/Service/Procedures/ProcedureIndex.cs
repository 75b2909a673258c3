using System.Collections.Frozen;
using System.Collections.Immutable;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Procedures;

/// <summary>Finds procedures while somebody types, with marks or without.</summary>
/// <remarks>
/// It looks through all of them: a province has some two thousand, whose plain letters a Raspberry Pi compares within milliseconds, and a cleverer index would have to
/// be kept in memory. First come names that begin with what was typed, then names that hold it, then those with all its words, then those whose other words or field have them.
/// </remarks>
public sealed class ProcedureIndex
{
    /// <summary>More than that nobody types.</summary>
    public const int LongestQuestion = 100;

    private const int MostWords = 12;
    private const int None = int.MaxValue;

    private readonly ImmutableArray<Entry> entries;
    private readonly FrozenDictionary<ProcedureCode, Procedure> byCode;

    public ProcedureIndex(ImmutableArray<Procedure> procedures)
    {
        entries = [.. procedures.Select(one => new Entry(one, PlainLetters.Of(one.Name), PlainLetters.Of(string.Join(' ', one.Words) + ' ' + one.Field)))];
        byCode = procedures.ToFrozenDictionary(one => one.Code);
    }

    public static ProcedureIndex Empty { get; } = new([]);

    public int Count => entries.Length;

    public Procedure? Find(ProcedureCode code) => byCode.GetValueOrDefault(code);

    /// <param name="question">What was typed so far; characters beyond <see cref="LongestQuestion"/> are not looked at. Without a letter everything fits, in the order of the file.</param>
    /// <param name="most">At most so many, the best first.</param>
    /// <returns>Those shown, and how many fit at all.</returns>
    public (ImmutableArray<Procedure> Best, int Fitting) Search(string question, int most)
    {
        var asked = question.Length > LongestQuestion ? question[..LongestQuestion] : question;
        var plain = PlainLetters.Of(asked);
        if (plain.Length == 0)
        {
            return ([.. entries.Take(most).Select(entry => entry.Procedure)], entries.Length);
        }

        string[] words = [.. plain.Split(' ', MostWords + 1, StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Distinct(StringComparer.Ordinal).Select(word => " " + word)];
        var fitting = new List<(int Rank, int Place)>();
        for (var i = 0; i < entries.Length; i++)
        {
            if (RankOf(entries[i], plain, words) is var rank and not None)
            {
                // Who typed marks means them: "chứng tử" comes before "chứng từ".
                fitting.Add(((2 * rank) + (entries[i].Procedure.Name.Contains(asked.Trim(), StringComparison.OrdinalIgnoreCase) ? 0 : 1), i));
            }
        }

        return ([.. fitting.OrderBy(one => one.Rank).ThenBy(one => entries[one.Place].Name.Length).ThenBy(one => one.Place).Take(most).Select(one => entries[one.Place].Procedure)], fitting.Count);
    }

    private static int RankOf(in Entry entry, string question, string[] words)
    {
        if (entry.Name.StartsWith(question, StringComparison.Ordinal))
        {
            return 0;
        }

        if (entry.Name.Contains(question, StringComparison.Ordinal))
        {
            return 1;
        }

        if (entry.More.Contains(question, StringComparison.Ordinal))
        {
            return 2;
        }

        var (inName, anywhere) = (true, true);
        foreach (var word in words)
        {
            var here = entry.Name.Contains(word, StringComparison.Ordinal);
            inName &= here;
            anywhere &= here || entry.More.Contains(word, StringComparison.Ordinal);
            if (!anywhere)
            {
                return InsideWords(entry, words) ? 5 : None;
            }
        }

        return inName ? 3 : 4;
    }

    // The middle of a word: worth showing when nothing better is.
    private static bool InsideWords(in Entry entry, string[] words)
    {
        foreach (var word in words)
        {
            if (word.Length < 4 || !entry.Name.AsSpan().Contains(word.AsSpan(1), StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="Name">In plain letters.</param>
    /// <param name="More">Other words and the field, in plain letters.</param>
    private readonly record struct Entry(Procedure Procedure, string Name, string More);
}
