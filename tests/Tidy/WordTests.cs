using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace MotCua.Tidy;

/// <summary>Words that must not be in the tree. The samples are put together, so that this file does not find itself.</summary>
public sealed partial class WordTests
{
    [Fact]
    public void Nothing_is_left_to_do() => Expect.None(Found(LeftOver()));

    [Fact]
    public void The_centre_has_its_legal_name() => Expect.None(Found(WrongName()));

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on() => Expect.None(Found(Machine()));

    [Fact]
    public void No_file_names_a_package_registry() => Expect.None(Found(Registry()));

    [Fact]
    public void Words_that_must_not_be_there_are_seen()
    {
        Assert.Matches(LeftOver(), "// TO" + "DO: later");
        Assert.Matches(LeftOver(), "# FIX" + "ME");
        Assert.DoesNotMatch(LeftOver(), "WhatToDo, todos");
        Assert.Matches(WrongName(), "TRUNG TÂM DỊCH" + " VỤ HÀNH CHÍNH CÔNG");
        Assert.Matches(WrongName(), "Trung tâm Dịch" + " vụ hành chính công");
        Assert.DoesNotMatch(WrongName(), "Trung tâm Phục vụ hành chính công");
        Assert.Matches(Machine(), "/ho" + "me/an/src/x.cs");
        Assert.Matches(Machine(), "\"/ro" + "ot/.cache\"");
        Assert.DoesNotMatch(Machine(), "../root/x, /homestead");
        Assert.Matches(Registry(), "\"resolved\": \"https://registry." + "npmjs.org/ajv\"");
        Assert.Matches(Registry(), "<add value=\"https://api." + "nuget.org/v3/index.json\" />");
        Assert.DoesNotMatch(Registry(), "package: nuget");
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_place() => Expect.None(Tree.Projects.SelectMany(OwnVersions));

    [Fact]
    public void A_version_elsewhere_is_seen()
    {
        Assert.Single(OwnVersions(new TreeFile("a.csproj", "<Project><ItemGroup><PackageReference Include=\"P\" Version=\"1\" /></ItemGroup></Project>")));
        Assert.Single(OwnVersions(new TreeFile("a.csproj", "<Project><ItemGroup><PackageReference Include=\"P\"><VersionOverride>1</VersionOverride></PackageReference></ItemGroup></Project>")));
        Expect.None(OwnVersions(new TreeFile("a.csproj", "<Project><ItemGroup><PackageReference Include=\"P\" /></ItemGroup></Project>")));
    }

    [Fact]
    public void Every_package_version_is_used() =>
        Expect.None(
            from package in XDocument.Parse(Tree.Find("Directory.Packages.props").Text).Descendants("PackageVersion").Select(e => e.Attribute("Include")!.Value)
            where !Tree.Files.Any(file => file.Is(".csproj", ".props") && file.Text.Contains($"<PackageReference Include=\"{package}\"", StringComparison.Ordinal))
            select $"{package} is used by no project");

    private static IEnumerable<string> Found(Regex words) =>
        from file in Tree.Files
        from line in file.Lines.Select((text, number) => (Text: text, Number: number + 1))
        where words.IsMatch(line.Text)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}";

    private static IEnumerable<string> OwnVersions(TreeFile project) =>
        from reference in XDocument.Parse(project.Text).Descendants("PackageReference")
        where reference.Attributes().Select(a => a.Name.LocalName).Concat(reference.Elements().Select(e => e.Name.LocalName)).Any(name => name is "Version" or "VersionOverride")
        select $"{project.Path} sets the version of {reference.Attribute("Include")?.Value}";

    [GeneratedRegex(@"\b(TO(?:)DO|FIX(?:)ME|XX(?:)X)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"dịch(\s)vụ(\s)hành(\s)chính", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WrongName();

    [GeneratedRegex(@"(?<![\w.])/(home|root|Users|work)/[\w.]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Machine();

    [GeneratedRegex(@"https?://[\w.-]*(npm(?:)js|nu(?:)get|registry|artifactory|nexus)[\w.-]*\.[a-z]+|https?://[\w.-]+/(repository|simple|npm)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Registry();
}
