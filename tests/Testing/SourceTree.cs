namespace MotCua.Testing;

/// <summary>The checkout that the tests were built from, for files that the code must reproduce.</summary>
public static class SourceTree
{
    /// <summary>The folder of <c>edge.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>Whether such files are to be written anew (<c>UPDATE_GOLDEN=1</c>), to be read in the diff.</summary>
    public static bool IsUpdated => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "edge.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("edge.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
