using System.Xml.Linq;
using Xunit;

namespace MotCua.Tidy;

/// <summary>The packages that not every registry holds: a build asks for them only with <c>-p:UseNuGetDrivers=true</c>, and no file is compiled that would need them.</summary>
public sealed class NuGetDriverTests
{
    private const string On = "'$(UseNuGetDrivers)' == 'true'";
    private const string Off = "'$(UseNuGetDrivers)' != 'true'";

    // The folders whose files may use them; each csproj leaves them out when the property is off.
    private static readonly string[] Folders = ["/MqttNet/", "/DotNetIot/"];

    private static readonly string[] Namespaces = ["using MQTTnet", "using System.Device.", "using Iot.Device.", "using UnitsNet"];

    public static readonly string[] Packages = ["MQTTnet", "System.Device.Gpio", "Iot.Device.Bindings"];

    [Fact]
    public void A_build_that_is_not_asked_does_not_know_them() => Expect.None(Tree.Files.Where(file => file.Is(".csproj", ".props", ".targets")).SelectMany(Unasked));

    [Theory]
    [InlineData("<ItemGroup><PackageReference Include=\"MQTTnet\" /></ItemGroup>")]
    [InlineData("<ItemGroup Condition=\"'$(UseNuGetDrivers)' != 'false'\"><PackageReference Include=\"Iot.Device.Bindings\" /></ItemGroup>")]
    [InlineData("<PropertyGroup><UseNuGetDrivers>true</UseNuGetDrivers></PropertyGroup>")]
    public void A_build_that_would_know_them_is_seen(string part) => Assert.Single(Unasked(new TreeFile("a/a.csproj", $"<Project>{part}</Project>")));

    /// <summary>Asked of MSBuild itself, which fetches nothing for it.</summary>
    [Theory]
    [InlineData("protocols/MotCua.Protocols.csproj")]
    [InlineData("edge/Devices/MotCua.Edge.Devices.csproj")]
    [InlineData("edge/Service/MotCua.Edge.csproj")]
    public void The_property_alone_brings_packages_and_files_in(string project)
    {
        var (off, on) = (Evaluate(project, "false"), Evaluate(project, "true"));
        Expect.None(Packages.Concat(Folders).Where(word => off.Contains(word, StringComparison.Ordinal)));
        Assert.Contains(Folders, folder => on.Contains(folder, StringComparison.Ordinal));
        Assert.Equal(off, Evaluate(project, asked: null));
    }

    [Fact]
    public void Only_folders_that_a_default_build_leaves_out_use_them() => Expect.None(Tree.Code.Where(file => !IsLeftOut(file)).SelectMany(Uses));

    [Fact]
    public void A_file_elsewhere_that_uses_them_is_seen() =>
        Assert.Single(Uses(new TreeFile("edge/Devices/Boards/X.cs", "using System.Device.I2c;\n")));

    [Fact]
    public void Every_project_with_such_a_folder_leaves_it_out() =>
        Expect.None(
            from project in Tree.Projects
            from folder in Folders
            where Tree.Code.Any(file => file.Path.StartsWith(project.Folder + "/", StringComparison.Ordinal) && file.Path.Contains(folder, StringComparison.Ordinal))
            where !XDocument.Parse(project.Text).Descendants("Compile").Any(compile =>
                compile.Parent!.Attribute("Condition")?.Value == Off && (compile.Attribute("Remove")?.Value.Contains(folder, StringComparison.Ordinal) ?? false))
            select $"{project.Path} compiles {folder} in every build");

    private static string Evaluate(string project, string? asked)
    {
        var (code, output) = Tree.Run(
            "dotnet", ["msbuild", project, "-nologo", "-getItem:PackageReference", "-getItem:Compile", .. asked is null ? [] : (string[])[$"-p:UseNuGetDrivers={asked}"]]);
        Assert.True(code == 0, output);
        return output;
    }

    private static IEnumerable<string> Unasked(TreeFile project)
    {
        var root = XDocument.Parse(project.Text);
        return root.Descendants("PackageReference")
            .Where(reference => Packages.Contains(reference.Attribute("Include")?.Value) && reference.Parent!.Attribute("Condition")?.Value != On)
            .Select(reference => $"{project.Path} asks for {reference.Attribute("Include")!.Value} in every build")
            .Concat(root.Descendants("UseNuGetDrivers").Where(property => property.Value != "false" || property.Attribute("Condition") is null)
                .Select(_ => $"{project.Path} switches the packages on"));
    }

    private static bool IsLeftOut(TreeFile file) => Folders.Any(folder => file.Path.Contains(folder, StringComparison.Ordinal));

    private static IEnumerable<string> Uses(TreeFile file) =>
        from line in file.Lines
        where Namespaces.Any(name => line.StartsWith(name, StringComparison.Ordinal))
        select $"{file.Path}: {line.Trim()}";
}
