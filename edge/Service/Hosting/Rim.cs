using System.Buffers.Text;
using System.Security.Cryptography;
using MotCua.Edge.Announcing;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Alsa;
using MotCua.Edge.Devices.Speech.Espeak;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Hosting;

/// <summary>The rim: the one place where real time, chance, card, line and wires enter.</summary>
internal static class Rim
{
    public static EdgeSeams Seams(CentreOptions options, string configFolder, string dataFolder, ILoggerFactory logs)
    {
        var time = TimeProvider.System;
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        var clock = options.Clock == ClockSource.Battery ? (IClockTrust)new BatteryClock() : new KernelClock();
        return new EdgeSeams(
            time,
            random,
            new EdgeIdentity(options.Centre, BootId(), clock, NewToken),
            () => new EpochId(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)))),
            new DiskFolder(Path.Combine(dataFolder, "journal")),
            new JournalOptions(),
            DriverTable.OfThisBuild.Hardware(new HardwareSeams(
                options, time, random, AlsaSpeaker.HasCard() ? new AlsaSpeaker(new DeviceId(CentreFold.SpeakerOutput), options.Speech.Speaker, time) : null)),
            new EspeakEngine(SpeechProgram.Espeak(new EspeakVoice("vi", 150)), new EspeakOptions(), time),
            options.Mqtt is { } mqtt ? DriverTable.OfThisBuild.Link(mqtt.Client, time) : null,
            logs,
            new GuidanceShelf(Path.Combine(configFolder, "guidance")));
    }

    private static FollowToken NewToken()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return new FollowToken(Base64Url.EncodeToString(bits));
    }

    private static string BootId()
    {
        const string Kernel = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Kernel) ? File.ReadAllText(Kernel)[..8] : RandomNumberGenerator.GetHexString(8, lowercase: true);
    }
}
