using MotCua.Protocols;
using MotCua.Protocols.Mqtt;

namespace MotCua.CloudBridge.Ingest;

/// <summary>Keeps the bridge connected and subscribed, and hands out messages. A part of the ingest loop: called by its thread only.</summary>
public sealed class BridgeLink(IMqttLink link, MqttConnection connection, bool shared, TimeProvider time, Random random, IngestStatus status, ILogger log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Backoff backoff = new(FirstPause, LongestPause, random);
    private readonly IReadOnlyList<string> filters = [shared ? Topics.SharedEvents : Topics.AllEvents, .. Topics.BridgeFilters];
    private bool trying;
    private long? pauseFrom;
    private TimeSpan pause;

    /// <summary>Starts an attempt when it is time for one.</summary>
    /// <returns>How long until the next; infinite while one is under way or a connection stands.</returns>
    public TimeSpan KeepUp()
    {
        if (trying)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var rest = pauseFrom is { } from ? pause - time.GetElapsedTime(from) : TimeSpan.Zero;
        if (rest > TimeSpan.Zero)
        {
            return rest;
        }

        trying = true;
        link.Connect(connection);
        return Timeout.InfiniteTimeSpan;
    }

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
        switch (happened)
        {
            case MqttLinkEvent.Connected:
                link.Subscribe(filters);
                break;
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
