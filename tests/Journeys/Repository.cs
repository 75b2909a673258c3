using MotCua.Testing;

namespace MotCua.Journeys;

/// <summary>Files of the repository that the journeys read and write.</summary>
internal static class Repository
{
    public static string File(params string[] parts) => Path.Combine([SourceTree.Root, .. parts]);

    /// <summary>Where pictures of the journeys go; not kept in version control.</summary>
    public static string Picture(string name) => File("artifacts", "journeys", $"{name}.png");
}
