using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MotCua.Edge.Assembly;

namespace MotCua.Edge.Pages;

/// <summary>Tells which television a code belongs to. Whoever guesses has one try a second, so that six figures last for days.</summary>
internal sealed class TvPairing(ImmutableArray<HallTv> tvs, TimeProvider time)
{
    public static readonly TimeSpan BetweenGuesses = TimeSpan.FromSeconds(1);

    /// <summary>More machines than a hall has. When more guess at once, all of them wait for each other.</summary>
    private const int MostGuessers = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, long> wrong = [];

    /// <param name="from">The machine that asks.</param>
    /// <returns>The television; null for a wrong code. <c>TooSoon</c>: the code was not looked at.</returns>
    public (HallTv? Tv, bool TooSoon) Find(string code, IPAddress from)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (wrong.TryGetValue(from, out var last) && time.GetElapsedTime(last, now) < BetweenGuesses)
            {
                return (null, true);
            }

            var bytes = Encoding.UTF8.GetBytes(code.Length <= Configuration.TvOptions.LongestCode ? code : "");
            if (tvs.FirstOrDefault(tv => CryptographicOperations.FixedTimeEquals(bytes, Encoding.UTF8.GetBytes(tv.Options.Code))) is { } found)
            {
                return (found, false);
            }

            if (wrong.Count >= MostGuessers)
            {
                Forget(now);
            }

            if (wrong.Count >= MostGuessers)
            {
                return (null, true);
            }

            wrong[from] = now;
            return (null, false);
        }
    }

    private void Forget(long now)
    {
        foreach (var (who, _) in wrong.Where(one => time.GetElapsedTime(one.Value, now) >= BetweenGuesses).ToList())
        {
            wrong.Remove(who);
        }
    }
}
