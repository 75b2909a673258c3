using System.Text;
using MotCua.CloudBridge.Alerts.Telling;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>Letters to a real mail server that speaks the protocol.</summary>
public sealed class MailTests
{
    private readonly MailSender sender = new(TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_arrives_whole_for_all_and_belongs_to_its_alert()
    {
        await using var server = new SmtpDouble();
        var outcome = await sender.TellAsync(Channel(server), 7, WebhookTests.Message, Stop);
        Assert.True(outcome.Ok, outcome.Note);
        var letter = Assert.Single(server.Letters);
        Assert.Equal(("motcua@phutho.example", "doi-ho-tro@phutho.example lanh-dao@phutho.example"), (letter.From, string.Join(' ', letter.To)));
        Assert.Equal(WebhookTests.Message.Text, letter.Text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n'));
        Assert.Equal(("<motcua-delivery-7@phutho.example>", "<motcua-alert-12@phutho.example>"), (letter.Header("Message-ID"), letter.Header("References")));
        Assert.Equal(WebhookTests.Message.Subject, Decoded(letter.Header("Subject")!));
    }

    [Fact]
    public async Task A_user_logs_in_where_the_server_is_this_machine()
    {
        await using var server = new SmtpDouble { OffersAuth = true };
        Assert.True((await sender.TellAsync(Channel(server) with { User = "motcua", Password = "mật-khẩu" }, 7, WebhookTests.Message, Stop)).Ok);
        Assert.Contains(server.Said, line => line.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes("motcua")), StringComparison.Ordinal));
        Assert.Single(server.Letters);
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_hears_neither_password_nor_letter()
    {
        await using var server = new SmtpDouble { OffersTls = true, OffersAuth = true };
        var outcome = await sender.TellAsync(Channel(server) with { Encrypts = true, User = "motcua", Password = "mat-khau" }, 7, WebhookTests.Message, Stop);
        Assert.False(outcome.Ok);
        Assert.Empty(server.Letters);
        Assert.DoesNotContain(server.Said, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_encryption_hears_nothing_where_it_was_wanted()
    {
        await using var server = new SmtpDouble { OffersAuth = true };
        Assert.False((await sender.TellAsync(Channel(server) with { Encrypts = true, User = "motcua", Password = "mat-khau" }, 7, WebhookTests.Message, Stop)).Ok);
        Assert.DoesNotContain(server.Said, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MAIL", "451 busy", false)]
    [InlineData("MAIL", "550 no", true)]
    [InlineData("RCPT", "550 nobody here", true)]
    [InlineData("DATA", "421 going down", false)]
    public async Task What_may_heal_is_tried_again_and_a_refusal_is_not(string word, string answer, bool final)
    {
        await using var server = new SmtpDouble();
        server.Answers[word] = answer;
        var outcome = await sender.TellAsync(Channel(server), 7, WebhookTests.Message, Stop);
        Assert.Equal((false, final), (outcome.Ok, outcome.IsFinal));
    }

    [Fact]
    public async Task A_subject_with_line_breaks_adds_no_header()
    {
        await using var server = new SmtpDouble();
        Assert.True((await sender.TellAsync(Channel(server), 7, WebhookTests.Message with { Place = "x\r\nBcc: thief@example.com" }, Stop)).Ok);
        Assert.Null(Assert.Single(server.Letters).Header("Bcc"));
    }

    private static MailChannel Channel(SmtpDouble server) =>
        new("thu", "127.0.0.1", server.Port, false, null, null, "motcua@phutho.example", ["doi-ho-tro@phutho.example", "lanh-dao@phutho.example"]);

    // =?utf-8?B?…?= words, one after another.
    private static string Decoded(string header) => string.Concat(
        header.Split(' ').Select(word => word.StartsWith("=?utf-8?B?", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2])) : word));
}
