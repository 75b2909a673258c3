using MotCua.CloudBridge.Alerts.Telling;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

public sealed class ChannelTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_file_names_webhooks_and_letters_and_its_own_forms()
    {
        var book = Read("""
            {
              // Trực ban tỉnh
              "channels": [
                { "name": "truc-ban", "url": "https://chat.example/hook", "template": "nội bộ", "secret": "s" },
                { "name": "lanh-dao", "server": "smtp.example:587", "user": "u", "password": "p", "from": "a@b.example", "to": ["c@d.example"] },
                { "name": "may-nay", "url": "http://127.0.0.1:9000/x" },
              ],
              "templates": { "nội bộ": { "body": "{\"content\":\"{subject}\"}", "headers": { "X-Key": "{token}" } } }
            }
            """, out var errors);
        Assert.Empty(errors);
        Assert.Equal(["lanh-dao", "may-nay", "truc-ban"], book!.Names.Order(StringComparer.Ordinal));
        Assert.True(Assert.IsType<MailChannel>(book.Find("lanh-dao")).Encrypts);
        Assert.NotNull(Assert.IsType<WebhookChannel>(book.Find("truc-ban")).Form.Body);
    }

    [Fact]
    public void All_mistakes_are_said_at_once()
    {
        Assert.Null(Read("""
            { "channels": [
                { "name": "a", "url": "http://chat.example/hook" }, { "name": "b", "url": "https://u:p@chat.example/" }, { "name": "c", "url": "https://chat.example/", "template": "none" },
                { "name": "d" }, { "name": "e", "server": "smtp.example" }, { "name": "f", "server": "smtp.example:25", "security": "none", "from": "a@b.example", "to": ["c@d.example"] },
                { "name": "g", "server": "smtp.example:587", "from": "a@b.example", "to": [] }, { "name": "h", "url": "https://chat.example/", "template": "bad" },
                { "name": "i", "url": "https://chat.example/" }, { "name": "i", "url": "https://chat.example/" } ],
              "templates": { "bad": { "headers": { "Host": "x" } } } }
            """, out var errors));
        Assert.All(["'a'", "'b'", "'c'", "'d'", "'e'", "'f'", "'g'", "'bad'", "'i'"], name => Assert.Contains(errors, error => error.Contains(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"channels\":[{}]}")]
    [InlineData("{\"channels\":[],\"more\":1}")]
    [InlineData("rubbish")]
    public void What_is_no_file_of_channels_is_refused(string text)
    {
        Assert.Null(Read(text, out var errors));
        Assert.NotEmpty(errors);
    }

    private ChannelBook? Read(string text, out IReadOnlyList<string> errors)
    {
        File.WriteAllText(file, text);
        return ChannelBook.TryRead(file, out errors);
    }
}
