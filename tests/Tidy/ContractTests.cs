using System.Text.RegularExpressions;
using Xunit;

namespace MotCua.Tidy;

/// <summary>What leaves the box is described, and what can fail is explained.</summary>
public sealed partial class ContractTests
{
    private const string Catalogue = "protocols/Faults/FaultCatalogue.cs";

    private static readonly string[] Types = [.. EventRow().Matches(Tree.Find("protocols/Events/EventTypes.cs").Text).Select(m => m.Groups["type"].Value)];

    private static readonly HashSet<string> Declared = DeclaredIn(Tree.Find(Catalogue).Text);

    [Fact]
    public void Every_event_has_one_schema_and_one_example()
    {
        Assert.NotEmpty(Types);
        Expect.None(
            from type in Types
            from folder in new[] { "schemas", "examples" }
            where Tree.Files.Count(file => file.Path == $"protocols/{folder}/{type}.json") != 1
            select $"protocols/{folder}/{type}.json is missing");
    }

    [Fact]
    public void Every_schema_has_an_example_and_every_example_a_schema() =>
        Assert.Equal(NamesIn("protocols/schemas"), NamesIn("protocols/examples"));

    [Fact]
    public void Every_fault_that_the_edge_raises_is_in_the_catalogue()
    {
        var raised = Edge.SelectMany(file => RaisedIn(file.Text).Select(code => (file.Path, code))).ToList();
        Assert.NotEmpty(raised);
        Expect.None(raised.Where(r => !Declared.Contains(r.code)).Select(r => $"{r.Path} raises {r.code}, which {Catalogue} does not explain"));
    }

    [Fact]
    public void Every_fault_of_the_catalogue_can_be_raised()
    {
        var raised = Edge.SelectMany(file => RaisedIn(file.Text)).ToHashSet(StringComparer.Ordinal);
        Expect.None(Declared.Where(code => !raised.Contains(code)).Select(code => $"{code} is declared, and nothing raises it"));
    }

    [Fact]
    public void A_fault_without_an_explanation_is_seen()
    {
        Assert.Contains("printer.no-paper", RaisedIn("""devices.Fault("printer", "printer.no-paper", null, present: true);"""));
        Assert.Contains("printer.jammed", RaisedIn("""public static FaultCode Jammed { get; } = new("printer.jammed");"""));
        Assert.Contains("journal.lost", RaisedIn("""private const string Lost = "journal.lost";"""));
        Assert.DoesNotContain("printer.no-paper", Declared);
    }

    private static IEnumerable<TreeFile> Edge => Tree.Code.Where(file => file.Path.StartsWith("edge/", StringComparison.Ordinal));

    // Either it stands where a fault is made, or its first word is one that the catalogue uses.
    private static IEnumerable<string> RaisedIn(string text)
    {
        var areas = Declared.Select(code => code.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        return from line in text.Split('\n')
               from Match match in Code().Matches(line)
               let code = match.Groups["code"].Value
               where !Types.Contains(code)
               where areas.Contains(code.Split('.')[0]) || line.Contains("FaultCode", StringComparison.Ordinal) || FaultMade().IsMatch(line)
               select code;
    }

    private static HashSet<string> DeclaredIn(string catalogue) =>
        Declaration().Matches(catalogue).Select(m => m.Groups["code"].Value).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> NamesIn(string folder) => Tree.Files.Where(file => file.Folder == folder).Select(file => file.Name).Order(StringComparer.Ordinal);

    [GeneratedRegex("""^\s*\("(?<type>[a-z.]+)", EventJson""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventRow();

    [GeneratedRegex("\"(?<code>[a-z]+\\.[a-z][a-z-]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"[fF]ault\w*\(", RegexOptions.None, 1000)]
    private static partial Regex FaultMade();

    [GeneratedRegex("""new\("(?<code>[a-z]+\.[a-z-]+)", Severity""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declaration();
}
