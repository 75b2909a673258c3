using System.Buffers;
using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Api;

/// <summary>Reads of centres and their logs. Errors are problem details (RFC 9457).</summary>
public static class CentresApi
{
    public const int MaxEvents = 500;

    private const int DefaultEvents = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        var centres = app.MapGroup("/api/centres").WithTags("Centres");
        centres.MapGet("/", List)
            .WithName("ListCentres").WithSummary("All centres, worst first").WithDescription("Every centre that the bridge ever heard of, with its state, its devices in trouble and its newest event.");
        centres.MapGet("/{id}", Find)
            .WithName("GetCentre").WithSummary("One centre").WithDescription("State, devices with what to do about their faults, health, replicated journals and newest events.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        centres.MapGet("/{id}/events", Events)
            .WithName("ListEvents").WithSummary("Events of a centre").WithDescription("The replicated log, bit for bit, in the order in which the bridge committed it. Polling with `next` misses nothing.")
            .Produces<EventList>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static CentreList List(FleetView fleet, TimeProvider time) => new(time.GetUtcNow(), fleet.ChangedSince(0, out _));

    private static Results<Ok<CentreDetail>, ProblemHttpResult> Find([Description("Id of the centre, as in its topics.")] string id, FleetView fleet) =>
        CentreId.IsValid(id) && fleet.Find(new CentreId(id)) is { } centre ? TypedResults.Ok(centre) : Unknown(id);

    private static IResult Events(
        [Description("Id of the centre, as in its topics.")] string id,
        [Description("`next` of the page before; leave out to start with the first event.")] string? after,
        [Description("1 to 500 events; 100 unless told.")] int? limit,
        FleetView fleet,
        IBridgeStore store)
    {
        if (!CentreId.IsValid(id) || !fleet.Knows(new CentreId(id)))
        {
            return Unknown(id);
        }

        var position = EventPosition.Start;
        if (!string.IsNullOrEmpty(after) && !EventPosition.TryParse(after, out position))
        {
            return TypedResults.Problem("after is the next of an earlier page, such as 812.40.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (limit is < 1 or > MaxEvents)
        {
            return TypedResults.Problem($"limit is 1 to {MaxEvents}.", statusCode: StatusCodes.Status400BadRequest);
        }

        var page = store.ReadEvents(new CentreId(id), position, limit ?? DefaultEvents);
        return TypedResults.Bytes(Write(id, page), "application/json");
    }

    private static ProblemHttpResult Unknown(string id) =>
        TypedResults.Problem($"No centre '{(id.Length <= 32 ? id : id[..32])}' ever spoke to this bridge.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Writes the page by hand, since a parsed and rewritten event is no longer the bytes that were hashed.</summary>
    private static ReadOnlyMemory<byte> Write(string id, EventPage page)
    {
        var output = new ArrayBufferWriter<byte>(page.Events.Sum(one => one.Length + 1) + 256);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("centre"u8, id);
        json.WriteStartArray("events"u8);
        foreach (var one in page.Events)
        {
            json.WriteRawValue(one.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteString("next"u8, page.Next.ToString());
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }
}
