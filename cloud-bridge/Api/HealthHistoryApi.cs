using System.ComponentModel;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Api;

/// <param name="StepSeconds">What one point stands for: five minutes, or more where the range is long.</param>
/// <param name="Points">Oldest first; none for times in which nothing was heard.</param>
public sealed record HealthHistory(string Centre, long StepSeconds, IReadOnlyList<HealthPoint> Points);

/// <param name="At">Beginning, by the bridge's clock.</param>
/// <param name="Samples">Health messages heard in it.</param>
/// <param name="Pending">Events that waited for an acknowledgement.</param>
/// <param name="Temperature">Of the processor, degrees Celsius; null without a sensor.</param>
/// <param name="RoomTemperature">Degrees Celsius; null without a sensor.</param>
/// <param name="RoomHumidity">Percent; null without a sensor.</param>
public sealed record HealthPoint(
    DateTimeOffset At, long Samples, HealthRange? Pending, HealthRange? JournalKiB, HealthRange? MemoryKiB, HealthRange? DiskFreeKiB, HealthRange? Temperature, HealthRange? RoomTemperature,
    HealthRange? RoomHumidity);

public sealed record HealthRange(double Min, double Mean, double Max);

/// <summary>Health of a centre over time.</summary>
public static class HealthHistoryApi
{
    /// <summary>Points in one answer at most: a week of five minutes.</summary>
    public const int MostPoints = 2016;

    private const double Tenth = 0.1;

    private static readonly TimeSpan Unless = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3700);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/centres/{id}/health", Read)
        .WithName("GetHealth").WithTags("Centres").WithSummary("Health of a centre over time")
        .WithDescription("Least, mean and most of each figure in steps of five minutes; in longer steps where the range has more than 2,016 of them.")
        .Produces<HealthHistory>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);

    private static IResult Read(
        [Description("Id of the centre, as in its topics.")] string id,
        [Description("RFC 3339; a day ago unless told.")] DateTimeOffset? from,
        [Description("RFC 3339; now unless told.")] DateTimeOffset? to,
        FleetView fleet, IBridgeStore store, TimeProvider time)
    {
        if (!CentreId.IsValid(id) || !fleet.Knows(new CentreId(id)))
        {
            return Results.Problem($"Chưa có trung tâm «{(id.Length <= 32 ? id : id[..32])}» nào kết nối về tỉnh.", statusCode: StatusCodes.Status404NotFound, title: "Không tìm thấy");
        }

        var end = to ?? time.GetUtcNow();
        var begin = from ?? (end - DateTimeOffset.MinValue > Unless ? end - Unless : DateTimeOffset.MinValue);
        if (begin >= end || end - begin > Longest)
        {
            return Results.Problem("from phải trước to, và không quá mười năm.", statusCode: StatusCodes.Status400BadRequest, title: "Yêu cầu chưa đúng");
        }

        var step = HealthSlot.Length * Math.Ceiling((end - begin) / HealthSlot.Length / MostPoints);
        var slots = store.Health.Read(new CentreId(id), begin, end, step);
        return Results.Ok(new HealthHistory(id, (long)step.TotalSeconds, [.. slots.Take(MostPoints + 1).Select(Describe)]));
    }

    private static HealthPoint Describe(HealthSlot slot) => new(
        slot.Slot, slot.Pending.Count, Range(slot.Pending, 1), Range(slot.JournalKiB, 1), Range(slot.MemoryKiB, 1), Range(slot.DiskFreeKiB, 1), Range(slot.Temperature, Tenth),
        Range(slot.RoomTemperature, Tenth), Range(slot.RoomHumidity, Tenth));

    private static HealthRange? Range(Measure measure, double unit) =>
        measure.Mean is { } mean ? new HealthRange(Math.Round(measure.Min * unit, 1), Math.Round(mean * unit, 1), Math.Round(measure.Max * unit, 1)) : null;
}
