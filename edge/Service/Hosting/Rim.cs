using System.Buffers.Text;
using System.Security.Cryptography;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Alsa;
using MotCua.Edge.Devices.Speech.Espeak;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;

namespace MotCua.Edge.Hosting;

/// <summary>The rim: the one place where real time, chance, card, line and wires enter.</summary>
internal static class Rim
{
    public static EdgeSeams Seams(CentreOptions options, string dataFolder, ILoggerFactory logs)
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
            Hardware(options, time, random),
            new EspeakEngine(SpeechProgram.Espeak(new EspeakVoice("vi", 150)), new EspeakOptions(), time),
            options.Mqtt is null ? null : new MosquittoLink(time),
            logs);
    }

    private static IHardware Hardware(CentreOptions options, TimeProvider time, Random random) => options.Drivers switch
    {
        DriverSet.Kernel => new KernelHardware(options, time),
        _ => new VirtualHardware(options, time, random, AlsaSpeaker.HasCard() ? new AlsaSpeaker(new DeviceId(CentreFold.SpeakerOutput), "default", time) : null),
    };

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
