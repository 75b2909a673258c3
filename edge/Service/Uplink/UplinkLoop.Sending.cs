using MotCua.Edge.Devices.Stepping;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Uplink;

/// <content>What goes out: what is due, one batch in flight, all of it within the line's budget.</content>
public sealed partial class UplinkLoop
{
    private readonly LineBudget budget;
    private bool newsHadTurn;
    private bool toldOfBacklog;

    private TimeSpan SendWhatIsDue()
    {
        // On a slow line batches and news of devices take turns, so that a board that comes and goes keeps no ticket back, nor a backlog the boards.
        if (!newsHadTurn)
        {
            SayNews();
        }

        SayAnswers();
        var now = time.GetTimestamp();
        if (now >= healthAt)
        {
            Say(source.HealthNow());
            (healthAt, toldOfBacklog) = (time.After(HealthEvery), Pending > 0);
        }

        SayPicture();
        // Asked once: the line may become free between two questions, and then nobody would come back for what waits.
        var tried = ((inFlight is null && birthAnswered) || now >= nextTryAt) && budget.IsFree;
        if (tried)
        {
            SendBatch();
            (newsHadTurn, nextTryAt) = (false, time.After(AckDeadline + budget.Busy));
            if (toldOfBacklog && Pending == 0)
            {
                // The operators were told that so many events wait; that none does any more they hear at once.
                healthAt = time.GetTimestamp();
            }
        }

        SayNews();

        if (now >= birthAt && reader.Epochs().Any(e => acks.HeldOf(e.Epoch) is null || acks.Differs(e.Epoch)))
        {
            SayBirth();
        }

        var sendAt = inFlight is not null || !birthAnswered ? Math.Max(nextTryAt, budget.FreeAt) : tried ? long.MaxValue : budget.FreeAt;
        sendAt = news.IsWaiting ? Math.Min(sendAt, budget.FreeAt) : sendAt;
        sendAt = Math.Min(sendAt, pictureUnderWay?.Until ?? long.MaxValue);
        var next = Math.Min(healthAt, Math.Min(birthAt > now ? birthAt : long.MaxValue, sendAt));
        return time.GetElapsedTime(time.GetTimestamp(), next) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private void SayNews()
    {
        if (news.IsWaiting && budget.IsFree)
        {
            newsHadTurn = true;
            foreach (var device in news.Take())
            {
                Say(source.Device(device));
            }
        }
    }

    private void SendBatch()
    {
        foreach (var epoch in reader.Epochs())
        {
            if (acks.Differs(epoch.Epoch))
            {
                continue; // Theirs and ours must be looked at by people; the journals after it go on.
            }

            if (acks.HeldOf(epoch.Epoch) is not { } held)
            {
                return; // The bridge has not answered our birth yet, so we do not know where to go on.
            }

            if (held.Seq >= epoch.End.Seq)
            {
                continue;
            }

            if (reader.ReadAfter(held, EventBatch.MaxEvents, budget.BatchBytes) is { } stretch)
            {
                var batch = new EventBatch(epoch.Epoch, stretch.From, stretch.Prev, stretch.Gap, stretch.Events);
                var handle = Say(new MqttMessage(Topics.Events(source.Centre), batch.ToBytes(), MqttQuality.AtLeastOnce));
                inFlight = (stretch.End, handle);
                return;
            }

            // The card no longer gives the rest of this journal, and nothing after it knows the hash to declare a gap with. The later ones go on.
            source.Devices.Fault("journal", "journal.old-damage", $"The end of journal {epoch.Epoch} after event {held.Seq} cannot be read and was never sent.", present: true);
        }

        inFlight = null;
    }

    private int Say(MqttMessage message)
    {
        budget.Spend(message);
        return link.Publish(message);
    }
}
