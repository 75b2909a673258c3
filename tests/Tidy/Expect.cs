using Xunit;

namespace MotCua.Tidy;

/// <summary>Fails with every complaint in full, so that one run is enough to mend the tree.</summary>
internal static class Expect
{
    public static void None(IEnumerable<string> complaints)
    {
        var all = complaints.ToList();
        Assert.True(all.Count == 0, $"{all.Count} complaints:\n{string.Join('\n', all)}");
    }
}
