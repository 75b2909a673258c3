using MotCua.Edge.Devices.Virtual.Pictures;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Boards;

/// <summary>Pictures under <c>golden/</c> that the code must reproduce pixel by pixel. With <c>UPDATE_GOLDEN=1</c> they are written anew, to be looked at.</summary>
internal static class GoldenPicture
{
    /// <param name="part">Folder of the tests, beside whose <c>golden/</c> the pictures lie.</param>
    public static void Holds(string name, Picture made, string part = "Boards")
    {
        var folder = Path.Combine(SourceTree.Root, "tests", "Devices.Tests", part, "golden");
        var file = Path.Combine(folder, $"{name}.png");
        if (SourceTree.IsUpdated)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(file, PngFile.Write(made));
        }

        Assert.True(File.Exists(file), $"{file} is missing; UPDATE_GOLDEN=1 writes it.");
        var kept = PngFile.Read(File.ReadAllBytes(file));
        Assert.Equal((kept.Width, kept.Height), (made.Width, made.Height));
        var different = Enumerable.Range(0, made.Width * made.Height).Count(at => kept[at % made.Width, at / made.Width] != made[at % made.Width, at / made.Width]);
        Assert.True(different == 0, $"{name}: {different} pixels differ from the picture that is kept.");
    }
}
