using System.Text.Json;

namespace MotCua.CloudBridge.Alerts.Telling;

/// <summary>The file of channels: whom alerts are told, with the secrets that this takes. A file and no page, since pages have no log-in and a file has an owner.</summary>
/// <param name="Templates">Forms of webhooks beside those of the program.</param>
public sealed record ChannelFile(IReadOnlyList<ChannelEntry> Channels, IReadOnlyDictionary<string, WebhookTemplate>? Templates = null);

/// <summary>One channel as it stands in the file: a webhook has an <c>url</c>, an e-mail has a <c>server</c>.</summary>
/// <param name="Name">As rules name it.</param>
/// <param name="Url">https, or http to this machine; it may hold a token.</param>
/// <param name="Template"><c>json</c> unless told; <c>slack</c>, <c>telegram</c>, <c>zalo-oa</c>, or one of the file's own.</param>
/// <param name="Secret">Key of the signature; without it nothing is signed.</param>
/// <param name="Chat">Of a chat tool: to whom, such as a chat's or a user's id.</param>
/// <param name="Token">Of a chat tool that wants it in a header.</param>
/// <param name="Server">SMTP server, <c>host:port</c>.</param>
/// <param name="Security"><c>starttls</c> unless told, or <c>none</c> to this machine only.</param>
/// <param name="From">Address of the sender.</param>
/// <param name="To">Addresses.</param>
public sealed record ChannelEntry(
    string Name, string? Url = null, string? Template = null, string? Secret = null, string? Chat = null, string? Token = null, string? Server = null, string? Security = null,
    string? User = null, string? Password = null, string? From = null, IReadOnlyList<string>? To = null);

/// <summary>Somebody who is told.</summary>
public abstract record Channel(string Name);

/// <param name="Form">How the message is put.</param>
public sealed record WebhookChannel(string Name, Uri Url, WebhookTemplate Form, string? Secret, string Chat, string Token) : Channel(Name);

/// <param name="Encrypts">STARTTLS before anything is said that matters.</param>
public sealed record MailChannel(string Name, string Host, int Port, bool Encrypts, string? User, string? Password, string From, IReadOnlyList<string> To) : Channel(Name);

/// <summary>All channels, by their names.</summary>
public sealed class ChannelBook(IEnumerable<Channel> channels)
{
    private const int MostBytes = 256 * 1024;
    private const int MostChannels = 200;
    private const int MostAddresses = 50;

    private readonly Dictionary<string, Channel> byName = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);

    public static ChannelBook Empty { get; } = new([]);

    public IReadOnlyCollection<string> Names => byName.Keys;

    public Channel? Find(string name) => byName.GetValueOrDefault(name);

    /// <param name="errors">Every mistake at once, in words; empty on success.</param>
    /// <returns>Null when there is a mistake.</returns>
    public static ChannelBook? TryRead(string file, out IReadOnlyList<string> errors)
    {
        var found = new List<string>();
        errors = found;
        try
        {
            if (new FileInfo(file).Length > MostBytes)
            {
                found.Add($"{file}: more than {MostBytes} bytes.");
                return null;
            }

            var read = JsonSerializer.Deserialize(File.ReadAllText(file), TellingJson.Default.ChannelFile) ?? throw new JsonException("null names no channel.");
            var channels = read.Channels.OfType<ChannelEntry>().Take(MostChannels + 1).Select(entry => Read(entry, read.Templates ?? new Dictionary<string, WebhookTemplate>(), found)).ToList();
            if (channels.Count > MostChannels)
            {
                found.Add($"{file}: more than {MostChannels} channels.");
            }

            found.AddRange(channels.OfType<Channel>().GroupBy(channel => channel.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"channel '{group.Key}' is there twice."));
            return found.Count > 0 ? null : new ChannelBook(channels.OfType<Channel>());
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            found.Add($"{file}: {e.Message}");
            return null;
        }
    }

    private static Channel? Read(ChannelEntry entry, IReadOnlyDictionary<string, WebhookTemplate> templates, List<string> errors)
    {
        var before = errors.Count;
        if (entry.Name.Length is 0 or > 60 || entry.Name.Any(char.IsControl))
        {
            errors.Add($"channel '{entry.Name}': a name has 1 to 60 characters on one line.");
        }

        Channel? channel = (entry.Url, entry.Server) switch
        {
            ({ } url, null) => Webhook(entry, url, templates, errors),
            (null, { } server) => Mail(entry, server, errors),
            _ => null,
        };
        if (channel is null && errors.Count == before)
        {
            errors.Add($"channel '{entry.Name}': either url (a webhook) or server (e-mail).");
        }

        return errors.Count == before ? channel : null;
    }

    private static WebhookChannel? Webhook(ChannelEntry entry, string url, IReadOnlyDictionary<string, WebhookTemplate> templates, List<string> errors)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var at) || at.UserInfo.Length > 0 || !(at.Scheme == Uri.UriSchemeHttps || (at.Scheme == Uri.UriSchemeHttp && at.IsLoopback)))
        {
            errors.Add($"channel '{entry.Name}': url is https, or http to this machine, and holds no user name.");
            return null;
        }

        var name = entry.Template ?? "json";
        if ((templates.GetValueOrDefault(name) ?? WebhookTemplate.Known.GetValueOrDefault(name)) is not { } form)
        {
            errors.Add($"channel '{entry.Name}': template '{name}' is neither in the file nor one of {string.Join(", ", WebhookTemplate.Known.Keys.Order(StringComparer.Ordinal))}.");
            return null;
        }

        if (form.Problem() is { } problem)
        {
            errors.Add($"template '{name}': {problem}");
            return null;
        }

        return new WebhookChannel(entry.Name, at, form, entry.Secret, entry.Chat ?? "", entry.Token ?? "");
    }

    private static MailChannel? Mail(ChannelEntry entry, string server, List<string> errors)
    {
        var colon = server.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(server.AsSpan(colon + 1), out var port) || port is < 1 or > 65535)
        {
            errors.Add($"channel '{entry.Name}': server is host:port, such as smtp.phutho.example:587.");
            return null;
        }

        var host = server[..colon];
        var isHere = host is "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
        if (entry.Security is not (null or "starttls" or "none") || (entry.Security == "none" && !isHere))
        {
            errors.Add($"channel '{entry.Name}': security is starttls; none only to this machine.");
        }

        if ((entry.User is null) != (entry.Password is null))
        {
            errors.Add($"channel '{entry.Name}': user and password go together.");
        }

        if (entry.To is not { Count: > 0 and <= MostAddresses } to || to.Append(entry.From ?? "").Any(one => !System.Net.Mail.MailAddress.TryCreate(one, out _) || one.Any(char.IsControl)))
        {
            errors.Add($"channel '{entry.Name}': from is an address, to is a list of 1 to {MostAddresses} addresses.");
            return null;
        }

        return new MailChannel(entry.Name, host, port, entry.Security != "none", entry.User, entry.Password, entry.From!, to);
    }
}
