using System.Runtime.InteropServices;

namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <summary>Reasons for people, out of the library's numbers.</summary>
internal static unsafe class Words
{
    public const string LibraryMissing = "The MQTT library libmosquitto.so.1 cannot be loaded: install libmosquitto1.";

    /// <param name="result">MOSQ_ERR_…, or from 0x80 a reason code of MQTT 5.</param>
    /// <param name="systemError">errno, read when <paramref name="result"/> says so.</param>
    public static string Of(int result, int systemError) => result switch
    {
        LibMosquitto.SystemError => $"{Marshal.GetPInvokeErrorMessage(systemError)}.",
        LibMosquitto.LookupFailed => "The host name cannot be resolved.",
        LibMosquitto.ConnectionLost or LibMosquitto.Success => "The broker closed the connection.",
        LibMosquitto.KeepAlive => "The broker did not answer a ping; the line is dead.",
        >= 0x80 => $"The broker says: {Text(LibMosquitto.mosquitto_reason_string(result))} (0x{result:x2}).",
        _ => Text(LibMosquitto.mosquitto_strerror(result)),
    };

    /// <summary>What one line of OpenSSL's complaints says of a failed handshake. An alert is the broker's word about us; everything else is our own about it.</summary>
    /// <remarks>"Decrypt error" is what a broker says of a certificate whose authority has the name of its own and another key. Source: the texts of TLS alerts in OpenSSL 1.1.1 and 3 (ssl_err.c); libmosquitto passes them on with level "error".</remarks>
    public static LossCause CauseOfTls(string line)
    {
        return Has("alert") && (Has("certificate") || Has("unknown ca") || Has("access denied") || Has("decrypt error")) ? LossCause.NotAdmitted
            : Has("certificate verify failed") || Has("host name verification failed") ? LossCause.BrokerUntrusted
            : LossCause.Line;

        bool Has(string words) => line.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What a refusal in CONNACK says: bad user name or password (0x86), not authorized (0x87), banned (0x8a), bad authentication method (0x8c).</summary>
    public static LossCause CauseOfConnack(int reason) => reason is 0x86 or 0x87 or 0x8a or 0x8c ? LossCause.NotAdmitted : LossCause.Line;

    /// <returns>The reason string (MQTT 5, 3.1.2.11 and others), or nothing.</returns>
    public static string ReasonString(nint properties)
    {
        byte* value = null;
        if (properties == 0 || LibMosquitto.mosquitto_property_read_string(properties, LibMosquitto.PropertyReasonString, &value, skipFirst: false) == 0)
        {
            return "";
        }

        var text = Text(value);
        NativeMemory.Free(value);
        return text.Length <= 200 ? text : text[..200];
    }

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
