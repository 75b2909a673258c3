using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Enrolment;

/// <summary>Folders for the machines of the province: the broker's, with a configuration that is ready to be used, and a bridge's.</summary>
internal static class ServerBundle
{
    private static readonly string[] Configuration = ["mosquitto.conf", "acl"];

    /// <returns>The folder. Configuration and access list that are there stay: the operator may have changed them.</returns>
    public static string WriteBroker(string parent, Authority authority, string certificate, string key)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, "broker")).FullName;
        foreach (var name in Configuration.Where(name => !File.Exists(Path.Combine(folder, name))))
        {
            using var embedded = new StreamReader(typeof(ServerBundle).Assembly.GetManifestResourceStream($"mosquitto/{name}")!);
            TrustFile.Write(Path.Combine(folder, name), embedded.ReadToEnd(), TrustFile.Everyone, mayReplace: false);
        }

        WritePair(folder, "broker", authority.CertificatePem, certificate, key);
        TrustFile.Write(Path.Combine(folder, Authority.RevokedFile), authority.RevokedPem, TrustFile.Everyone, mayReplace: true);
        return folder;
    }

    /// <returns>The folder.</returns>
    public static string WriteBridge(string parent, string name, string ca, string certificate, string key)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        WritePair(folder, "bridge", ca, certificate, key);
        return folder;
    }

    /// <returns>The files, for a client that is started here.</returns>
    public static MqttTls WriteCaller(string parent, string name, string ca, string certificate, string key)
    {
        var folder = WriteBridge(parent, name, ca, certificate, key);
        return new MqttTls(Path.Combine(folder, Authority.CertificateFile), Path.Combine(folder, "bridge.pem"), Path.Combine(folder, "bridge.key"));
    }

    private static void WritePair(string folder, string name, string ca, string certificate, string key)
    {
        TrustFile.Write(Path.Combine(folder, $"{name}.key"), key, TrustFile.OwnerOnly, mayReplace: true);
        TrustFile.Write(Path.Combine(folder, $"{name}.pem"), certificate, TrustFile.Everyone, mayReplace: true);
        TrustFile.Write(Path.Combine(folder, Authority.CertificateFile), ca, TrustFile.Everyone, mayReplace: true);
    }
}
