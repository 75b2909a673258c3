using System.Globalization;
using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Health;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Pages;

/// <summary>What the buttons went through, for the ageing report and for whoever looks for a worn contact.</summary>
internal static class ButtonApi
{
    private static readonly TimeSpan Local = TimeSpan.FromHours(7);

    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        api.MapGet("/devices/buttons", () => Results.Ok(Uses(centre.Buttons.Ledger.Now)))
            .WithSummary("How much each button was used since its installation").Produces<ButtonUses>();
        api.MapGet("/devices/{id}/edges", (string id) => Edges(centre, id))
            .WithSummary("The newest raw edges of a button's line, and those at the begin of its last fault")
            .WithDescription("At most 64 each, with the kernel's stamps. Those of a fault are kept until the next one or a restart.")
            .Produces<ButtonEdges>().ProducesProblem(404);
    }

    private static ButtonUses Uses(IReadOnlyCollection<ButtonCount> all) => new(
        [.. all.Select(one => new ButtonUse(one.Device, one.Presses, one.Holds, one.Bounces, one.LastAt, one.OthersSince, ButtonLedger.IsQuiet(one, all) ? Hint(one) : null))]);

    private static string Hint(ButtonCount one) =>
        $"Chưa thấy bấm {(one.LastAt is { } last ? $"từ {last.ToOffset(Local).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture)}" : "lần nào từ khi lắp")}; các nút khác đã được bấm {one.OthersSince} lần. Nên bấm thử một lần.";

    private static IResult Edges(EdgeCentre centre, string id)
    {
        if (!DeviceId.IsValid(id) || centre.Hall.EdgesOf(new DeviceId(id)) is not { } kept)
        {
            return LabApi.Unknown(id);
        }

        return Results.Ok(new ButtonEdges(id, Describe(kept.Now, centre.Time), kept.AtFault is { } fault ? Describe(fault, centre.Time) : null));
    }

    private static EdgeTrainAnswer Describe(EdgeRecord kept, TimeProvider time) => new(
        kept.Fault?.Value, Math.Round(time.GetElapsedTime(kept.At).TotalSeconds, 1),
        [.. kept.Edges.Select(edge => new RawEdge(Math.Round(time.GetElapsedTime(kept.Edges[0].Timestamp, edge.Timestamp).TotalMicroseconds, 1), edge.Active, edge.LineSequence))]);
}

public sealed record ButtonUses(IReadOnlyList<ButtonUse> Buttons);

/// <param name="Presses">Short presses since the installation.</param>
/// <param name="Holds">Held presses.</param>
/// <param name="Bounces">Edges that made no lasting change; many for each press mean a worn contact.</param>
/// <param name="LastAt">Wall time of the last press; null when there was none.</param>
/// <param name="OthersSince">Presses of the other buttons since then.</param>
/// <param name="Hint">Vietnamese; null unless the button has been left alone far longer than usual. No fault: it may simply not be needed.</param>
public sealed record ButtonUse(string Device, long Presses, long Holds, long Bounces, DateTimeOffset? LastAt, long OthersSince, string? Hint);

/// <param name="AtFault">Null when the button had no fault since the start.</param>
public sealed record ButtonEdges(string Device, EdgeTrainAnswer Now, EdgeTrainAnswer? AtFault);

/// <param name="Fault">Code of the fault at whose begin they were kept; null for those of now.</param>
/// <param name="AgeSeconds">Since they were kept.</param>
/// <param name="Edges">Oldest first.</param>
public sealed record EdgeTrainAnswer(string? Fault, double AgeSeconds, IReadOnlyList<RawEdge> Edges);

/// <param name="Micros">Microseconds since the first edge of the list, by the kernel's stamps.</param>
/// <param name="Active">Level after the edge.</param>
/// <param name="Sequence">Of the line, from 1; a hole means that edges were lost.</param>
public sealed record RawEdge(double Micros, bool Active, long Sequence);
