using System.Buffers.Text;
using System.Security.Cryptography;
using MotCua.Edge.Announcing;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Alsa;
using MotCua.Edge.Health;
using MotCua.Edge.Journal;
using MotCua.Edge.Loop;
using MotCua.Edge.Media;
using MotCua.Edge.Procedures;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Hosting;

/// <summary>The rim: the one place where real time, chance, card, line and wires enter.</summary>
internal static class Rim
{
    /// <summary>In the data folder: voice packs that were recorded on this box.</summary>
    public const string RecordedVoices = "voices";

    public static EdgeSeams Seams(CentreOptions options, string config, string dataFolder, ILoggerFactory logs)
    {
        var beside = Path.GetDirectoryName(Path.GetFullPath(config))!;
        var chip = options.Clock == ClockSource.Ds3231 ? new ChipTime(TimeProvider.System, new KernelClock()) : null;
        var time = chip ?? TimeProvider.System;
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        IClockTrust clock = options.Clock == ClockSource.Battery ? new BatteryClock() : chip is not null ? chip : new KernelClock();
        return new EdgeSeams(
            time,
            random,
            new EdgeIdentity(options.Centre, BootId(), clock, NewToken),
            () => new EpochId(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)))),
            new DiskFolder(Path.Combine(dataFolder, "journal")),
            new JournalOptions(),
            DriverTable.OfThisBuild.Hardware(new HardwareSeams(
                options, time, random, AlsaSpeaker.HasCard() ? new AlsaSpeaker(new DeviceId(CentreFold.SpeakerOutput), options.Speech.Speaker, time) : null)),
            SpeechParts.Real(options.Speech, config, Path.Combine(dataFolder, "sounds"), Path.Combine(dataFolder, RecordedVoices), time),
            options.Mqtt is { } mqtt ? DriverTable.OfThisBuild.Link(mqtt.Client, time) : null,
            logs,
            new GuidanceShelf(Path.Combine(beside, "guidance"), time),
            new MediaShelf(Path.Combine(beside, "media")),
            Clerks: new Clerks.ClerkFile(dataFolder),
            Procedures: new ProcedureShelf(Path.Combine(beside, "procedures.yaml"), [.. options.Services.Select(service => service.Code)], time));
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
