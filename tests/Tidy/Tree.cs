using System.Diagnostics;

namespace MotCua.Tidy;

/// <summary>A file of the tree: path from the root with '/', and its text.</summary>
internal sealed record TreeFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public string[] Lines { get; } = Text.Split('\n');

    public bool Is(params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (Path.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The tree as a newcomer gets it: what git holds, and what is new and not ignored.</summary>
internal static class Tree
{
    private static readonly string[] Pictures = [".png", ".jpg", ".wav", ".db", ".bin"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<TreeFile> Files { get; } =
    [
        .. Run("git", "ls-files", "--cached", "--others", "--exclude-standard").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => !Pictures.Contains(Path.GetExtension(path)) && File.Exists(Path.Combine(Root, path)))
            .Select(path => new TreeFile(path, File.ReadAllText(Path.Combine(Root, path)))),
    ];

    public static IEnumerable<TreeFile> Code => Files.Where(file => file.Is(".cs"));

    public static IEnumerable<TreeFile> Projects => Files.Where(file => file.Is(".csproj"));

    public static TreeFile Find(string path) => Files.FirstOrDefault(file => file.Path == path) ?? throw new FileNotFoundException($"The tree has no {path}.");

    public static string Full(string path) => Path.Combine(Root, path);

    /// <summary>Runs a program in the root; its output and what it complained about.</summary>
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + complaints.GetAwaiter().GetResult());
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "edge.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("edge.sln is in no folder above the tests.");
    }
}
