using System.Runtime.InteropServices;
using static MotCua.Protocols.Mqtt.Mosquitto.LibMosquitto;

namespace MotCua.Protocols.Mqtt.Mosquitto;

/// <summary>One handle of libmosquitto: one connection, clean start, MQTT 5. Used by one thread only.</summary>
internal sealed unsafe class NativeClient : IDisposable
{
    /// <summary>Wildcard addresses to bind to: they choose the family of the next attempt.</summary>
    public const string OverIPv4 = "0.0.0.0";

    /// <inheritdoc cref="OverIPv4"/>
    public const string OverIPv6 = "::";

    private static readonly Lazy<int> Library = new(mosquitto_lib_init);

    private readonly MqttConnection connection;
    private readonly nint client;
    private GCHandle owner;

    /// <exception cref="IOException">The library refused a setting; says which.</exception>
    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public NativeClient(MqttConnection connection, ICallbacks callbacks)
    {
        this.connection = connection;
        _ = Library.Value;
        owner = GCHandle.Alloc(callbacks);
        client = mosquitto_new(connection.ClientId, cleanStart: true, GCHandle.ToIntPtr(owner));
        try
        {
            Require(client != 0 ? Success : InvalidArgument, $"client id '{connection.ClientId}'");
            Configure();
            Callbacks.Attach(client, withLog: connection.Tls is not null);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Descriptor of the socket; negative when the library closed it.</summary>
    public int Socket => mosquitto_socket(client);

    public bool WantsToWrite => mosquitto_want_write(client);

    /// <summary>Looks the host up (this blocks) and begins to connect; CONNECT follows by itself when the socket is ready.</summary>
    /// <param name="family"><see cref="OverIPv4"/> or <see cref="OverIPv6"/>.</param>
    /// <returns>0 or less: under way.</returns>
    public int BeginConnect(string family) => mosquitto_connect_bind_async(client, connection.Host, connection.Port, KeepAliveSeconds, family);

    public int Read() => mosquitto_loop_read(client, 1);

    public int Write() => mosquitto_loop_write(client, 1);

    public int CheckKeepAlive() => mosquitto_loop_misc(client);

    public int SayGoodbye() => mosquitto_disconnect_v5(client, 0, 0);

    public void StopLog() => mosquitto_log_callback_set(client, null);

    /// <param name="mid">Set before anything is sent, so that a callback inside this call finds it.</param>
    public int Publish(MqttMessage message, int* mid)
    {
        fixed (byte* payload = message.Payload.Span)
        {
            return mosquitto_publish_v5(client, mid, message.Topic, message.Payload.Length, payload, (int)message.Quality, message.Retain, 0);
        }
    }

    public int Subscribe(IReadOnlyList<string> filters)
    {
        var texts = stackalloc byte*[filters.Count];
        try
        {
            for (var i = 0; i < filters.Count; i++)
            {
                texts[i] = (byte*)Marshal.StringToCoTaskMemUTF8(filters[i]);
            }

            return mosquitto_subscribe_multiple(client, null, filters.Count, texts, (int)MqttQuality.AtLeastOnce, 0, 0);
        }
        finally
        {
            for (var i = 0; i < filters.Count; i++)
            {
                Marshal.FreeCoTaskMem((nint)texts[i]);
            }
        }
    }

    public void Dispose()
    {
        if (owner.IsAllocated)
        {
            if (client != 0)
            {
                mosquitto_destroy(client);
            }

            owner.Free();
        }
    }

    private int KeepAliveSeconds => (int)Math.Ceiling(connection.KeepAlive.TotalSeconds);

    private void Configure()
    {
        Require(mosquitto_int_option(client, OptionProtocolVersion, 5), "MQTT 5");
        Require(mosquitto_int_option(client, OptionReceiveMaximum, connection.ReceiveMaximum), $"receive maximum {connection.ReceiveMaximum}");
        // Until the broker says less (CONNACK): without this the library sends 20 at a time to a broker that sets no limit.
        Require(mosquitto_int_option(client, OptionSendMaximum, 1000), "send maximum");
        Require(mosquitto_int_option(client, OptionTcpNoDelay, 1), "no delay");
        if (connection.Login is { } login)
        {
            Require(mosquitto_username_pw_set(client, login.UserName, login.Password), $"user name '{login.UserName}'");
        }

        if (connection.Tls is { } tls)
        {
            Require(
                mosquitto_tls_set(client, tls.CaFile, null, tls.CertificateFile, tls.KeyFile, Callbacks.NoPassphrase),
                $"the files of TLS, {tls.CaFile}, {tls.CertificateFile} and {tls.KeyFile} (is each there and readable?)");
            // The library's own lower bound is 1.1; TLS 1.3 is still spoken where the broker can.
            Require(mosquitto_tls_opts_set(client, VerifyPeer, "tlsv1.2", null), "TLS 1.2");
        }

        if (connection.Will is { } will)
        {
            fixed (byte* payload = will.Payload.Span)
            {
                Require(mosquitto_will_set_v5(client, will.Topic, will.Payload.Length, payload, (int)will.Quality, will.Retain, 0), $"will on '{will.Topic}'");
            }
        }

        SetConnectProperties();
    }

    // Only the blocking connect takes properties of CONNECT, and it may block for minutes in the kernel. It keeps them before it looks at the
    // port, so a call with an impossible port leaves them for the connect that does not block.
    private void SetConnectProperties()
    {
        nint properties = 0;
        try
        {
            Require(mosquitto_property_add_int32(&properties, PropertyMaximumPacketSize, (uint)connection.MaxPacketBytes), "largest packet");
            var result = mosquitto_connect_bind_v5(client, connection.Host, ushort.MaxValue + 1, KeepAliveSeconds, null, properties);
            Require(result == InvalidArgument ? Success : result, "properties of CONNECT");
        }
        finally
        {
            mosquitto_property_free_all(&properties);
        }
    }

    private static void Require(int result, string what)
    {
        if (result != Success)
        {
            throw new IOException($"Not connected, because this setting was refused: {what}: {Words.Of(result, Marshal.GetLastSystemError())}");
        }
    }
}
