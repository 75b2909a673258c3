using MotCua.Testing;

namespace MotCua.Journeys;

/// <summary>Files of the repository that the journeys read and write.</summary>
internal static class Repository
{
    public static string File(params string[] parts) => Path.Combine([SourceTree.Root, .. parts]);

    /// <summary>A script that is put into pages.</summary>
    public static string Script(params string[] parts) => System.IO.File.ReadAllText(File(["tests", "Journeys", .. parts]));

    /// <summary>Where pictures of the journeys go; not kept in version control.</summary>
    public static string Picture(string name) => File("artifacts", "journeys", $"{name}.png");
}
