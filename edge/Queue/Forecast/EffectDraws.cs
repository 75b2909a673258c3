namespace MotCua.Edge.Queue.Forecast;

/// <summary>
/// What is not known about day, clerks and services, drawn anew for each path: a forecast that trusted its estimates would be too sure of itself, most of all
/// in the morning and for a new service.
/// </summary>
internal sealed class EffectDraws
{
    private readonly int[] serviceAt;
    private readonly int[] counterAt;
    private readonly ulong[] names;
    private readonly double[] mean;
    private readonly double[] root;
    private readonly double[] drawn;
    private readonly double[] normal;

    public EffectDraws(SceneRoom room)
    {
        var (times, scene) = (room.Memory.Times, room.Scene);
        var effects = times.Effects;
        foreach (var service in room.Services)
        {
            effects = effects.Knowing(times.Priors, service);
        }

        foreach (var counter in scene.Counters)
        {
            effects = effects.Knowing(times.Priors, counter.Id);
        }

        string[] wanted = [LogEffects.Day, .. room.Services.Select(LogEffects.NameOf).Order(StringComparer.Ordinal), .. scene.Counters.Select(counter => LogEffects.NameOf(counter.Id))];
        var kept = wanted.Where(name => effects.Names.Contains(name)).ToArray();
        var from = Array.ConvertAll(kept, name => effects.Names.IndexOf(name));
        names = Array.ConvertAll(kept, Chance.Of);
        mean = Array.ConvertAll(from, i => effects.Mean[i]);
        root = RootOf(effects, from);
        (drawn, normal) = (new double[kept.Length], new double[kept.Length]);
        serviceAt = Array.ConvertAll(room.Services, service => Array.IndexOf(kept, LogEffects.NameOf(service)));
        counterAt = [.. scene.Counters.Select(counter => Array.IndexOf(kept, LogEffects.NameOf(counter.Id)))];
        ServiceSeconds = new double[serviceAt.Length];
        CounterFactors = new double[counterAt.Length];
        Unknown = times.Priors.Median.TotalSeconds;
    }

    /// <summary>Median of each service on this path, the day's effect in it.</summary>
    public double[] ServiceSeconds { get; }

    /// <summary>Above 1 for a slow clerk.</summary>
    public double[] CounterFactors { get; }

    // For services beyond the bound on what is tracked.
    private double Unknown { get; }

    public void Draw(ulong path)
    {
        var size = mean.Length;
        for (var i = 0; i < size; i++)
        {
            normal[i] = Chance.NormalAt(Chance.Unit(Chance.Mix(path, names[i])));
            var sum = mean[i];
            for (var j = 0; j <= i; j++)
            {
                sum += root[(i * size) + j] * normal[j];
            }

            drawn[i] = sum;
        }

        for (var s = 0; s < serviceAt.Length; s++)
        {
            ServiceSeconds[s] = Math.Exp(drawn[0]) * (serviceAt[s] < 0 ? Unknown : Math.Exp(drawn[serviceAt[s]]));
        }

        for (var c = 0; c < counterAt.Length; c++)
        {
            CounterFactors[c] = counterAt[c] < 0 ? 1 : Math.Exp(drawn[counterAt[c]]);
        }
    }

    // Cholesky; rounding may leave a direction slightly below zero, which then has no spread.
    private static double[] RootOf(LogEffects effects, int[] from)
    {
        var size = from.Length;
        var lower = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = effects.Covariance[(from[i] * effects.Names.Length) + from[j]];
                for (var k = 0; k < j; k++)
                {
                    sum -= lower[(i * size) + k] * lower[(j * size) + k];
                }

                lower[(i * size) + j] = i == j ? Math.Sqrt(Math.Max(0, sum)) : lower[(j * size) + j] > 1e-9 ? sum / lower[(j * size) + j] : 0;
            }
        }

        return lower;
    }
}
