using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;
using MotCua.Edge.Uplink;
using MotCua.Protocols;
using MotCua.Protocols.Mqtt;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MotCua.Edge.Configuration;

/// <summary>Reads <c>centre.yaml</c>, the one file that an installer edits.</summary>
public static class CentreFile
{
    /// <summary>Largest file read, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>More would not fit into the event that counts what they went through; a centre wants twenty.</summary>
    private const int MostButtons = 96;

    /// <summary>Of a DS3231, which has no other.</summary>
    internal const int ClockAddress = 0x68;

    /// <exception cref="ConfigurationException">The file cannot be used; it lists every error.</exception>
    public static CentreOptions Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = new FileInfo(file).Length <= MaxBytes ? File.ReadAllBytes(file) : throw new IOException($"lớn hơn {MaxBytes} byte");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(file, [new ConfigurationError(1, "(tệp)", e.Message, "một tệp đọc được")]);
        }

        return Parse(file, bytes);
    }

    /// <param name="file">Name for messages.</param>
    /// <exception cref="ConfigurationException">As for <see cref="Read"/>.</exception>
    public static CentreOptions Parse(string file, byte[] bytes)
    {
        var errors = new List<ConfigurationError>();
        var text = Encoding.UTF8.GetString(bytes);
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new ShallowParser(new StringReader(text)));
        }
        catch (YamlException e)
        {
            throw new ConfigurationException(file, [new ConfigurationError(Math.Clamp((int)e.Start.Line, 1, text.Count(c => c == '\n') + 1), "(cú pháp)", e.Message, "YAML đúng cú pháp; kiểm tra thụt lề và dấu hai chấm")]);
        }

        if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new ConfigurationException(file, [new ConfigurationError(1, "(tệp)", "(trống)", "các mục centre, name, services, counters …")]);
        }

        var options = ReadCentre(new YamlField(root, "", errors), HashOf(bytes));
        return errors.Count == 0 ? options : throw new ConfigurationException(file, [.. errors.OrderBy(e => e.Line)]);
    }

    /// <summary>Tells one file from another.</summary>
    internal static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static CentreOptions ReadCentre(YamlField root, string hash)
    {
        const string Id = "mã trung tâm: 2–32 ký tự a–z, 0–9, '-', bắt đầu bằng chữ";
        var centre = root.Required("centre", Id)?.Value(text => new CentreId(text), Id) ?? default;
        var name = root.Required("name", "tên xã/phường")?.Value(text => text is { Length: > 0 and <= 100 } ? text : throw new FormatException(), "1–100 ký tự") ?? "";
        var clock = root.Optional("clock")?.Value(text => Enum<ClockSource>(text), "network, battery hoặc ds3231") ?? ClockSource.Network;
        var drivers = root.Required("drivers", BuildChoices.DriverNames) is { } set ? BuildChoices.DriversOf(set) : default;
        var services = root.Required("services", "danh sách lĩnh vực")?.SomeItems("danh sách lĩnh vực").Select(ReadService).ToList() ?? [];
        var codes = services.Select(s => s.Code).ToHashSet();
        var counters = root.Required("counters", "danh sách quầy")?.SomeItems("danh sách quầy").Select(field => ReadCounter(field, codes)).OfType<Counter>().ToList() ?? [];
        var numbers = counters.Select(c => c.Id).ToHashSet();
        var plan = QueueSection.Read(root, services, counters);
        var groups = plan.Priorities.Select(p => p.Code).ToHashSet();
        var devices = root.Optional("devices");
        var wiring = new WiringBook();
        if (clock == ClockSource.Ds3231)
        {
            wiring.I2c(root.Optional("clock")!, ClockAddress);
        }

        var expanders = devices?.Optional("expanders")?.Items("danh sách bộ mở rộng chân").Select(field => ExpanderOptions.Read(field, ReadId(field), wiring)).ToList() ?? [];
        var buttons = devices?.Optional("buttons")?.Items("danh sách nút", MostButtons).Select(field => ReadButton(field, codes, groups, numbers, wiring)).ToList() ?? [];
        var boards = devices?.Optional("boards")?.Items("danh sách bảng").Select(field => BoardSection.Read(field, ReadId(field), numbers, wiring)).ToList() ?? [];
        var tvs = devices?.Optional("tvs")?.Items("danh sách TV", TvSection.MostTvs).Select(field => TvSection.Read(field, ReadId(field))).ToList() ?? [];
        var tvPort = devices?.Optional("tv-port")?.Integer(1024, 65535, "cổng 1024–65535");
        var climate = devices?.Optional("climate") is { } sensor ? ReadClimate(sensor, wiring) : null;
        var printer = devices?.Optional("printer") is { } slip ? PrinterSection.Read(slip, ReadId, codes) : null;
        var taken = buttons.Select(b => b.Id).Concat(boards.OfType<BoardOptions>().Select(b => b.Id)).Concat(tvs.Select(tv => tv.Id)).Concat(expanders.Select(e => e.Id)).Concat(climate is null ? [] : [climate.Id]).Concat(printer is null ? [] : [printer.Id]);
        var neighbours = NeighbourSection.Read(root, ReadId, taken);
        var cameras = CameraSection.Read(root, ReadId, taken.Concat(neighbours.Select(n => n.Neighbour.Id)), numbers);
        (var recorders, cameras) = RecorderSection.Read(root, ReadId, taken.Concat(neighbours.Select(n => n.Neighbour.Id)).Concat(cameras.SelectMany(one => one.Camera.Devices)), cameras);
        var buses = root.Optional("buses") is { } wires ? ReadBuses(wires) : BusOptions.Default;
        var speech = root.Optional("speech") is { } voice ? SpeechSection.Read(voice, [.. cameras.Where(one => one.Camera.Roles.Contains(Devices.Cameras.StreamRoles.Sound)).Select(one => one.Camera.Id)]) : SpeechOptions.Default;
        var mqtt = root.Optional("mqtt") is { } field ? ReadMqtt(field) : null;
        NoTwice(root, services.Select(s => s.Code.ToString()), "services", "mã lĩnh vực không trùng nhau");
        NoTwice(root, services.Select(s => s.Series.ToString()), "services", "chữ số thứ tự (series) không trùng nhau");
        NoTwice(root, counters.Select(c => c.Id.ToString()), "counters", "số quầy không trùng nhau");
        List<DeviceId> ids = [.. buttons.Select(b => b.Id), .. boards.OfType<BoardOptions>().Select(b => b.Id), .. tvs.Select(tv => tv.Id), .. expanders.Select(e => e.Id), climate?.Id ?? default, printer?.Id ?? default];
        NoTwice(root, ids.Select(id => id.ToString()), "devices", "tên thiết bị không trùng nhau");
        NoTwice(root, tvs.Select(tv => tv.Code), "devices", "mã TV không trùng nhau");
        devices?.NothingElse();
        root.NothingElse();
        return new CentreOptions(centre, name, clock, drivers, [.. services], [.. counters], [.. buttons], [.. boards.OfType<BoardOptions>()], mqtt, hash, climate)
        {
            Plan = plan,
            Buses = buses,
            Neighbours = neighbours,
            Cameras = cameras,
            Recorders = recorders,
            Printer = printer,
            Expanders = [.. expanders],
            Tvs = [.. tvs],
            TvPort = tvPort,
            Speech = speech,
            FileLines = LinesOf(devices?.Optional("buttons"), [.. buttons.Select(b => b.Id)]).Concat(LinesOf(devices?.Optional("boards"), [.. boards.Select(b => b?.Id ?? default)]))
                .Concat(LinesOf(devices?.Optional("expanders"), [.. expanders.Select(e => e.Id)])).DistinctBy(line => line.Key).ToImmutableDictionary(),
        };
    }

    private static Service ReadService(YamlField field)
    {
        const string Code = "mã lĩnh vực: 1–32 ký tự a–z, 0–9, '-'";
        const string Series = "một chữ cái A–Z";
        var code = field.Required("code", Code)?.Value(text => new ServiceCode(text), Code) ?? default;
        var name = field.Required("name", "tên lĩnh vực")?.Value(text => text is { Length: > 0 and <= 60 } ? text : throw new FormatException(), "1–60 ký tự") ?? "";
        var series = field.Required("series", Series)?.Value(text => text is [>= 'A' and <= 'Z'] ? text[0] : throw new FormatException(), Series) ?? '\0';
        var quota = field.Optional("quota")?.Integer(1, 100_000, "số lượt nhiều nhất mỗi ngày, 1–100000");
        field.NothingElse();
        return new Service(code, name, series, quota);
    }

    private static Counter? ReadCounter(YamlField field, HashSet<ServiceCode> known)
    {
        const string Number = "số quầy 1–99";
        var number = field.Required("number", Number)?.Integer(1, 99, Number);
        var served = field.Required("services", "danh sách mã lĩnh vực")?.SomeItems("danh sách mã lĩnh vực").Select(item => ReadKnown(item, known)).OfType<ServiceCode>().ToImmutableHashSet() ?? [];
        var self = field.Optional("self-service")?.Value(bool.Parse, "true hoặc false") ?? false;
        var free = field.Optional("free-after")?.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromHours(8));
        if (free is not null && !self)
        {
            field.Fail("free-after chỉ dùng với self-service: true");
        }

        field.NothingElse();
        return number is { } value ? new Counter(new CounterId(value), served, self, free) : null;
    }

    private static ServiceCode? ReadKnown(YamlField field, HashSet<ServiceCode> known) => field.Value<ServiceCode?>(
        text => known.TryGetValue(new ServiceCode(text), out var code) ? code : throw new FormatException(), $"một trong các lĩnh vực: {string.Join(", ", known)}");

    private static ButtonOptions ReadButton(YamlField field, HashSet<ServiceCode> services, HashSet<PriorityCode> groups, HashSet<CounterId> counters, WiringBook wiring)
    {
        var id = ReadId(field);
        var line = field.Required("line", "chân GPIO 0–53") is { } contact ? wiring.Line(contact, input: true) : null;
        var (press, hold, holdAfter) = PressFields.Read(field, services, groups, counters);
        var lamp = field.Optional("lamp") is { } light ? wiring.Line(light, input: false) : null;
        if (line is { } wired && lamp is { } lit && wired.Expander != lit.Expander)
        {
            // Each chip has its own loop, so that one that hangs keeps no button of another from working.
            field.Optional("lamp")!.Fail($"một chân cùng chỗ với nút ({(wired.Expander is { } expander ? $"trên {expander}" : "trên máy")})");
        }

        field.NothingElse();
        return new ButtonOptions(id, line ?? default, press, lamp) { Hold = hold, HoldAfter = holdAfter };
    }

    private static ClimateOptions ReadClimate(YamlField field, WiringBook wiring)
    {
        var id = ReadId(field);
        var chip = field.Required("chip", "sht3x") is { } name ? BuildChoices.SensorOf(name) : default;
        var address = wiring.I2c(field, 0x44, 0x45, 0x44);
        field.NothingElse();
        return new ClimateOptions(id, chip, address);
    }

    private static BusOptions ReadBuses(YamlField field)
    {
        const string Gpio = "tên hoặc nhãn chip GPIO, như gpiochip0: 1–31 ký tự, không có '/'";
        var usual = BusOptions.Default;
        var gpio = field.Optional("gpio")?.Value(text => text is { Length: >= 1 and <= 31 } && !text.Contains('/') ? text : throw new FormatException(), Gpio) ?? usual.Gpio;
        var filter = field.Optional("gpio-filter-us")?.Integer(0, 10_000, "0–10000 micro giây") ?? 0;
        var i2c = field.Optional("i2c")?.Integer(0, 255, "số bus I2C 0–255") ?? usual.I2c;
        var spi = field.Optional("spi")?.Integer(0, 255, "số bus SPI 0–255") ?? usual.Spi;
        var hertz = field.Optional("spi-hz")?.Integer(10_000, 10_000_000, "10000–10000000 Hz") ?? usual.SpiHertz;
        field.NothingElse();
        return new BusOptions(gpio, TimeSpan.FromMicroseconds(filter), i2c, spi, hertz);
    }

    // What is no list was told when it was read.
    private static IEnumerable<KeyValuePair<DeviceId, int>> LinesOf(YamlField? list, IReadOnlyCollection<DeviceId> ids) =>
        list is null || ids.Count == 0 ? [] : list.Items("danh sách").Zip(ids, (item, id) => KeyValuePair.Create(id, item.Line));

    private static DeviceId ReadId(YamlField field)
    {
        const string Id = "tên thiết bị: 1–32 ký tự a–z, 0–9, '-', bắt đầu bằng chữ; không phải speaker, microphone, speech, voice, clock, journal, journal-keeper, uplink, edge";
        return field.Required("id", Id)?.Value(
            text => text is "speaker" or "microphone" or "speech" or "voice" or "clock" or "journal" or "journal-keeper" or "uplink" or "edge" ? throw new FormatException() : new DeviceId(text), Id) ?? default;
    }

    private static MqttOptions ReadMqtt(YamlField field)
    {
        var host = field.Required("host", "tên hoặc địa chỉ máy chủ MQTT")?.Value(text => text is { Length: > 0 and <= 255 } ? text : throw new FormatException(), "1–255 ký tự") ?? "";
        var port = field.Required("port", "cổng 1–65535")?.Integer(1, 65535, "cổng 1–65535") ?? 1;
        var key = field.Required("province-key", "tệp khóa công khai của tỉnh (PEM)")?.Value(text => text, "đường dẫn tệp") ?? "";
        var tls = field.Optional("tls") is { } files ? ReadTls(files) : null;
        var client = field.Optional("client") is { } library ? BuildChoices.ClientOf(library) : default;
        var most = field.Optional("max-kbit")?.Integer(LineBudget.Least, LineBudget.Most, $"{LineBudget.Least}–{LineBudget.Most} kbit/s");
        field.NothingElse();
        return new MqttOptions(host, port, key, tls, client, most);
    }

    private static MqttTls ReadTls(YamlField field)
    {
        var (ca, certificate, key) = (File("ca", "tệp chứng thư của CA (PEM)"), File("cert", "tệp chứng thư của trung tâm (PEM)"), File("key", "tệp khóa riêng của trung tâm (PEM)"));
        field.NothingElse();
        return new MqttTls(ca, certificate, key);

        string File(string name, string expected) => field.Required(name, expected)?.Value(
            text => text.Length > 0 ? text : throw new FormatException(), expected) ?? "";
    }

    private static void NoTwice(YamlField root, IEnumerable<string> values, string section, string expected)
    {
        // What could not be read was told already.
        foreach (var twice in values.Where(v => !string.IsNullOrEmpty(v) && v != "\0").GroupBy(v => v, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            (root.Optional(section) ?? root).Note(twice.Key, expected);
        }
    }

    private static T Enum<T>(string text)
        where T : struct, System.Enum => !int.TryParse(text, out _) && System.Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : throw new FormatException();
}
