using System.Text;
using MotCua.Testing;

namespace MotCua.Protocols.Tests.Documents;

/// <summary>Files under <c>protocols/</c> that the code must reproduce. With <c>UPDATE_GOLDEN=1</c> they are written anew, to be read in the diff.</summary>
internal static class Golden
{
    public static string Root => SourceTree.Root;

    public static string Protocols => Path.Combine(Root, "protocols");

    /// <param name="path">Below <c>protocols/</c>. The file has one line feed more than <paramref name="bytes"/>.</param>
    public static void Holds(string path, ReadOnlySpan<byte> bytes)
    {
        var file = Path.Combine(Protocols, path);
        byte[] made = [.. bytes, (byte)'\n'];
        if (SourceTree.IsUpdated)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, made);
        }

        Assert.True(File.Exists(file), $"{path} is missing; UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(Encoding.UTF8.GetString(File.ReadAllBytes(file)), Encoding.UTF8.GetString(made));
    }

    public static byte[] Example(string name) => File.ReadAllBytes(Path.Combine(Protocols, "examples", $"{name}.json")).AsSpan().TrimEnd((byte)'\n').ToArray();
}
