using System.Text.RegularExpressions;
using Xunit;

namespace MotCua.Tidy;

/// <summary>What a newcomer relies on when opening any file.</summary>
public sealed partial class CodeTests
{
    /// <summary>A file that passes this has a second idea in it.</summary>
    private const int MostLines = 300;

    // The rim: where the program meets the machine, and takes time and chance from it.
    private static readonly string[] Rims = ["edge/Service/Hosting/Rim.cs", "cloud-bridge/Program.cs"];

    private static readonly string[] Written = [".cs", ".mjs", ".js", ".css", ".html", ".sh", ".yaml", ".service"];

    [Fact]
    public void No_file_has_a_second_idea() => Expect.None(Sources.SelectMany(TooLong));

    [Fact]
    public void A_file_that_is_too_long_is_seen()
    {
        Assert.Single(TooLong(new TreeFile("a.cs", string.Concat(Enumerable.Repeat("x\n", MostLines + 1)))));
        Expect.None(TooLong(new TreeFile("a.cs", string.Concat(Enumerable.Repeat("x\n", MostLines)))));
    }

    [Fact]
    public void Banned_symbols_are_let_in_at_the_rims_only() => Expect.None(Tree.Code.SelectMany(LetIn));

    [Theory]
    [InlineData("#pragma warning disable RS0030")]
    [InlineData("#pragma warning disable CA1822, RS0030 // Why not.")]
    [InlineData("#pragma warning disable")]
    [InlineData("[SuppressMessage(\"ApiDesign\", \"RS0030:Do not use banned APIs\")]")]
    public void A_banned_symbol_let_in_elsewhere_is_seen(string line)
    {
        Assert.Single(LetIn(new TreeFile("edge/Service/Loop/EdgeLoop.cs", line)));
        Expect.None(LetIn(new TreeFile(Rims[0], line)));
    }

    [Fact]
    public void Nobody_weakens_the_analyzers_on_the_way()
    {
        Assert.Single(Tree.Files, file => file.Name == ".editorconfig");
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", Tree.Find(".editorconfig").Text, StringComparison.Ordinal);
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Tree.Find("Directory.Build.props").Text, StringComparison.Ordinal);
        Expect.None(Tree.Projects.Where(project => project.Text.Contains("TreatWarningsAsErrors", StringComparison.Ordinal)).Select(project => project.Path));
    }

    [Fact]
    public void Every_file_of_the_product_lives_in_the_namespace_of_its_folder() =>
        Expect.None(
            from file in Tree.Code
            where file.Path.StartsWith("edge/Service/", StringComparison.Ordinal) && file.Name != "Program.cs"
            let expected = "MotCua.Edge" + file.Folder["edge/Service".Length..].Replace('/', '.')
            where !NamespaceOf(file).StartsWith("MotCua.Edge", StringComparison.Ordinal) || !expected.StartsWith(NamespaceOf(file), StringComparison.Ordinal)
            select $"{file.Path} is in {NamespaceOf(file)}");

    private static IEnumerable<TreeFile> Sources => Tree.Files.Where(file => file.Is(Written) || (file.Folder.Length == 0 && !file.Name.Contains('.')));

    private static IEnumerable<string> TooLong(TreeFile file)
    {
        var lines = file.Lines.Length - 1;
        return lines > MostLines ? [$"{file.Path} has {lines} lines; at most {MostLines}"] : [];
    }

    private static IEnumerable<string> LetIn(TreeFile file) =>
        Rims.Contains(file.Path) || file.Path == "tests/Tidy/CodeTests.cs"
            ? []
            : file.Lines.Where(line => Suppression().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}");

    private static string NamespaceOf(TreeFile file) =>
        file.Lines.FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';', '\r') ?? "";

    [GeneratedRegex(@"RS0030|#pragma\s+warning\s+disable\s*(//.*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suppression();
}
