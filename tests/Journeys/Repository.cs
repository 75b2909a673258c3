namespace MotCua.Journeys;

/// <summary>Files of the repository that the journeys read and write.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Where pictures of the journeys go; not kept in version control.</summary>
    public static string Picture(string name) => File("artifacts", "journeys", $"{name}.png");

    private static string FindRoot(DirectoryInfo? folder)
    {
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "edge.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The journeys run inside the repository.");
    }
}
