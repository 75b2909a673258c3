namespace MotCua.Edge.Queue.Forecast;

/// <summary>Chance without a stream: a draw depends on what it is for and not on what was drawn before. So one more ticket in the room changes no draw of the others.</summary>
internal static class Chance
{
    /// <remarks>The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).</remarks>
    public static ulong Mix(ulong seed, ulong what)
    {
        var z = seed + ((what + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A draw's place in the world of names. Not <see cref="string.GetHashCode()"/>, which differs from start to start.</summary>
    public static ulong Of(string name)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return hash;
    }

    /// <summary>0 to 1, without both.</summary>
    public static double Unit(ulong draw) => ((draw >> 12) + 0.5) / (1UL << 52);

    /// <summary>Where a standard normal draw lies under with the chance <paramref name="share"/>.</summary>
    /// <param name="share">0 to 1, without both.</param>
    /// <remarks>Abramowitz and Stegun, 26.2.23: error below 0.00045, far below what is known about any service.</remarks>
    public static double NormalAt(double share)
    {
        var t = Math.Sqrt(-2 * Math.Log(Math.Min(share, 1 - share)));
        var z = t - ((2.515517 + (t * (0.802853 + (t * 0.010328)))) / (1 + (t * (1.432788 + (t * (0.189269 + (t * 0.001308)))))));
        return share < 0.5 ? -z : z;
    }
}
