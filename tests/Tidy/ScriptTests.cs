using System.Text.RegularExpressions;
using Xunit;

namespace MotCua.Tidy;

/// <summary>The scripts that people start, and the papers that tell people to.</summary>
public sealed partial class ScriptTests
{
    [Fact]
    public void Every_script_can_be_started() =>
        Expect.None(Started.Where(script => !File.GetUnixFileMode(Tree.Full(script.Path)).HasFlag(UnixFileMode.UserExecute)).Select(script => script.Path));

    [Fact]
    public void The_promised_scripts_are_there() =>
        Assert.Subset(Started.Select(s => s.Path).ToHashSet(), new HashSet<string>(["run", "test", ".ci/run", "systemd/install.sh", "systemd/uninstall.sh"]));

    [Fact]
    public void Every_script_stops_at_the_first_error() =>
        Expect.None(Started.Where(script => !script.Text.Contains("set -euo pipefail", StringComparison.Ordinal)).Select(script => script.Path));

    [Fact]
    public void Bash_reads_every_script() => Expect.None(Shell.Select(script => Tree.Run("bash", "-n", Tree.Full(script.Path))).Where(r => r.Code != 0).Select(r => r.Output));

    [Fact]
    public void Shellcheck_has_no_warning()
    {
        var (code, output) = Tree.Run("shellcheck", ["--severity=warning", "--external-sources", "--source-path=SCRIPTDIR", .. Started.Select(script => script.Path)]);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void Every_command_in_the_papers_works() => Expect.None(Papers.SelectMany(Complaints));

    [Theory]
    [InlineData("./nothing")]
    [InlineData("./run --fly")]
    [InlineData("./test --state x")]
    [InlineData("./test no-such-suite")]
    [InlineData("dotnet publish edge/No.csproj")]
    [InlineData("sudo systemd/install.sh --gateway x")]
    public void A_command_that_nothing_backs_is_seen(string command) => Assert.Single(Complaints(new TreeFile("README.md", $"```sh\n{command}\n```\n")));

    [Theory]
    [InlineData("./run --check")]
    [InlineData("./test queue   # one suite")]
    [InlineData("apt-get install git")]
    public void A_command_that_works_is_let_through(string command) => Expect.None(Complaints(new TreeFile("README.md", $"```sh\n{command}\n```\n")));

    [Fact]
    public void Every_link_in_the_papers_leads_somewhere() =>
        Expect.None(
            from paper in Papers
            from Match link in Link().Matches(paper.Text)
            let target = Path.Combine(paper.Folder, link.Groups["target"].Value)
            where !File.Exists(Tree.Full(target)) && !Directory.Exists(Tree.Full(target))
            select $"{paper.Path} → {target}");

    [Fact]
    public void Every_test_project_is_a_suite_of_test()
    {
        var suites = Tree.Find("scripts/suites.sh").Text;
        Expect.None(
            Tree.Projects.Where(project => project.Text.Contains("\"xunit.v3\"", StringComparison.Ordinal) && !suites.Contains($"]={project.Path}\n", StringComparison.Ordinal)).Select(p => p.Path));
    }

    private static IEnumerable<TreeFile> Shell => Tree.Files.Where(file => file.Text.StartsWith("#!/usr/bin/env bash", StringComparison.Ordinal) || file.Is(".sh"));

    private static IEnumerable<TreeFile> Started => Shell.Where(file => file.Text.StartsWith("#!", StringComparison.Ordinal));

    private static IEnumerable<TreeFile> Papers => Tree.Files.Where(file => file.Is(".md"));

    private static IEnumerable<string> Complaints(TreeFile paper) =>
        from Match block in Block().Matches(paper.Text)
        from line in block.Groups["lines"].Value.Split('\n')
        let words = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word == "sudo").ToArray()
        where words.Length > 0
        from complaint in IsOurs().IsMatch(words[0])
            ? Judge(words[0], words[1..])
            : words.Where(word => word.EndsWith(".csproj", StringComparison.Ordinal) && !File.Exists(Tree.Full(word))).Select(word => $"no project {word}")
        select $"{paper.Path}: {line.Trim()}: {complaint}";

    private static IEnumerable<string> Judge(string command, string[] words)
    {
        var file = Tree.Full(command);
        if (!File.Exists(file) || !File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute))
        {
            return [$"no executable file {command}"];
        }

        if (words.Length == 0)
        {
            return [];
        }

        var help = Tree.Run(file, "--help").Output;
        var flags = words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Where(flag => !help.Contains(flag, StringComparison.Ordinal));
        var suites = Path.GetFileName(command) == "test" ? words.Where(word => word[0] != '-' && !help.Contains(word, StringComparison.Ordinal)) : [];
        return flags.Concat(suites).Take(1).Select(word => $"its --help does not know {word}");
    }

    [GeneratedRegex(@"^```(sh|bash)\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(\./|systemd/|\.ci/)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IsOurs();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<target>[^)#\s]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
