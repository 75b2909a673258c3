using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Enrolment;

/// <summary><c>cloud-bridge check-broker</c>: tries a broker as strangers, centres and a bridge would, whatever its make, and says whether each gets what it may and no more.</summary>
/// <remarks>Certificates of an hour are made for it, under names that no real centre has; nothing is said on a topic that a bridge listens to.</remarks>
public static class CheckBrokerCommand
{
    /// <summary>Exit code when the broker lets somebody do what he may not, or keeps somebody from what he may.</summary>
    public const int NotSafe = 3;

    private const string Usage = """
        cloud-bridge check-broker --ca DIR --mqtt HOST:PORT
          Tries the broker: who has no certificate of the province must stay outside, no centre may speak as another, hear what is for another or push another off the line.
          Whether it knows who was revoked is not tried.
          Exit code 3: something is not as it should be.
        """;

    // Three centres and a bridge.
    private static readonly string[] Names = ["kiem-tra-a", "kiem-tra-b", "kiem-tra-c", Authority.BridgePrefix + "check"];

    // Not subscribed to by any bridge.
    private const string Silent = "check-broker";

    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <returns>Exit code: 0, <see cref="NotSafe"/>, 1 when it could not be tried, 2 for a wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (CommandLine.TryRead(args, "ca", "mqtt") is not { Words: [] } line || line["ca"] is not { } folder || line["mqtt"] is not { } broker
            || broker.LastIndexOf(':') is not (> 0 and var colon) || !int.TryParse(broker.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535)
        {
            errors.WriteLine(Usage);
            return 2;
        }

        var place = Directory.CreateTempSubdirectory("check-broker-");
        try
        {
            var files = Certificates(folder, place.FullName, time);
            var whole = await StrangersAsync(broker[..colon], port, files[0].CaFile, time, output);
            whole &= Callers(broker[..colon], port, files, time, output);
            whole &= Tell(output, !PushesOff(broker[..colon], port, files, time), "không đẩy được trung tâm khác ra bằng mã khách của nó · a centre cannot push another off the line");
            output.WriteLine("– chưa thử thu hồi: sau mỗi lần «cloud-bridge revoke», chép crl.pem sang máy chủ và khởi động lại nó · revocation was not tried: copy crl.pem to the broker and restart it after each one");
            output.WriteLine(whole ? "Đạt: máy chủ chỉ nhận đúng người, đúng chủ đề · the broker is safe" : "CHƯA AN TOÀN: sửa mosquitto.conf và acl theo các dòng ✗ · not safe");
            return whole ? 0 : NotSafe;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private static async Task<bool> StrangersAsync(string host, int port, string caFile, TimeProvider time, TextWriter output)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest(CentreRequest.NameOf(Names[0]), key, HashAlgorithmName.SHA256).CreateSelfSigned(time.GetUtcNow() - Life, time.GetUtcNow() + Life);
        using var ca = X509CertificateLoader.LoadCertificateFromFile(caFile);
        var stranger = new Stranger(host, port, ca, time);
        var plain = await stranger.IsLetInAsync(overTls: false, certificate: null);
        var nameless = await stranger.IsLetInAsync(overTls: true, certificate: null);
        var foreign = await stranger.IsLetInAsync(overTls: true, own);
        return Tell(output, !plain, "không TLS thì bị từ chối · without TLS: refused")
            & Tell(output, !nameless, "không chứng thư thì bị từ chối · without a certificate: refused")
            & Tell(output, !foreign, "chứng thư của nơi khác thì bị từ chối · another authority's certificate: refused");
    }

    private static bool Callers(string host, int port, List<MqttTls> files, TimeProvider time, TextWriter output)
    {
        using var first = new BrokerCaller(host, port, Names[0], files[0], time);
        using var bridge = new BrokerCaller(host, port, Names[3], files[3], time);
        var (up, upOfOther) = ($"{Topics.Root}/{Names[2]}/up/{Silent}", $"{Topics.Root}/{Names[0]}/up/{Silent}");
        var (down, downOfOther) = ($"{Topics.Root}/{Names[1]}/down/{Silent}", $"{Topics.Root}/{Names[0]}/down/{Silent}");
        first.Hear([$"{Topics.Root}/{Names[0]}/down/#"]);
        bridge.Hear([up, upOfOther]);

        // The third speaks. The broker keeps the order: whoever has heard the last message would have heard the forbidden one before it.
        var lies = Says(upOfOther);
        var forges = Says($"{Topics.Root}/{Names[2]}/down/{Silent}");
        var speaks = Says(up);
        var relayed = bridge.HearsUntil(up).ToHashSet(StringComparer.Ordinal);
        var commands = bridge.Says(downOfOther);
        var eavesdrops = ((string[])[$"{Topics.Root}/{Names[0]}/down/#", upOfOther, "#"]).Any(Eavesdrops);
        return Tell(output, speaks && relayed.Contains(up), "trung tâm gửi được, cầu nối nghe được · a centre speaks, the bridge hears it")
            & Tell(output, !lies && !relayed.Contains(upOfOther), "không gửi được thay trung tâm khác · a centre cannot speak as another")
            & Tell(output, commands && first.HearsUntil(downOfOther).Contains(downOfOther), "cầu nối nói, trung tâm nghe được · the bridge speaks, a centre hears it")
            & Tell(output, !eavesdrops, "không nghe được lời gửi trung tâm khác · a centre cannot hear what is for another")
            & Tell(output, !forges, "không giả được lời của tỉnh · a centre cannot speak as the province");

        // A connection for each: some brokers hang up on whoever says what he may not, Mosquitto 2.0.11 over TLS among them.
        bool Says(string topic)
        {
            using var third = new BrokerCaller(host, port, Names[2], files[2], time);
            return third.Says(topic);
        }

        // The same holds for whoever wants to hear what he may not.
        bool Eavesdrops(string filter)
        {
            using var second = new BrokerCaller(host, port, Names[1], files[1], time);
            second.Hear([$"{Topics.Root}/{Names[1]}/down/#"]);
            if (!second.TriesToHear(filter))
            {
                return false;
            }

            commands &= first.Says(upOfOther) & bridge.Says(downOfOther) & bridge.Says(down);
            try
            {
                var heard = second.HearsUntil(down);
                return heard.Contains(downOfOther) || heard.Contains(upOfOther);
            }
            catch (IOException)
            {
                return false; // Hung up after its answer.
            }
        }
    }

    // A client id belongs to whoever comes in with it last, unless the broker takes it from the certificate.
    private static bool PushesOff(string host, int port, List<MqttTls> files, TimeProvider time)
    {
        using var victim = new BrokerCaller(host, port, Names[1], files[1], time);
        try
        {
            using var impostor = new BrokerCaller(host, port, Names[1], files[0], time);
            return !victim.Says($"{Topics.Root}/{Names[1]}/up/{Silent}");
        }
        catch (IOException)
        {
            return !victim.Says($"{Topics.Root}/{Names[1]}/up/{Silent}");
        }
    }

    private static bool Tell(TextWriter output, bool holds, string what)
    {
        output.WriteLine($"{(holds ? "✓" : "✗")} {what}");
        return holds;
    }

    private static List<MqttTls> Certificates(string folder, string place, TimeProvider time)
    {
        using var authority = Authority.Open(folder, time);
        var keys = Names.Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256)).ToList();
        try
        {
            var made = authority.Issue([.. Names.Zip(keys, (name, key) => new CertificateWish(name == Names[3] ? CertificateKind.Bridge : CertificateKind.Centre, name, key))], Life);
            return [.. made.Zip(keys, (one, key) => ServerBundle.WriteCaller(place, one.Row.Name, authority.CertificatePem, one.Pem, key.ExportPkcs8PrivateKeyPem()))];
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }
    }
}
