using System.Text.Json;
using System.Text.Json.Serialization;
using MotCua.Edge.Journal;
using MotCua.Edge.Queue.Forecast;

namespace MotCua.Edge.Outlook;

/// <summary>What forecasts have learned, beside the journal. It can be lost: forecasts then say less for some days.</summary>
/// <param name="unusable">Told why a file was not taken or not written.</param>
internal sealed class MemoryFile(IJournalFolder folder, Action<string> unusable)
{
    /// <summary>Name in the journal's folder.</summary>
    public const string Name = "forecast-memory.json";

    private const int MaxBytes = 1024 * 1024;

    public ForecastMemory Load()
    {
        try
        {
            if (folder.List().Contains(Name))
            {
                using var file = folder.Open(Name);
                var bytes = new byte[(int)Math.Min(file.Length, MaxBytes)];
                return JsonSerializer.Deserialize(bytes.AsSpan(0, file.Read(0, bytes)), MemoryJson.Default.ForecastMemory) is { } memory && IsWhole(memory)
                    ? memory : throw new InvalidDataException("It does not hold a whole memory.");
            }
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidDataException or ArgumentException or NotSupportedException)
        {
            unusable($"What forecasts had learned cannot be read and begins anew: {e.Message}");
        }

        return ForecastMemory.Start(ForecastPriors.Usual);
    }

    public void Save(ForecastMemory memory)
    {
        try
        {
            folder.Replace(Name, JsonSerializer.SerializeToUtf8Bytes(memory, MemoryJson.Default.ForecastMemory));
        }
        catch (IOException e)
        {
            unusable($"What forecasts have learned cannot be kept: {e.Message}");
        }
    }

    private static bool IsWhole(ForecastMemory memory)
    {
        var size = memory.Times.Effects.Names.Length;
        return size is >= 1 and <= LogEffects.Most && memory.Times.Effects.Mean.Length == size && memory.Times.Effects.Covariance.Length == size * size
            && memory.Times.Absent.ByWait.Length == AbsentHabits.None.ByWait.Length && memory.Calibration.Hours.Length == Calibration.None.Hours.Length
            && memory.Arrivals.Usual.Length == ArrivalHabits.None.Usual.Length && memory.Arrivals.Today.Length == ArrivalHabits.None.Today.Length;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ForecastMemory))]
internal sealed partial class MemoryJson : JsonSerializerContext;
