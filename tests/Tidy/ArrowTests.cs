using System.Xml.Linq;
using Xunit;

namespace MotCua.Tidy;

/// <summary><c>Queue ← Devices ← Service → protocols ← cloud-bridge</c>. No arrow runs back.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["edge/Queue"] = [],
        ["edge/Devices"] = ["edge/Queue"],
        ["edge/Service"] = ["edge/Devices", "protocols"],
        ["protocols"] = [],
        ["cloud-bridge"] = ["protocols"],
    };

    [Fact]
    public void Projects_know_each_other_only_along_the_arrows() => Expect.None(Product.SelectMany(Complaints));

    [Fact]
    public void Every_project_of_the_product_has_its_place() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Product.Select(p => p.Folder).Order(StringComparer.Ordinal));

    [Fact]
    public void The_queue_needs_no_package_and_no_project() => Expect.None(Includes(Tree.Find("edge/Queue/MotCua.Edge.Queue.csproj"), "PackageReference"));

    [Fact]
    public void The_contract_needs_no_package_unless_somebody_asks_for_one() =>
        Expect.None(Includes(Tree.Find("protocols/MotCua.Protocols.csproj"), "PackageReference").Except(NuGetDriverTests.Packages, StringComparer.Ordinal));

    [Fact]
    public void The_queue_asks_nothing_of_the_world()
    {
        string[] world = ["System.IO", "System.Net", "System.Threading", "Task<", "async ", "TimeProvider", "Environment.", "Console."];
        Expect.None(
            from file in Tree.Code
            where file.Path.StartsWith("edge/Queue/", StringComparison.Ordinal)
            from word in world
            where file.Text.Contains(word, StringComparison.Ordinal)
            select $"{file.Path} uses {word}");
    }

    [Theory]
    [InlineData("edge/Devices/X.csproj", "../Service/MotCua.Edge.csproj")]
    [InlineData("protocols/X.csproj", "../edge/Queue/MotCua.Edge.Queue.csproj")]
    [InlineData("cloud-bridge/X.csproj", "../edge/Service/MotCua.Edge.csproj")]
    [InlineData("edge/Queue/X.csproj", "../../tests/Testing/MotCua.Testing.csproj")]
    public void An_arrow_that_runs_back_is_seen(string from, string to) =>
        Assert.Single(Complaints(new TreeFile(from, $"<Project><ItemGroup><ProjectReference Include=\"{to}\" /></ItemGroup></Project>")));

    private static IEnumerable<TreeFile> Product => Tree.Projects.Where(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal));

    private static IEnumerable<string> Complaints(TreeFile project) =>
        from include in Includes(project, "ProjectReference")
        let target = Path.GetRelativePath(Tree.Root, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Tree.Root, project.Folder, include.Replace('\\', '/'))))!)
        where !Allowed.GetValueOrDefault(project.Folder, []).Contains(target, StringComparer.Ordinal)
        select $"{project.Path} must not know {target}";

    private static IEnumerable<string> Includes(TreeFile project, string element) =>
        XDocument.Parse(project.Text).Descendants(element).Select(e => e.Attribute("Include")!.Value);
}
