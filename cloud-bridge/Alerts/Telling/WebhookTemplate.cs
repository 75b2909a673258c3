using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace MotCua.CloudBridge.Alerts.Telling;

/// <summary>How a webhook puts a message. Data: a chat tool that nobody foresaw is a few lines in the file of channels.</summary>
/// <param name="Body">JSON with places such as <c>"{text}"</c> inside its strings; what is put there is escaped. Null: the whole message as JSON.</param>
/// <param name="Headers">With the same places.</param>
/// <param name="Expect">Member of the answer that says whether it was taken, and its value, such as <c>ok=true</c>; null: any 2xx is enough.</param>
public sealed record WebhookTemplate(string? Body = null, IReadOnlyDictionary<string, string>? Headers = null, string? Expect = null)
{
    /// <summary>A chat tool shows no more.</summary>
    private const int MostText = 2000;

    private const int MostBody = 16 * 1024;

    private static readonly FrozenSet<string> OwnHeaders =
        new[] { "content-type", "content-length", "host", "connection", "transfer-encoding" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Forms that the makers of chat tools have published.</summary>
    public static FrozenDictionary<string, WebhookTemplate> Known { get; } = new Dictionary<string, WebhookTemplate>(StringComparer.Ordinal)
    {
        ["json"] = new(),
        // Incoming webhooks of Slack; Mattermost and Rocket.Chat take the same.
        ["slack"] = new("""{"text":"{text}"}"""),
        // Bot API, sendMessage: https://api.telegram.org/bot<token>/sendMessage; answers {"ok":true,…}.
        ["telegram"] = new("""{"chat_id":"{chat}","text":"{text}","disable_notification":false}""", Expect: "ok=true"),
        // Official Account API v3.0, message/cs: the token stands in a header and lives for a day; answers 200 with an error of its own.
        ["zalo-oa"] = new("""{"recipient":{"user_id":"{chat}"},"message":{"text":"{text}"}}""", new Dictionary<string, string>(StringComparer.Ordinal) { ["access_token"] = "{token}" }, "error=0"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>What is wrong with it; null when it can be used.</returns>
    public string? Problem()
    {
        if (Body?.Length > MostBody)
        {
            return $"more than {MostBody} characters.";
        }

        if (Headers?.FirstOrDefault(header => OwnHeaders.Contains(header.Key) || header.Key.Length == 0 || !header.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')) is { Key: { } wrong })
        {
            return $"header '{wrong}' cannot be set.";
        }

        try
        {
            if (Body is not null)
            {
                JsonDocument.Parse(Body).Dispose();
            }

            return null;
        }
        catch (JsonException e)
        {
            return $"body is no JSON: {e.Message}";
        }
    }

    public string Fill(AlertMessage message, WebhookChannel channel) => Body is null ? message.ToJson() : Replace(Body, message, channel, JsonEscape);

    public IEnumerable<(string Name, string Value)> HeadersFor(AlertMessage message, WebhookChannel channel) =>
        (Headers ?? FrozenDictionary<string, string>.Empty).Select(header => (header.Key, Replace(header.Value, message, channel, Printable)));

    /// <summary>Whether an answer with a good status says that the message was taken.</summary>
    public bool IsTaken(ReadOnlySpan<byte> answer)
    {
        if (Expect is not { } expect)
        {
            return true;
        }

        var (name, value) = (expect.Split('=')[0], expect[(expect.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        try
        {
            var reader = new Utf8JsonReader(answer);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var said) && said.ToString().Equals(value, StringComparison.OrdinalIgnoreCase);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Replace(string form, AlertMessage message, WebhookChannel channel, Func<string, string> escape)
    {
        // One pass, so that a centre which calls itself {token} is told as that.
        var filled = new StringBuilder(form.Length + 512);
        for (var i = 0; i < form.Length; i++)
        {
            var end = form[i] == '{' ? form.IndexOf('}', i) : -1;
            if (end > i && ValueOf(form[(i + 1)..end], message, channel) is { } value)
            {
                filled.Append(escape(value));
                i = end;
            }
            else
            {
                filled.Append(form[i]);
            }
        }

        return filled.ToString();
    }

    private static string? ValueOf(string place, AlertMessage message, WebhookChannel channel) => place switch
    {
        "text" => message.Text.Length <= MostText ? message.Text : message.Text[..MostText],
        "subject" => message.Subject,
        "title" => message.Title,
        "place" => message.Place,
        "severity" => message.Severity,
        "severityWord" => message.SeverityWord,
        "moment" => message.Moment,
        "heading" => message.Heading,
        "harm" => message.Harm,
        "whatToDo" => message.WhatToDo,
        "alert" => $"{message.Alert}",
        "link" => message.Link ?? "",
        "chat" => channel.Chat,
        "token" => channel.Token,
        _ => null,
    };

    private static string JsonEscape(string value) => JsonEncodedText.Encode(value).ToString();

    private static string Printable(string value) => new([.. value.Where(letter => letter is >= ' ' and <= '~')]);
}
