using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.Snapshots;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;

namespace MotCua.Protocols.Tests.Documents;

/// <summary>JSON Schemas (draft 7, the one AsyncAPI builds on) of everything on the wire, out of the records.</summary>
internal static class Schemas
{
    private const string Decimal = "^(0|[1-9][0-9]{0,18})$";

    private static readonly JsonSerializerOptions Reflected = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions Printing = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Name of the file, without <c>.json</c>, and the schema.</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> All()
    {
        foreach (var type in EventTypes.All)
        {
            yield return (type, Event(type, Of(EventTypes.InfoOf(type)!)));
        }

        yield return ("evt", Batch());
        yield return ("state", Titled("up/state, retained; also the will", Of(StateJson.Default.StateMessage)));
        yield return ("birth", Titled("up/birth, retained", Of(StateJson.Default.BirthMessage)));
        yield return ("dev", Titled("up/dev/{id}, retained", Of(StateJson.Default.DeviceMessage)));
        yield return ("health", Titled("up/health", Of(StateJson.Default.HealthMessage)));
        yield return ("cmd", Claims());
        yield return ("cfg", Titled("Claims of down/cfg, a JWT with typ cfg+jwt and alg ES256", Of(Like(typeof(ConfigurationClaims)))));
        yield return ("res", Titled("up/res/{id}", Of(AnswerJson.Default.CommandAnswer)));
        yield return ("snap", Titled("What stands before the JPEG on up/snap/{id}", Of(SnapshotJson.Default.SnapshotHead)));
        foreach (var kind in CommandKinds.All)
        {
            yield return ($"command.{kind}", Titled($"Body of the command {kind}", Of(CommandKinds.InfoOf(kind)!)));
        }

        yield return ("ack", Titled("Claims of down/ack, a JWT with typ ack+jwt and alg ES256", Of(Like(typeof(AckClaims)))));
    }

    public static byte[] Print(JsonObject schema) => System.Text.Encoding.UTF8.GetBytes(schema.ToJsonString(Printing));

    /// <summary>How a record whose own context is internal is written.</summary>
    public static JsonTypeInfo Like(Type record) => Reflected.GetTypeInfo(record);

    private static JsonObject Of(JsonTypeInfo info) =>
        (JsonObject)info.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });

    private static JsonObject Titled(string title, JsonObject schema)
    {
        schema.Insert(0, "title", title);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        return schema;
    }

    private static JsonObject Claims()
    {
        var schema = Of(Like(typeof(CommandClaims)));
        schema["properties"]!["body"] = new JsonObject { ["type"] = "object" };
        return Titled("Claims of down/cmd, a JWT with typ cmd+jwt and alg ES256", schema);
    }

    private static JsonObject Event(string type, JsonObject data) => Titled($"Event {type}", Envelope(new JsonObject { ["const"] = type }, data));

    private static JsonObject Batch() => Titled("up/evt: events of one journal in a row", Object(
        optional: ["gap"],
        ("epoch", Text("^[0-9a-f]{16}$")),
        ("from", Text(Decimal)),
        ("prev", Text("^[0-9a-f]{64}$")),
        ("gap", Object([], ("from", Text(Decimal)), ("to", Text(Decimal)), ("hash", Text("^[0-9a-f]{64}$")))),
        ("events", new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["maxItems"] = EventBatch.MaxEvents,
            ["items"] = Envelope(new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 64 }, new JsonObject { ["type"] = "object" }),
        })));

    private static JsonObject Envelope(JsonObject type, JsonObject data) => Object(
        [],
        ("specversion", new JsonObject { ["const"] = "1.0" }),
        ("id", Text("^[0-9a-f]{16}\\.[1-9][0-9]{0,18}$")),
        ("source", Text("^/centres/[a-z][a-z0-9-]{1,31}$")),
        ("type", type),
        ("time", new JsonObject { ["type"] = "string", ["format"] = "date-time" }),
        ("seq", Text(Decimal)),
        ("mono", Text(Decimal)),
        ("boot", Text("^.{1,36}$")),
        ("clk", new JsonObject { ["enum"] = new JsonArray("unsynced", "holdover", "synced") }),
        ("data", data));

    private static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject Object(string[] optional, params ReadOnlySpan<(string Name, JsonObject Schema)> fields)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var (name, schema) in fields)
        {
            properties[name] = schema;
            if (!optional.Contains(name))
            {
                required.Add(name);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }
}
