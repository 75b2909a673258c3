using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Hosting;
using MotCua.Protocols.Mqtt;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class CentreFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("motcua-config-").FullName;

    [Fact]
    public void A_text_that_is_nested_without_end_is_an_error_of_its_line_and_ends_nothing()
    {
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => CentreFile.Parse("centre.yaml", System.Text.Encoding.UTF8.GetBytes("a:\n" + string.Concat(Enumerable.Repeat("[", 250_000))))).Errors);
        Assert.Equal((2, "(cú pháp)"), (error.Line, error.Path));
        Assert.Contains("32", error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_file_says_what_stands_in_it()
    {
        var options = Parse(TestCentre.Yaml);
        Assert.Equal(("pt-viet-tri", "Phường Việt Trì", ClockSource.Battery), (options.Centre.Value, options.Name, options.Clock));
        Assert.Equal([(PressAction.Ticket, "chung-thuc", (int?)null), (PressAction.Next, null, 1), (PressAction.Recall, null, 1), (PressAction.Done, null, 1)],
            options.Buttons.Select(b => (b.Press.Action, b.Press.Service?.Value, b.Press.Counter?.Value)));
        Assert.Equal([("hall-lcd", 0x27), ("hall-sign", 0)], options.Boards.Select(b => (b.Id.Value, b.Address)));
        Assert.Equal(64, options.Hash.Length);
    }

    [Fact]
    public void Every_error_is_told_at_once_with_line_path_what_was_found_and_what_is_expected()
    {
        var yaml = TestCentre.Yaml
            .Replace("centre: pt-viet-tri", "centre: PT Việt Trì", StringComparison.Ordinal)
            .Replace("series: H", "series: HH", StringComparison.Ordinal)
            .Replace("line: 16", "line: 99", StringComparison.Ordinal)
            .Replace("chip: max7219", "chip: max9999", StringComparison.Ordinal)
            .Replace("port: 1883", "prot: 1883", StringComparison.Ordinal);
        var errors = Errors(yaml);
        Assert.Contains(errors, e => e is { Line: 1, Path: "centre", Found: "PT Việt Trì" } && e.Expected.Contains("a–z", StringComparison.Ordinal));
        Assert.Contains(errors, e => e is { Line: 7, Path: "services[1].series", Found: "HH" });
        Assert.Contains(errors, e => e is { Line: 14, Path: "devices.buttons[1].line", Found: "99" });
        Assert.Contains(errors, e => e is { Line: 19, Path: "devices.boards[1].chip" });
        Assert.Contains(errors, e => e is { Line: 20, Path: "mqtt.port", Found: "(thiếu)" });
        Assert.Contains(errors, e => e is { Line: 20, Path: "mqtt", Found: "prot" });
        Assert.Equal(errors.Select(e => e.Line).Order(), errors.Select(e => e.Line));
    }

    [Theory]
    [InlineData("", 1, "(tệp)")]
    [InlineData("- a\n- b", 1, "(tệp)")]
    [InlineData("centre: [", 1, "(cú pháp)")]
    [InlineData("centre: a\ncentre: b", 2, "(cú pháp)")]
    public void A_file_that_is_no_centre_is_refused_with_one_error(string yaml, int line, string path)
    {
        var error = Assert.Single(Errors(yaml));
        Assert.Equal((line, path), (error.Line, error.Path));
    }

    [Theory]
    [InlineData("services: [chung-thuc, ho-tich]", "services: []", "counters[0].services")]
    [InlineData("services: [ho-tich]", "services: [dat-dai]", "counters[1].services[0]")]
    [InlineData("number: 2", "number: 1", "counters")]
    [InlineData("number: 2", "number: 100", "counters[1].number")]
    [InlineData("series: H", "series: A", "services")]
    [InlineData("series: H", "series: Đ", "services[1].series")]
    [InlineData("id: goi-tiep", "id: lay-so", "devices")]
    [InlineData("id: hall-lcd", "id: uplink", "devices.boards[0].id")]
    [InlineData("id: hall-lcd", "id: journal-keeper", "devices.boards[0].id")]
    [InlineData("line: 16", "line: 5", "devices.buttons[1].line")]
    [InlineData("press: next 1", "press: next 7", "devices.buttons[1].press")]
    [InlineData("press: next 1", "press: next", "devices.buttons[1].press")]
    [InlineData("press: next 1", "press: 1 1", "devices.buttons[1].press")]
    [InlineData("press: ticket chung-thuc", "press: ticket dat-dai", "devices.buttons[0].press")]
    [InlineData("i2c: 0x27", "i2c: 0x80", "devices.boards[0].i2c")]
    [InlineData("i2c: 0x27", "i2c: -5", "devices.boards[0].i2c")]
    [InlineData("spi: 0", "spi: 2", "devices.boards[1].spi")]
    [InlineData("spi: 0", "i2c: 0x20", "devices.boards[1]")]
    [InlineData("clock: battery", "clock: 1", "clock")]
    [InlineData("drivers: virtual", "drivers: real", "drivers")]
    [InlineData("name: Phường Việt Trì", "name: ''", "name")]
    [InlineData("name: Phường Việt Trì", "name: [a]", "name")]
    [InlineData("port: 1883", "port: 0", "mqtt.port")]
    [InlineData("port: 1883", "port: 99999999999", "mqtt.port")]
    [InlineData("port: 1883", "port: 1883, max-kbit: 7", "mqtt.max-kbit")]
    [InlineData("host: 127.0.0.1", "host: ''", "mqtt.host")]
    public void A_bad_value_is_told_where_it_stands(string good, string bad, string path)
    {
        Assert.Contains(good, TestCentre.Yaml, StringComparison.Ordinal);
        var yaml = TestCentre.Yaml.Replace(good, bad, StringComparison.Ordinal);
        var error = Errors(yaml)[0];
        Assert.Equal(path, error.Path);
        Assert.InRange(error.Line, 1, 20);
    }

    [Theory]
    [InlineData("drivers: virtual", "drivers: dotnet-iot", 3, "drivers", "dotnet-iot")]
    [InlineData("port: 1883", "port: 1883, client: mqttnet", 20, "mqtt.client", "mqttnet")]
    [InlineData("mqtt:", "  climate: { id: phong-cho, chip: sht3x, i2c: 0x44 }\nmqtt:", 20, "devices.climate.chip", "sht3x")]
    public void A_driver_is_taken_where_the_build_holds_it_and_elsewhere_the_error_says_how_to_get_it(string good, string wanted, int line, string path, string name)
    {
        var yaml = TestCentre.Yaml.Replace(good, wanted, StringComparison.Ordinal);
        if (BuildChoices.HoldsNuGetDrivers)
        {
            var options = Parse(yaml);
            bool[] chosen = [options.Drivers == DriverSet.DotNetIot, options.Mqtt!.Client == MqttClient.MqttNet, options.Climate == new ClimateOptions(new("phong-cho"), ClimateChip.Sht3x, 0x44)];
            Assert.Single(chosen, true);
        }
        else
        {
            var error = Assert.Single(Errors(yaml));
            Assert.Equal((line, path, name), (error.Line, error.Path, error.Found));
            Assert.EndsWith($"{name} (phải biên dịch lại với -p:UseNuGetDrivers=true)", error.Expected, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_every_build_holds_may_be_named_and_is_the_default()
    {
        Assert.Equal(MqttClient.Mosquitto, Parse(TestCentre.Yaml).Mqtt!.Client);
        Assert.Equal(MqttClient.Mosquitto, Parse(TestCentre.Yaml.Replace("port: 1883", "port: 1883, client: mosquitto", StringComparison.Ordinal)).Mqtt!.Client);
        Assert.Null(Parse(TestCentre.Yaml).Climate);
    }

    [Theory]
    [InlineData("id: hall-lcd, chip: sht3x, i2c: 0x44", "devices")]
    [InlineData("id: phong-cho, chip: sht3x, i2c: 0x43", "devices.climate.i2c")]
    [InlineData("id: phong-cho, chip: sht99, i2c: 0x44", "devices.climate.chip")]
    [InlineData("id: phong-cho, chip: sht3x, i2c: 0x44, every: 5", "devices.climate")]
    [InlineData("id: edge, chip: sht3x, i2c: 0x44", "devices.climate.id")]
    public void A_bad_sensor_is_told_where_it_stands(string climate, string path) =>
        Assert.Contains(Errors(TestCentre.Yaml.Replace("mqtt:", $"  climate: {{ {climate} }}\nmqtt:", StringComparison.Ordinal)), error => error.Path == path);

    [Fact]
    public void A_sensor_does_not_share_its_address_with_a_board()
    {
        var yaml = TestCentre.Yaml.Replace("i2c: 0x27", "i2c: 0x44", StringComparison.Ordinal).Replace("mqtt:", "  climate: { id: phong-cho, chip: sht3x, i2c: 0x44 }\nmqtt:", StringComparison.Ordinal);
        Assert.Contains(Errors(yaml), error => error is { Path: "devices.climate.i2c", Found: "0x44" });
    }

    [Fact]
    public void Files_for_tls_are_read_and_without_them_the_line_is_plain()
    {
        Assert.Null(Parse(TestCentre.Yaml).Mqtt!.Tls);
        Assert.Equal(new MqttTls("/etc/m/ca.pem", "/etc/m/edge.pem", "/etc/m/edge.key"), Parse(WithTls("ca: /etc/m/ca.pem, cert: /etc/m/edge.pem, key: /etc/m/edge.key")).Mqtt!.Tls);
    }

    [Fact]
    public void Files_for_tls_are_meant_from_the_folder_of_the_file() =>
        Assert.Equal(new MqttTls("/etc/m/ca.pem", "/etc/m/tls/edge.pem", "/run/edge.key"), Parse(WithTls("ca: ca.pem, cert: tls/edge.pem, key: /run/edge.key")).Beside("/etc/m").Mqtt!.Tls);

    [Theory]
    [InlineData("ca: '', cert: /edge.pem, key: /edge.key", "mqtt.tls.ca", "")]
    [InlineData("ca: /ca.pem, cert: /edge.pem", "mqtt.tls.key", "(thiếu)")]
    [InlineData("ca: /ca.pem, cert: /edge.pem, key: /edge.key, password: x", "mqtt.tls", "password")]
    public void Tls_with_a_part_empty_missing_or_too_many_is_told_with_its_line(string tls, string path, string found)
    {
        var error = Assert.Single(Errors(WithTls(tls)));
        Assert.Equal((20, path, found), (error.Line, error.Path, error.Found));
    }

    [Fact]
    public void What_could_not_be_read_is_not_told_again_as_given_twice()
    {
        var errors = Errors(TestCentre.Yaml.Replace("series: A", "series: 1", StringComparison.Ordinal).Replace("series: H", "series: 2", StringComparison.Ordinal));
        Assert.Equal(["services[0].series", "services[1].series"], errors.Select(e => e.Path));
    }

    [Fact]
    public void The_last_good_file_stands_in_for_a_bad_one()
    {
        var file = Path.Combine(folder, "centre.yaml");
        File.WriteAllText(file, TestCentre.Yaml);
        LastGoodConfiguration.Keep(file, LastGoodConfiguration.Load(file, folder).Options.Hash, folder);
        File.WriteAllText(file, TestCentre.Yaml.Replace("number: 2", "number: x", StringComparison.Ordinal));
        var (options, bad) = LastGoodConfiguration.Load(file, folder);
        Assert.Equal(2, options.Counters.Length);
        Assert.Equal("counters[1].number", Assert.Single(bad!.Errors).Path);
        File.Delete(file);
        Assert.Equal("(tệp)", Assert.Single(LastGoodConfiguration.Load(file, folder).Bad!.Errors).Path);
    }

    [Fact]
    public void A_file_is_kept_as_good_only_after_a_centre_was_put_together_from_it()
    {
        var (file, kept) = (Path.Combine(folder, "centre.yaml"), Path.Combine(folder, "centre.last-good.yaml"));
        File.WriteAllText(file, TestCentre.Yaml);
        var (options, _) = LastGoodConfiguration.Load(file, folder);
        Assert.False(File.Exists(kept));
        File.WriteAllText(file, "drivers: changed while it was put together");
        LastGoodConfiguration.Keep(file, options.Hash, folder);
        Assert.False(File.Exists(kept));

        File.WriteAllText(file, TestCentre.Yaml);
        LastGoodConfiguration.Keep(file, options.Hash, folder);
        Assert.Equal(TestCentre.Yaml, File.ReadAllText(kept));
    }

    [Fact]
    public void Without_a_good_file_ever_there_is_no_start()
    {
        Assert.Throws<ConfigurationException>(() => LastGoodConfiguration.Load(Path.Combine(folder, "centre.yaml"), folder));
    }

    [Fact]
    public void A_card_that_takes_no_copy_keeps_no_centre_closed()
    {
        var file = Path.Combine(folder, "centre.yaml");
        File.WriteAllText(file, TestCentre.Yaml);
        Directory.CreateDirectory(Path.Combine(folder, "data", "centre.last-good.yaml"));
        var (options, bad) = LastGoodConfiguration.Load(file, Path.Combine(folder, "data"));
        Assert.Null(bad);
        LastGoodConfiguration.Keep(file, options.Hash, Path.Combine(folder, "data"));
    }

    [Fact]
    public void Check_tells_an_installer_every_error_or_that_all_is_well()
    {
        var file = Path.Combine(folder, "centre.yaml");
        using var good = new StringWriter();
        File.WriteAllText(file, TestCentre.Yaml);
        Assert.Equal(0, EdgeCheck.Run(new EdgeArguments("check", file, folder, ""), good));
        Assert.Contains("đúng. Phường Việt Trì: 2 lĩnh vực, 2 quầy, 4 nút, 2 bảng.", good.ToString(), StringComparison.Ordinal);
        using var bad = new StringWriter();
        File.WriteAllText(file, TestCentre.Yaml.Replace("number: 2", "number: x", StringComparison.Ordinal).Replace("spi: 0", "spi: 9", StringComparison.Ordinal));
        Assert.Equal(1, EdgeCheck.Run(new EdgeArguments("check", file, folder, ""), bad));
        Assert.Contains("có 2 lỗi", bad.ToString(), StringComparison.Ordinal);
        Assert.Contains("dòng 10, counters[1].number: có «x», cần số quầy 1–99", bad.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--konfig", "x")]
    [InlineData("serve", "check")]
    public void A_command_line_that_is_not_understood_is_answered_with_the_usage(params string[] args)
    {
        using var complaints = new StringWriter();
        Assert.Null(EdgeArguments.TryRead(args, complaints));
        Assert.Contains("--config", complaints.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string WithTls(string tls) => TestCentre.Yaml.Replace("province.pub }", $"province.pub, tls: {{ {tls} }} }}", StringComparison.Ordinal);

    private static CentreOptions Parse(string yaml) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(yaml));

    private static IReadOnlyList<ConfigurationError> Errors(string yaml) => Assert.Throws<ConfigurationException>(() => Parse(yaml)).Errors;
}
