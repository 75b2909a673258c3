using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Protocol;

namespace MotCua.Protocols.Mqtt.MqttNet;

/// <summary>What MQTTnet needs to know of a connection.</summary>
internal static class NetOptions
{
    /// <exception cref="IOException">A file of TLS cannot be used; says which.</exception>
    public static MqttClientOptions Of(MqttConnection connection)
    {
        var options = new MqttClientOptions
        {
            ClientId = connection.ClientId,
            CleanSession = true,
            KeepAlivePeriod = TimeSpan.FromSeconds(Math.Ceiling(connection.KeepAlive.TotalSeconds)),
            MaximumPacketSize = (uint)connection.MaxPacketBytes,
            ReceiveMaximum = (ushort)Math.Min(connection.ReceiveMaximum, ushort.MaxValue),
            ChannelOptions = new MqttClientTcpOptions
            {
                RemoteEndpoint = new DnsEndPoint(connection.Host, connection.Port),
                // MQTTnet's own setting resets the connection when it is closed, and a reset overtakes the goodbye.
                LingerState = new LingerOption(false, 0),
                TlsOptions = connection.Tls is { } tls ? Tls(tls) : new MqttClientTlsOptions(),
            },
        };
        if (connection.Login is { } login)
        {
            options.Credentials = new MqttClientCredentials(login.UserName, System.Text.Encoding.UTF8.GetBytes(login.Password));
        }

        if (connection.Will is { } will)
        {
            (options.WillTopic, options.WillPayload, options.WillRetain) = (will.Topic, will.Payload.ToArray(), will.Retain);
            options.WillQualityOfServiceLevel = (MqttQualityOfServiceLevel)will.Quality;
        }

        return options;
    }

    // The province's own authority only: what the machine trusts beside it is none of the broker's business. It keeps no revocation list.
    private static MqttClientTlsOptions Tls(MqttTls files)
    {
        var (authority, own) = (new X509Certificate2Collection(), new X509Certificate2Collection());
        Read(files.CaFile, () => authority.ImportFromPemFile(files.CaFile));
        Read($"{files.CertificateFile} and {files.KeyFile}", () => own.Add(X509Certificate2.CreateFromPemFile(files.CertificateFile, files.KeyFile)));
        return new MqttClientTlsOptions
        {
            UseTls = true,
            TrustChain = authority,
            RevocationMode = X509RevocationMode.NoCheck,
            ClientCertificatesProvider = new DefaultMqttCertificatesProvider(own),
        };
    }

    private static void Read(string what, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new IOException($"Not connected, because of the files of TLS, {what}: {e.Message}", e);
        }
    }
}
