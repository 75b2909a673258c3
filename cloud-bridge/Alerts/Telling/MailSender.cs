using System.Net;
using System.Net.Mail;
using System.Text;

namespace MotCua.CloudBridge.Alerts.Telling;

/// <summary>Sends a message as a plain letter. All letters about one alert belong to one conversation.</summary>
/// <remarks>The runtime's own client: it speaks STARTTLS and checks the server's certificate, and nothing more is needed here.</remarks>
public sealed class MailSender(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<TellOutcome> TellAsync(MailChannel channel, long delivery, AlertMessage message, CancellationToken stop)
    {
        using var client = new SmtpClient(channel.Host, channel.Port) { EnableSsl = channel.Encrypts };
        client.Credentials = channel.User is { } user ? new NetworkCredential(user, channel.Password) : null;
        using var letter = LetterOf(channel, delivery, message);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            await client.SendMailAsync(letter, either.Token);
            return new TellOutcome(true, true, "Máy chủ thư đã nhận.");
        }
        catch (SmtpFailedRecipientException e)
        {
            // Some may have it; those who have it would get it again each time.
            return new TellOutcome(false, true, $"Máy chủ thư không nhận địa chỉ: {e.StatusCode}.");
        }
        catch (SmtpException e)
        {
            return new TellOutcome(false, IsFinal(e.StatusCode), $"Máy chủ thư: {e.StatusCode}{(e.InnerException is { } inner ? $", {inner.GetType().Name}" : "")}.");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && !stop.IsCancellationRequested)
        {
            return new TellOutcome(false, false, $"Máy chủ thư không trả lời trong {Patience.TotalSeconds:0} giây.");
        }
    }

    private static MailMessage LetterOf(MailChannel channel, long delivery, AlertMessage message)
    {
        var letter = new MailMessage
        {
            From = new MailAddress(channel.From), Subject = OneLine(message.Subject), SubjectEncoding = Encoding.UTF8, Body = message.Text, BodyEncoding = Encoding.UTF8, IsBodyHtml = false,
            Priority = message.Severity == "critical" && message.Moment != "resolved" ? MailPriority.High : MailPriority.Normal,
        };
        foreach (var to in channel.To)
        {
            letter.To.Add(new MailAddress(to));
        }

        var host = letter.From.Host;
        letter.Headers.Add("Message-ID", $"<motcua-delivery-{delivery}@{host}>");
        letter.Headers.Add("References", $"<motcua-alert-{message.Alert}@{host}>");
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        return letter;
    }

    // 5xx: the server has understood and will not do it.
    private static bool IsFinal(SmtpStatusCode code) => (int)code is >= 500 and < 600;

    private static string OneLine(string text) => new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
