namespace MotCua.Edge.Devices.Virtual;

/// <summary>Makes the moments at which a mechanical contact changes on its way from open to closed or back.</summary>
internal static class ContactBounce
{
    private const int MostRebounds = 8;

    /// <summary>Moments from the first touch on, growing, an odd number of them: so the last change ends where the contact was going.</summary>
    /// <param name="longest">All changes lie within this time; zero gives a clean change.</param>
    public static TimeSpan[] Changes(Random random, TimeSpan longest)
    {
        var rebounds = longest > TimeSpan.Zero ? random.Next(MostRebounds + 1) : 0;
        return
        [
            TimeSpan.Zero,
            .. Enumerable.Range(0, 2 * rebounds).Select(_ => TimeSpan.FromTicks(random.NextInt64(1, longest.Ticks + 1))).Order(),
        ];
    }
}
