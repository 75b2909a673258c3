using System.Text;
using MotCua.Edge.Assembly;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Hosting;
using Xunit;

namespace MotCua.Edge.Printing.Tests;

public sealed class PrinterSectionTests
{
    private const string Good =
        "id: may-in, port: 'serial:/dev/ttyUSB0@19200', paper: 58, status: none, follow-url: 'https://motcua.example/t/', logo: /etc/motcua/logo.pbm, footer: Cảm ơn quý vị, " +
        "checklists: [{ service: chung-thuc, lines: [Căn cước, Bản chính] }]";

    internal static readonly string Full = With(Good);

    [Fact]
    public void Everything_about_a_printer_is_read()
    {
        var printer = Parse(Full).Printer!;
        Assert.Equal(("may-in", 384, false, "https://motcua.example/t/", "/etc/motcua/logo.pbm", "Cảm ơn quý vị"), (printer.Id.Value, printer.Dots, printer.Answers, printer.FollowUrl, printer.Logo, printer.Footer));
        Assert.Equal(new PrinterPort.Serial("/dev/ttyUSB0", 19200), printer.Port);
        Assert.Equal(["Căn cước", "Bản chính"], printer.Checklists[new("chung-thuc")]);
        Assert.Equal(20, printer.LogoLine);
    }

    [Fact]
    public void The_least_is_a_name_and_a_port()
    {
        var printer = Parse(With("id: may-in, port: usb:/dev/usb/lp0")).Printer!;
        Assert.Equal((576, true, null, null, null), (printer.Dots, printer.Answers, printer.FollowUrl, printer.Logo, printer.Footer));
        Assert.Equal(new PrinterPort.Usb("/dev/usb/lp0"), printer.Port);
        Assert.Equal(new PrinterPort.Tcp("192.168.1.60", 9100), Parse(With("id: may-in, port: 'tcp:192.168.1.60:9100'")).Printer!.Port);
        Assert.Equal(new PrinterPort.Serial("/dev/ttyS0", 115200, HardwareFlow: true), Parse(With("id: may-in, port: 'serial:/dev/ttyS0@115200+rtscts'")).Printer!.Port);
        Assert.Null(Parse(TestCentre.Yaml).Printer);
    }

    [Theory]
    [InlineData("serial:/dev/ttyUSB0@19200", "serial:/dev/ttyUSB0", "devices.printer.port")]
    [InlineData("serial:/dev/ttyUSB0@19200", "serial:/dev/ttyUSB0@12", "devices.printer.port")]
    [InlineData("serial:/dev/ttyUSB0@19200", "usb:lp0", "devices.printer.port")]
    [InlineData("serial:/dev/ttyUSB0@19200", "tcp:may-in", "devices.printer.port")]
    [InlineData("serial:/dev/ttyUSB0@19200", "tcp:may-in:99999", "devices.printer.port")]
    [InlineData("serial:/dev/ttyUSB0@19200", "lpt1", "devices.printer.port")]
    [InlineData("serial:/dev/ttyUSB0@19200", "serial:/dev/ttyUSB0@19200+dtr", "devices.printer.port")]
    [InlineData("paper: 58", "paper: 76", "devices.printer.paper")]
    [InlineData("status: none", "status: maybe", "devices.printer.status")]
    [InlineData("https://motcua.example/t/", "https://motcua.example/t", "devices.printer.follow-url")]
    [InlineData("https://motcua.example/t/", "ftp://motcua.example/", "devices.printer.follow-url")]
    [InlineData("https://motcua.example/t/", "", "devices.printer.follow-url")]
    [InlineData("/etc/motcua/logo.pbm", "logo.pbm", "devices.printer.logo")]
    [InlineData("footer: Cảm ơn quý vị", "footer: ''", "devices.printer.footer")]
    [InlineData("service: chung-thuc", "service: dat-dai", "devices.printer.checklists[0].service")]
    [InlineData("lines: [Căn cước, Bản chính]", "lines: []", "devices.printer.checklists[0].lines")]
    [InlineData("lines: [Căn cước, Bản chính]", "lines: [a, b, c, d, e, f, g, h, i, j, k, l, m]", "devices.printer.checklists[0].lines[12]")]
    [InlineData("id: may-in", "id: speaker", "devices.printer.id")]
    [InlineData("id: may-in", "id: hall-lcd", "devices")]
    [InlineData("paper: 58", "papper: 58", "devices.printer")]
    public void A_bad_value_is_told_where_it_stands(string good, string bad, string path)
    {
        Assert.Contains(good, Full, StringComparison.Ordinal);
        var errors = Assert.Throws<ConfigurationException>(() => Parse(Full.Replace(good, bad, StringComparison.Ordinal))).Errors;
        Assert.Contains(errors, error => error.Path == path && error.Line is >= 1 and <= 21);
    }

    [Fact]
    public async Task A_logo_that_cannot_be_read_is_an_error_of_check_and_a_notice_of_a_centre_that_serves_without_it()
    {
        var folder = Directory.CreateTempSubdirectory("printer-").FullName;
        try
        {
            var (file, logo) = (Path.Combine(folder, "centre.yaml"), Path.Combine(folder, "logo.pbm"));
            File.WriteAllText(logo, "not a picture");
            var yaml = With($"id: may-in, port: usb:/dev/usb/lp0, logo: {logo}");
            File.WriteAllText(file, yaml);
            using var output = new StringWriter();
            Assert.Equal(1, EdgeCheck.Run(new EdgeArguments("check", file, folder, ""), output));
            Assert.Contains("dòng 20, devices.printer.logo", output.ToString(), StringComparison.Ordinal);

            using var centre = new TestCentre(yaml: yaml);
            Assert.Equal(new TestCentre.KnownDevice("degraded", "printer.no-logo"), centre.Device("edge"));
            await centre.PressAsync(TestCentre.TicketButton);
            await centre.RunAsync(1);
            Assert.Single(centre.Box.Printer!.Papers);

            File.WriteAllBytes(logo, [.. Encoding.ASCII.GetBytes("P4\n# made by hand\n10 2\n"), 0xFF, 0xC0, 0x80, 0x40]);
            Assert.Equal(0, EdgeCheck.Run(new EdgeArguments("check", file, folder, ""), output));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(BusFailure.TimedOut, "máy in không nhận dữ liệu; kiểm tra giấy, nắp và đèn báo")]
    [InlineData(null, "không nối được máy in 192.168.1.60:9100; kiểm tra dây mạng, địa chỉ và máy in đã bật")]
    public void A_network_printer_that_takes_no_more_is_told_apart_from_one_that_is_not_there(BusFailure? failure, string told)
    {
        var wired = Parse(With("id: may-in, port: 'tcp:192.168.1.60:9100'")).Printer!;
        var e = failure is { } kind ? new BusException(kind, "192.168.1.60:9100", null, 110) : new IOException("192.168.1.60:9100: nothing answers within 2 s");
        Assert.Equal($"dòng 20, devices.printer.port: {told} ({e.Message})", PrinterLines.Explain(wired, e));
    }

    private static string With(string printer) => TestCentre.Yaml.Replace("mqtt:", $"  printer: {{ {printer} }}\nmqtt:", StringComparison.Ordinal);

    private static CentreOptions Parse(string yaml) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(yaml));
}
