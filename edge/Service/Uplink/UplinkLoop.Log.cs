using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Uplink;

/// <content>What the uplink tells people.</content>
public sealed partial class UplinkLoop
{
    private const string NotAdmitted = "uplink.not-admitted";
    private const string Untrusted = "uplink.broker-untrusted";

    private void Refused(int reasonCode)
    {
        LogRefused(reasonCode);
        source.Devices.Fault(Name, "uplink.refused", $"The broker refused with reason code 0x{reasonCode:x2}.", present: true);
    }

    // A line that fails as well says nothing about the certificates: what was known of them stands until the broker has taken us in.
    private void TellCause(LossCause cause, string reason)
    {
        if (cause != LossCause.Line)
        {
            source.Devices.Fault(Name, NotAdmitted, reason, present: cause == LossCause.NotAdmitted);
            source.Devices.Fault(Name, Untrusted, reason, present: cause == LossCause.BrokerUntrusted);
        }
    }

    private void TellAdmitted()
    {
        source.Devices.Fault(Name, NotAdmitted, null, present: false);
        source.Devices.Fault(Name, Untrusted, null, present: false);
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
