using System.Globalization;
using System.Text;
using MotCua.Edge.Queue.Forecast;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Queue.Tests.Forecast;

/// <summary>
/// Forecasts of random scenes and what a memory has become, kept as text. A formula that changes shows here line by line; whether it changed for the better,
/// the bench tells. With <c>UPDATE_GOLDEN=1</c> the text is written anew, to be read in the diff.
/// </summary>
/// <remarks>In whole seconds and thousandths, so that the last bit of a logarithm on another processor is none of its business.</remarks>
public sealed class ForecastGoldenTests
{
    private const string Name = "forecasts.txt";

    [Fact]
    public void Forecasts_are_what_they_were()
    {
        var text = new StringBuilder();
        Rooms(text);
        Habits(text);
        if (SourceTree.IsUpdated)
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, "tests", "Queue.Tests", "Forecast", "golden", Name), text.ToString());
            return;
        }

        var kept = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Forecast", "golden", Name));
        Assert.Equal(kept, text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Rooms(StringBuilder text)
    {
        for (var seed = 1; seed <= 24; seed++)
        {
            var random = new Random(seed);
            var scene = Forecast.Rooms.Any(random);
            var memory = Lived(Forecast.Rooms.Learned(Forecast.Rooms.Known, random, priority: seed % 3 == 0 ? 0 : 4), random);
            text.Append(CultureInfo.InvariantCulture, $"room {seed} at {Clock(scene.Now)}:");
            foreach (var said in WaitForecaster.OfAll(scene, memory, (ulong)seed))
            {
                text.Append(' ').Append(said switch
                {
                    WaitRange range => string.Create(CultureInfo.InvariantCulture, $"{range.Lower.TotalSeconds:0}-{range.Upper.TotalSeconds:0}"),
                    CalledAtOnce => "at-once",
                    Silent silent => silent.Reason.ToString(),
                    _ => "?",
                });
            }

            text.Append('\n');
        }
    }

    // What a memory has become after weeks, in numbers.
    private static void Habits(StringBuilder text)
    {
        var random = new Random(7);
        var memory = Lived(Lived(Forecast.Rooms.Learned(Forecast.Rooms.Known, random, priority: 4), random), random);
        foreach (var count in memory.Times.Absent.ByWait)
        {
            text.Append(CultureInfo.InvariantCulture, $"absent {count.Absent:0.000} of {count.Calls:0.000}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"pauses {memory.PauseCount:0.000} in {memory.BusyHours:0.000} h\n");
    }

    // Some who did not come, pauses, late returns, ranges that were judged.
    private static ForecastMemory Lived(ForecastMemory memory, Random random)
    {
        for (var n = 0; n < 120; n++)
        {
            var service = Forecast.Rooms.Services[random.Next(3)];
            var wait = Forecast.Rooms.Minutes(5 + (120 * random.NextDouble()));
            memory = (n % 6) switch
            {
                0 => memory.NotThere(wait, TimeSpan.FromSeconds(40 + (80 * random.NextDouble()))),
                1 => memory.Paused(Forecast.Rooms.Minutes(2 + (20 * random.NextDouble()))),
                2 => memory.Returned(TimeSpan.FromSeconds(300 * random.NextDouble())),
                3 => memory.Served(service, new CounterId(1 + random.Next(4)), wait, Forecast.Rooms.Minutes(2 + (12 * random.NextDouble()))),
                4 => memory.Issued(service, Forecast.Rooms.Minutes(random.Next(2) * 30), Forecast.Rooms.At(7.5 + (9 * random.NextDouble()))),
                _ => memory.Judged(service, Forecast.Rooms.At(7.5 + (9 * random.NextDouble())), new WaitRange(wait * 0.7, wait * (1 + (0.6 * random.NextDouble()))), wait),
            };
            memory = n % 40 == 39 ? memory.NextDay() : memory;
        }

        return memory;
    }

    private static string Clock(TimeSpan time) => time.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
}
