namespace MotCua.Edge.Uplink;

/// <content>What the uplink tells people.</content>
public sealed partial class UplinkLoop
{
    private void Refused(int reasonCode)
    {
        LogRefused(reasonCode);
        source.Devices.Fault(Name, "uplink.refused", $"The broker refused with reason code 0x{reasonCode:x2}.", present: true);
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
