using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MotCua.CloudBridge.Alerts.Telling;

/// <summary>What people are told of an alert: everything as it was at that moment, so that a message which is sent late says nothing that was not so.</summary>
/// <param name="Moment"><c>announced</c>, <c>escalated</c>, <c>worsened</c>, <c>reopened</c>, <c>resolved</c> or <c>test</c>.</param>
/// <param name="Heading">The moment in Vietnamese.</param>
/// <param name="Severity"><c>notice</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Title">What it is, Vietnamese.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Harm">Whom it hurts.</param>
/// <param name="WhatToDo">One sentence or two.</param>
/// <param name="Link">Page of the alert; null where nobody said under which address pages are seen.</param>
public sealed record AlertMessage(
    long Alert, string Moment, string Heading, string Severity, string SeverityWord, string Title, string Place, DateTimeOffset Since, DateTimeOffset At, string Harm, string WhatToDo,
    IReadOnlyList<string> Centres, string? Assigned, string? Link)
{
    /// <summary>One line, for a subject.</summary>
    [JsonIgnore]
    public string Subject => $"[{SeverityWord}] {Heading}: {Title} – {Place}";

    /// <summary>A few lines for a chat or a letter.</summary>
    [JsonIgnore]
    public string Text => string.Join('\n', new[]
    {
        $"{Heading}: {Title}", Place, string.Create(CultureInfo.InvariantCulture, $"Mức: {SeverityWord} · từ {Local(Since)}"), Moment == "resolved" ? null : $"Ảnh hưởng: {Harm}",
        Moment == "resolved" ? null : $"Việc cần làm: {WhatToDo}", Assigned is null ? null : $"Đã giao: {Assigned}", Link,
    }.Where(line => line is not null));

    private static string Local(DateTimeOffset at) => at.ToOffset(WorkCalendar.Zone).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    public string ToJson() => JsonSerializer.Serialize(this, TellingJson.Default.AlertMessage);

    /// <exception cref="JsonException">It was written by another program.</exception>
    public static AlertMessage Parse(string json) => JsonSerializer.Deserialize(json, TellingJson.Default.AlertMessage) ?? throw new JsonException("null is no message.");
}

/// <summary>How messages and channels are written and read.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(AlertMessage))]
[JsonSerializable(typeof(ChannelFile))]
internal sealed partial class TellingJson : JsonSerializerContext;
