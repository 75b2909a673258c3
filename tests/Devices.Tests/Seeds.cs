using FsCheck;
using FsCheck.Fluent;

namespace MotCua.Devices.Tests;

/// <summary>Runs a storm under a hundred seeds. A failure names the seed, which replays it; seeds do not shrink.</summary>
internal static class Seeds
{
    public static void ForAll(Action<int> storm) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => storm(seed)).QuickCheckThrowOnFailure();
}
