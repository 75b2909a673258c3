using System.Text.Json;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;

namespace MotCua.CloudBridge.Alerts.Telling;

/// <summary>Tells people what is to be told, again and again with growing pauses until it is taken or given up. Of several bridges the one that keeps the alerts does it.</summary>
/// <param name="random">Jitter: what failed together is not tried together.</param>
public sealed partial class Courier(
    IBridgeStore store, ChannelBook channels, WebhookSender webhooks, MailSender mail, ProjectionStatus projection, TimeProvider time, Random random, ILogger<Courier> logger)
{
    /// <summary>Then it is given up: some nine hours after it was to be told.</summary>
    public const int MostAttempts = 24;

    private const int AtOnce = 16;
    private const int MostNote = 200;
    private const double JitterShare = 0.25;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Sends what is due.</summary>
    /// <returns>How long it may rest.</returns>
    /// <exception cref="BridgeStoreException">What was sent may be sent once more.</exception>
    public async Task<TimeSpan> StepAsync(CancellationToken stop)
    {
        if (store.IsShared && !projection.Now.Leads)
        {
            return Look;
        }

        var due = store.Alerts.ReadDue(time.GetUtcNow(), AtOnce);
        // At once, since one dead address must not hold up the others; each channel in order, so that nobody hears of an end before its beginning.
        await Task.WhenAll(due.GroupBy(one => one.Channel, StringComparer.Ordinal).Select(channel => TellAllAsync(channel, stop)));
        return due.Count == AtOnce ? TimeSpan.Zero : Look;
    }

    /// <summary>The pause after a failed attempt, 5 s to half an hour, and a quarter more or less.</summary>
    /// <param name="attempts">Made so far, from 1.</param>
    /// <param name="chance">0 to 1.</param>
    public static TimeSpan PauseAfter(int attempts, double chance)
    {
        var pause = First * Math.Pow(2, Math.Min(attempts - 1, 20));
        return (pause < Longest ? pause : Longest) * (1 - JitterShare + (2 * JitterShare * chance));
    }

    private async Task TellAllAsync(IEnumerable<AlertDelivery> deliveries, CancellationToken stop)
    {
        foreach (var delivery in deliveries)
        {
            var outcome = await TellAsync(delivery, stop);
            stop.ThrowIfCancellationRequested();
            Keep(delivery, outcome);
            if (!outcome.Ok && !outcome.IsFinal)
            {
                return; // The next one would fail as well; it is still due.
            }
        }
    }

    private async Task<TellOutcome> TellAsync(AlertDelivery delivery, CancellationToken stop)
    {
        try
        {
            var message = AlertMessage.Parse(delivery.Content);
            return channels.Find(delivery.Channel) switch
            {
                WebhookChannel webhook => await webhooks.TellAsync(webhook, delivery.Id, message, stop),
                MailChannel letters => await mail.TellAsync(letters, delivery.Id, message, stop),
                _ => new TellOutcome(false, true, "Không còn kênh này trong tệp kênh."),
            };
        }
        catch (JsonException)
        {
            return new TellOutcome(false, true, "Nội dung do một bản chương trình khác ghi.");
        }
    }

    private void Keep(AlertDelivery delivery, TellOutcome outcome)
    {
        var (now, attempts) = (time.GetUtcNow(), delivery.Attempts + 1);
        var state = outcome.Ok ? DeliveryStates.Sent : outcome.IsFinal || attempts % MostAttempts == 0 ? DeliveryStates.Dead : DeliveryStates.Waiting;
        var pause = PauseAfter(attempts, Chance());
        var note = outcome.Note.Length <= MostNote ? outcome.Note : outcome.Note[..MostNote];
        store.Alerts.Tried(
            delivery with { State = state, Attempts = attempts, Next = now + (outcome.After > pause ? outcome.After.Value : pause), Note = note },
            new DeliveryAttempt(attempts, now, outcome.Ok, note));
        if (state == DeliveryStates.Dead)
        {
            GaveUp(logger, delivery.Id, delivery.Alert, delivery.Channel, note);
        }
    }

    private double Chance()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }

    [LoggerMessage(1121, LogLevel.Warning, "Message {Delivery} about alert {Alert} on channel {Channel} was given up: {Note} It is on the page and can be sent again")]
    private static partial void GaveUp(ILogger logger, long delivery, long alert, string channel, string note);
}
