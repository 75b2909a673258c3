using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Uplink;

/// <content>What the uplink tells people, and what it does about a line that is gone.</content>
public sealed partial class UplinkLoop
{
    private const string Lost = "uplink.lost";
    private const string NotAdmitted = "uplink.not-admitted";
    private const string Untrusted = "uplink.broker-untrusted";

    private void Refused(int reasonCode)
    {
        LogRefused(reasonCode);
        source.Devices.Fault(Name, "uplink.refused", $"The broker refused with reason code 0x{reasonCode:x2}.", present: true);
    }

    private void LoseLink(MqttLinkEvent.Lost lost)
    {
        if (online || !everLost)
        {
            LogLost(lost.Reason, Pending);
            source.Devices.Fault(Name, Lost, lost.Reason, present: true);
        }

        // A line that fails as well says nothing about the certificates: what was known of them stands until the broker has taken us in.
        if (lost.Cause != LossCause.Line)
        {
            source.Devices.Fault(Name, NotAdmitted, lost.Reason, present: lost.Cause == LossCause.NotAdmitted);
            source.Devices.Fault(Name, Untrusted, lost.Reason, present: lost.Cause == LossCause.BrokerUntrusted);
        }

        everLost = true;
        Volatile.Write(ref online, false);
        inFlight = null;
        LosePicture();
        pace.Lost();
    }

    private void TellConnected()
    {
        foreach (var fault in (string[])[Lost, NotAdmitted, Untrusted])
        {
            source.Devices.Fault(Name, fault, null, present: false);
        }
    }

    [LoggerMessage(3001, LogLevel.Information, "Uplink is up at {Host}:{Port}; {Pending} events wait in the journal")]
    private partial void LogOnline(string host, int port, long pending);

    [LoggerMessage(3002, LogLevel.Warning, "Uplink lost ({Reason}); {Pending} events wait in the journal, the centre goes on serving")]
    private partial void LogLost(string reason, long pending);

    [LoggerMessage(3003, LogLevel.Warning, "The broker refused a message with reason code {Code}; the events stay in the journal")]
    private partial void LogRefused(int code);

    [LoggerMessage(3004, LogLevel.Warning, "An acknowledgement was not believed ({Reason}); the events stay in the journal")]
    private partial void LogBadAck(string reason);

    [LoggerMessage(3005, LogLevel.Error, "The province holds another history of journal {Epoch} at event {Seq} than this card; nothing of it is sent or forgotten")]
    private partial void LogHistoryDiffers(string epoch, long seq);
}
