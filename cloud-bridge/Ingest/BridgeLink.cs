using MotCua.Protocols;
using MotCua.Protocols.Mqtt;

namespace MotCua.CloudBridge.Ingest;

/// <summary>Keeps the bridge connected and subscribed, and hands out messages. A part of the ingest loop: called by its thread only.</summary>
public sealed class BridgeLink(IMqttLink link, MqttConnection connection, bool shared, TimeProvider time, Random random, IngestStatus status, ILogger log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // Time for a rush to pass before all is asked for once more.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Backoff backoff = new(FirstPause, LongestPause, random);
    private readonly IReadOnlyList<string> filters = [shared ? Topics.SharedEvents : Topics.AllEvents, .. Topics.BridgeFilters];
    private bool trying;
    private long? pauseFrom;
    private TimeSpan pause;
    private long dropped;
    private long? droppedAt;

    /// <summary>Starts an attempt when it is time for one, and asks again for what was dropped.</summary>
    /// <returns>How long until the next of both; infinite while nothing of it is to come.</returns>
    public TimeSpan KeepUp()
    {
        if (trying)
        {
            return AskAgain();
        }

        var rest = pauseFrom is { } from ? pause - time.GetElapsedTime(from) : TimeSpan.Zero;
        if (rest > TimeSpan.Zero)
        {
            return rest;
        }

        trying = true;
        (dropped, droppedAt) = (link.DroppedMessages, null);
        link.Connect(connection);
        return Timeout.InfiniteTimeSpan;
    }

    // Events that were dropped the centres send again. What they said of themselves they said once: the broker holds it, and says it again to whoever subscribes.
    private TimeSpan AskAgain()
    {
        if (link.DroppedMessages is var now && now != dropped)
        {
            (dropped, droppedAt) = (now, time.GetTimestamp());
        }

        if (droppedAt is not { } from)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var rest = AskAgainAfter - time.GetElapsedTime(from);
        if (rest > TimeSpan.Zero)
        {
            return rest;
        }

        droppedAt = null;
        link.Subscribe(Topics.BridgeFilters);
        return Timeout.InfiniteTimeSpan;
    }

    /// <summary>Told everything but messages, in the order it happened; by the loop that takes them.</summary>
    public Action<MqttLinkEvent>? Told { get; set; }

    /// <summary>Takes the next message; what else the link tells is dealt with on the way.</summary>
    public bool TryTakeMessage([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MqttLinkEvent.Received? message)
    {
        while (link.TryTake(out var happened))
        {
            if (happened is MqttLinkEvent.Received received)
            {
                message = received;
                return true;
            }

            Handle(happened);
        }

        message = null;
        return false;
    }

    private void Handle(MqttLinkEvent happened)
    {
        Told?.Invoke(happened);
        switch (happened)
        {
            case MqttLinkEvent.Connected:
                link.Subscribe(filters);
                break;
            case MqttLinkEvent.Subscribed(var codes) when codes.Count < filters.Count:
                break; // Asked again; the link has been up all the time.
            case MqttLinkEvent.Subscribed(var codes) when codes.All(code => code < 0x80):
                backoff.Reset();
                status.LinkUp(time.GetUtcNow());
                IngestLog.LinkUp(log, connection.Host, connection.Port);
                break;
            case MqttLinkEvent.Subscribed:
                link.Disconnect(); // No Lost event follows a goodbye of our own.
                Rest("The broker refused a subscription; check this bridge's access list.");
                break;
            case MqttLinkEvent.Lost { Reason: var reason }:
                Rest(reason);
                break;
            case MqttLinkEvent.Published { Refused: true, ReasonCode: var code }:
                status.AckRefused();
                IngestLog.AckRefused(log, code);
                break;
        }
    }

    private void Rest(string reason)
    {
        trying = false;
        pauseFrom = time.GetTimestamp();
        pause = backoff.Next();
        status.LinkDown(reason, time.GetUtcNow());
        IngestLog.LinkLost(log, reason, pause);
    }
}
