using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Configuration;
using MotCua.Protocols.Events;
using MotCua.Protocols.Snapshots;
using MotCua.Protocols.State;
using MotCua.Protocols.Trust;

namespace MotCua.Protocols.Tests.Documents;

/// <summary>One fixed message of each kind; the examples under <c>protocols/examples/</c> are their bytes.</summary>
internal static class Samples
{
    public static readonly CentreId Centre = new("phuong-viet-tri");
    public static readonly EpochId Epoch = new(0x3f9a_11c0_27de_5b84);
    private static readonly DateOnly Day = new(2026, 11, 23);
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 7, 31, 5, 250, TimeSpan.FromHours(7));
    private const string Text = "centre: phuong-viet-tri\nname: Phường Việt Trì\n";
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// <summary>One event for each row of <see cref="EventTypes.All"/>, in its order, with sequence numbers from 1.</summary>
    public static IReadOnlyList<EventData> Events { get; } =
    [
        new JournalOpened("damage", new JournalEnd("00c0ffee00c0ffee", 48_112, Hash), 20),
        new EdgeStarted("0.1.0", 0),
        new DayOpened(Day),
        new TicketIssued(Day, "A105", "chung-thuc", "h3Kf0PqLw9ZtX2mVbR7sYA", "button:chung-thuc", 7, "nguoi-cao-tuoi", 1800, "HEN-0042", Morning.AddMinutes(10), "mtq", "chung-thuc-ban-sao"),
        new TicketCalled(Day, "A105", 3, "Ưu tiên: người cao tuổi, vượt 2 lượt.", new CallGrounds("priority", "nguoi-cao-tuoi", 2, ["chung-thuc", "ho-tich"], null)),
        new TicketRecalled(Day, "A105", 3, 2),
        new TicketDone(Day, "A105", 3, Inferred: true),
        new TicketExpired(Day, "B017"),
        new CallDelivered(5, "loa-sanh", "done", 6_240, true),
        new DeviceChanged("bang-quay-3", "failed", "device.not-answering", "I2C 0x27: NACK"),
        new DayClosed(Day),
        new DayReopened(Day),
        new TicketServing(Day, "A105", 3),
        new TicketMissed(Day, "A105", 3, Morning.AddMinutes(30), Inferred: true),
        new TicketParked(Day, "A105", 3, "Thiếu bản sao căn cước"),
        new TicketReturned(Day, "A105"),
        new TicketTransferred(Day, "A105", 3, "ho-tich", 2, "Cần trích lục khai sinh trước"),
        new TicketCancelled(Day, "A105", "Công dân ra về", 3),
        new ActionUndone(Day, "A105", 3, "park"),
        new TicketReprinted(Day, "A105", 2, "api"),
        new TicketRated(Day, "A105", 3, "not-satisfied", ["long-wait", "unclear-guidance"]),
        new HelpRequested(Day, "nha-4821", "home", "Khu 5"),
        new HelpAnswered(Day, "quay-3"),
        new CounterPaused(Day, 3, "Nghỉ giữa giờ"),
        new CounterResumed(Day, 3),
        new ServicePaused(Day, "dat-dai", "Hệ thống đất đai bảo trì"),
        new ServiceResumed(Day, "dat-dai"),
        new CentrePaused(Day, "Mất điện"),
        new CentreResumed(Day),
        new AppointmentBooked(Day, "HEN-0042", "chung-thuc", Morning.AddMinutes(10)),
        new AppointmentCancelled(Day, "HEN-0042"),
        new DayConfirmed(Day),
        new ClockCorrected(-3_600_000),
        new SelfTestFinished("button:kiem-tra", 42.5,
            [new SelfTestDevice("hall-lcd", "ok", null), new SelfTestDevice("hall-sign", "failed", "device.not-answering"), new SelfTestDevice("nut-1", "not-tried", null)]),
        new ButtonsCounted([new ButtonCount("nut-chung-thuc", 18_204, 3, 61_112, Morning, 2), new ButtonCount("nut-dat-dai", 0, 0, 0, null, 18_204)]),
        new TicketPrinted(Day, "A105", 1, "may-in", 118),
        new TicketUnprinted(Day, "A106", 1, "may-in", "printer.paper-out"),
        new AnnouncementSaid("huong-dan-3", "guidance", "nop-ho-so.txt", "done", 12_480),
        new CommandAnswered("2b7e151628aed2a6", "announce", "failed", "Đang trong giờ im lặng nên loa không đọc.", Morning, Morning.AddHours(1)),
        new ConfigurationChanged(Morning.ToUnixTimeSeconds(), Hash, ConfigurationOutcome.Refused, null, ["dòng 9, counters[1].services[0]: có «dat-dai», cần một trong các lĩnh vực: chung-thuc, ho-tich"]),
        new HelpTaken(Day, "quay-3", 7),
        new HelpWithdrawn(Day, "may-lay-so"),
        new CameraOffline("camera-sanh", "detect", "camera.unreachable"),
        new CameraOnline("camera-sanh", "detect", 184),
        new CameraCovered("camera-sanh", "start", "covered", 0),
        new CameraFrozen("camera-quay", "end", 95),
        new CameraBlurred("camera-quay", "start", 0),
        new CameraMoved("camera-quay", "end", 5_400),
        new CameraClock("camera-sanh", "start", -3_598, 0),
        new CameraMotion("camera-quay", "end", "motion", 410),
        new CameraTamper("camera-quay", "start", 0),
        new CameraDeaf("camera-sanh", "start", "silent", 0),
        new CameraUnsure("camera-sanh", "detect"),
        new CameraSnapshot("2b7e151628aed2a6", "camera-sanh", "asked", "command", "complaint", "operator", null, Blur: true, 1_440, null),
    ];

    /// <summary>One body for each row of <see cref="CommandKinds.All"/>.</summary>
    public static IReadOnlyDictionary<string, object> Bodies { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        [CommandKinds.Announce] = new AnnounceBody("Trung tâm nghỉ trưa lúc 11 giờ 30.", Morning.AddHours(4)),
        [CommandKinds.SelfTest] = new SelfTestBody(),
        [CommandKinds.Appointments] = new AppointmentsBody(Morning, Morning.AddHours(9), [new BookedSlot("HEN-0042", "chung-thuc", Morning.AddHours(1))], Morning),
        [CommandKinds.Snapshot] = new SnapshotBody("camera-sanh", SnapshotReason.Complaint, SnapshotRole.Operator),
    };

    public static EventHeader Header(long seq) => new(Centre, Epoch, seq, Morning.AddSeconds(seq), 86_400_000 + (1000 * seq), "5be1a7c0", ClockTrust.Synced);

    public static byte[] Bytes(long seq, EventData data)
    {
        var output = new ArrayBufferWriter<byte>();
        EventCodec.Write(output, Header(seq), data);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The events one after another, each with its own place.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> EventBytes { get; } = [.. Events.Select((data, i) => (ReadOnlyMemory<byte>)Bytes(i + 1, data))];

    public static EventBatch Batch { get; } = new(Epoch, 2, ChainHash.Genesis.Next(EventBytes[0].Span), null, [.. EventBytes.Skip(1)]);

    public static IReadOnlyDictionary<string, byte[]> States { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["state"] = JsonSerializer.SerializeToUtf8Bytes(new StateMessage(StateMessage.Online, Morning.ToUnixTimeMilliseconds()), StateJson.Default.StateMessage),
        ["birth"] = JsonSerializer.SerializeToUtf8Bytes(
            new BirthMessage(
                Morning.ToUnixTimeMilliseconds(), "Phường Việt Trì", "0.1.0", Hash,
                [new BirthEpoch(Epoch.ToString(), 1, 10)],
                [new BirthDevice("bang-quay-3", "hd44780"), new BirthDevice("loa-sanh", "speaker")],
                new BirthConfiguration(Morning.ToUnixTimeSeconds(), Hash, ConfigurationOutcome.Kept)),
            StateJson.Default.BirthMessage),
        ["dev"] = JsonSerializer.SerializeToUtf8Bytes(
            new DeviceMessage("bang-quay-3", "hd44780", "failed", "device.not-answering", "I2C 0x27: NACK", Morning), StateJson.Default.DeviceMessage),
        ["health"] = JsonSerializer.SerializeToUtf8Bytes(
            new HealthMessage(Morning, 3, 1_204_224, 61_865_984, 52.5, 11_811_160_064, "synced", 28.4, 71), StateJson.Default.HealthMessage),
        ["ack"] = JsonSerializer.SerializeToUtf8Bytes(
            new AckClaims(Centre.Value, Morning.ToUnixTimeSeconds(), Epoch.ToString(), 10.ToString(CultureInfo.InvariantCulture), Hash), Schemas.Like(typeof(AckClaims))),
        ["cmd"] = JsonSerializer.SerializeToUtf8Bytes(
            new CommandClaims(
                Centre.Value, Morning.ToUnixTimeSeconds(), Morning.AddHours(1).ToUnixTimeSeconds(), "2b7e151628aed2a6", CommandKinds.Announce,
                JsonSerializer.SerializeToElement(Bodies[CommandKinds.Announce], CommandKinds.InfoOf(CommandKinds.Announce)!)),
            Schemas.Like(typeof(CommandClaims))),
        ["cfg"] = JsonSerializer.SerializeToUtf8Bytes(
            new ConfigurationClaims(Centre.Value, Morning.ToUnixTimeSeconds(), Morning.ToUnixTimeSeconds(), DesiredConfiguration.HashOf(Text), Text), Schemas.Like(typeof(ConfigurationClaims))),
        ["res"] = JsonSerializer.SerializeToUtf8Bytes(
            new CommandAnswer("2b7e151628aed2a6", CommandState.Running, "Đang xem bảng quay-3.", Morning, 3, 16), AnswerJson.Default.CommandAnswer),
        ["snap"] = JsonSerializer.SerializeToUtf8Bytes(new SnapshotHead("2b7e151628aed2a6", "camera-sanh", Morning, Blur: true), SnapshotJson.Default.SnapshotHead),
    };
}
