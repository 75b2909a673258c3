using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static MotCua.Protocols.Mqtt.Mosquitto.LibMosquitto;

namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <summary>What libmosquitto tells. The pointers are the library's own and end with the call.</summary>
internal unsafe interface ICallbacks
{
    /// <param name="reason">Reason code of CONNACK.</param>
    void OnConnack(int reason, string reasonString);

    /// <param name="result">MOSQ_ERR_…, or from 0x80 the reason code of the broker's DISCONNECT.</param>
    void OnDisconnected(int result);

    void OnPublished(int mid, int reason);

    void OnMessage(Message* message);

    void OnSubscribed(ReadOnlySpan<int> reasons);

    void OnLog(int level, byte* text);

    /// <summary>A callback threw, which must not unwind through native code.</summary>
    void OnFailed(Exception e);
}

/// <summary>The entries for native code: each finds its owner through the handle, and lets nothing out.</summary>
internal static unsafe class Callbacks
{
    /// <summary>Key files are not encrypted here; without this, OpenSSL would ask at the terminal and wait.</summary>
    public static delegate* unmanaged[Cdecl]<byte*, int, int, nint, int> NoPassphrase => &AnswerNoPassphrase;

    public static void Attach(nint client, bool withLog)
    {
        mosquitto_connect_v5_callback_set(client, &Connack);
        mosquitto_disconnect_v5_callback_set(client, &Disconnected);
        mosquitto_publish_v5_callback_set(client, &Published);
        mosquitto_message_v5_callback_set(client, &Received);
        mosquitto_subscribe_v5_callback_set(client, &Subscribed);
        if (withLog)
        {
            mosquitto_log_callback_set(client, &Log);
        }
    }

    private static ICallbacks Owner(nint handle) => Unsafe.As<ICallbacks>(GCHandle.FromIntPtr(handle).Target!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AnswerNoPassphrase(byte* buffer, int size, int writing, nint handle) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Connack(nint client, nint handle, int reason, int flags, nint properties)
    {
        var owner = Owner(handle);
        try
        {
            owner.OnConnack(reason, Words.ReasonString(properties));
        }
        catch (Exception e)
        {
            owner.OnFailed(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Disconnected(nint client, nint handle, int result, nint properties)
    {
        var owner = Owner(handle);
        try
        {
            owner.OnDisconnected(result);
        }
        catch (Exception e)
        {
            owner.OnFailed(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Published(nint client, nint handle, int mid, int reason, nint properties)
    {
        var owner = Owner(handle);
        try
        {
            owner.OnPublished(mid, reason);
        }
        catch (Exception e)
        {
            owner.OnFailed(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Received(nint client, nint handle, Message* message, nint properties)
    {
        var owner = Owner(handle);
        try
        {
            owner.OnMessage(message);
        }
        catch (Exception e)
        {
            owner.OnFailed(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Subscribed(nint client, nint handle, int mid, int count, int* reasons, nint properties)
    {
        var owner = Owner(handle);
        try
        {
            owner.OnSubscribed(new ReadOnlySpan<int>(reasons, count));
        }
        catch (Exception e)
        {
            owner.OnFailed(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Log(nint client, nint handle, int level, byte* text)
    {
        var owner = Owner(handle);
        try
        {
            owner.OnLog(level, text);
        }
        catch (Exception e)
        {
            owner.OnFailed(e);
        }
    }
}
