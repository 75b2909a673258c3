using System.Runtime.InteropServices;

namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <summary>The functions of <c>libmosquitto.so.1</c> (2.0.11 and later) that a link needs.</summary>
/// <remarks>Source: mosquitto.h and mqtt_protocol.h of libmosquitto 2.0.11. Names are the library's own.</remarks>
internal static unsafe partial class LibMosquitto
{
    public const int Success = 0;
    public const int InvalidArgument = 3;
    public const int NoConnection = 4;
    public const int ConnectionLost = 7;
    public const int PayloadSize = 9;
    public const int SystemError = 14;
    public const int LookupFailed = 15;
    public const int MalformedUtf8 = 18;
    public const int KeepAlive = 19;
    public const int QosNotSupported = 24;
    public const int OversizePacket = 25;

    public const int OptionProtocolVersion = 1;
    public const int OptionReceiveMaximum = 4;
    public const int OptionSendMaximum = 5;
    public const int OptionTcpNoDelay = 11;

    /// <summary>SSL_VERIFY_PEER.</summary>
    public const int VerifyPeer = 1;

    public const int PropertyReasonString = 31;
    public const int PropertyMaximumPacketSize = 39;

    public const int LogError = 8;

    private const string Library = "libmosquitto.so.1";

    /// <summary>struct mosquitto_message.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Mid;
        public byte* Topic;
        public byte* Payload;
        public int PayloadLength;
        public int Quality;
        public byte Retain;
    }

    [LibraryImport(Library)]
    public static partial int mosquitto_lib_init();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint mosquitto_new(string id, [MarshalAs(UnmanagedType.U1)] bool cleanStart, nint owner);

    [LibraryImport(Library)]
    public static partial void mosquitto_destroy(nint client);

    [LibraryImport(Library)]
    public static partial int mosquitto_int_option(nint client, int option, int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_username_pw_set(nint client, string userName, string password);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_tls_set(
        nint client, string caFile, string? caPath, string certificateFile, string keyFile, delegate* unmanaged[Cdecl]<byte*, int, int, nint, int> passphrase);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_tls_opts_set(nint client, int verify, string oldestVersion, string? ciphers);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_will_set_v5(
        nint client, string topic, int length, byte* payload, int quality, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mosquitto_connect_bind_v5(nint client, string host, int port, int keepAliveSeconds, string? bindAddress, nint properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int mosquitto_connect_bind_async(nint client, string host, int port, int keepAliveSeconds, string bindAddress);

    [LibraryImport(Library)]
    public static partial int mosquitto_disconnect_v5(nint client, int reason, nint properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int mosquitto_publish_v5(
        nint client, int* mid, string topic, int length, byte* payload, int quality, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mosquitto_subscribe_multiple(nint client, int* mid, int count, byte** filters, int quality, int options, nint properties);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mosquitto_loop_read(nint client, int maxPackets);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mosquitto_loop_write(nint client, int maxPackets);

    [LibraryImport(Library)]
    public static partial int mosquitto_loop_misc(nint client);

    [LibraryImport(Library)]
    public static partial int mosquitto_socket(nint client);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool mosquitto_want_write(nint client);

    [LibraryImport(Library)]
    public static partial int mosquitto_property_add_int32(nint* properties, int identifier, uint value);

    [LibraryImport(Library)]
    public static partial nint mosquitto_property_read_string(nint properties, int identifier, byte** value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library)]
    public static partial void mosquitto_property_free_all(nint* properties);

    [LibraryImport(Library)]
    public static partial byte* mosquitto_strerror(int result);

    [LibraryImport(Library)]
    public static partial byte* mosquitto_reason_string(int reason);

    [LibraryImport(Library)]
    public static partial void mosquitto_connect_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_disconnect_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_publish_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_message_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, Message*, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_subscribe_v5_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void mosquitto_log_callback_set(nint client, delegate* unmanaged[Cdecl]<nint, nint, int, byte*, void> callback);
}
