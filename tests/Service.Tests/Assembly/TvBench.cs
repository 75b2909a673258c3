namespace MotCua.Edge.Assembly.Tests;

/// <summary>Centres with televisions.</summary>
internal static class TvBench
{
    public const string Code = "a1b2c3";

    public const string One = $"{{ id: tv-sanh, code: {Code} }}";

    public static string Yaml(params string[] tvs) => Into(TestCentre.Yaml, tvs);

    public static string Into(string yaml, params string[] tvs) =>
        yaml.Replace("  boards:\n", $"  tvs:\n{string.Concat(tvs.Select(tv => $"    - {tv}\n"))}  boards:\n", StringComparison.Ordinal);

    /// <summary>What its page would say.</summary>
    public static int Sees(this TestCentre centre, params long[] calls) => centre.Centre.Hall.Tvs[0].Screen.Seen(calls);
}
