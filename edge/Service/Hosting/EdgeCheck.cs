using System.Globalization;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Enrolment;

namespace MotCua.Edge.Hosting;

/// <summary><c>check</c>: tells an installer every error of the file at once, before the service sees it.</summary>
internal static class EdgeCheck
{
    public static int Run(EdgeArguments arguments, TextWriter output)
    {
        try
        {
            var options = CentreFile.Read(arguments.Config);
            if (options.Printer is { } printer && PrinterParts.LogoProblem(printer, out _) is { } logo)
            {
                throw new ConfigurationException(arguments.Config, [logo]);
            }

            output.WriteLine($"{arguments.Config}: đúng. {options.Name}: {options.Services.Length} lĩnh vực, {options.Counters.Length} quầy, {options.Buttons.Length} nút, {options.Boards.Length} bảng.");
            TellCameras(arguments.Config, options, output);
            TellTrust(arguments.Config, options, output);
            return 0;
        }
        catch (ConfigurationException e)
        {
            output.WriteLine(e.Message);
            return 1;
        }
    }

    private static void TellCameras(string config, CentreOptions options, TextWriter output)
    {
        var here = options.Beside(Path.GetDirectoryName(Path.GetFullPath(config))!);
        foreach (var (name, login) in here.Cameras.Select(camera => (camera.Camera.Name, camera.LoginFile)).Concat(here.Recorders.Select(recorder => (recorder.Recorder.Name, recorder.LoginFile))))
        {
            if (login is not null && CameraLoginFile.Read(login).Problem is { } problem)
            {
                output.WriteLine($"Chú ý: {name}: {problem}");
            }
        }
    }

    // Not errors of the file: a centre without a line serves its citizens, and gets its certificate after it was installed.
    private static void TellTrust(string config, CentreOptions options, TextWriter output)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(config))!;
        if (options.Beside(folder).Mqtt is not { } mqtt)
        {
            output.WriteLine("Chú ý: chưa có mục mqtt, hộp chưa nối về tỉnh; chạy: sudo edge enrol --out THƯ-MỤC, gửi yêu cầu cho tỉnh; có thư mục của tỉnh rồi thì: sudo edge enrol --take THƯ-MỤC; sau đó: sudo systemctl restart motcua-edge");
            return;
        }

        if (!File.Exists(Path.Combine(folder, mqtt.ProvinceKey)))
        {
            output.WriteLine($"Chú ý: {Path.Combine(folder, mqtt.ProvinceKey)}: không có khóa công khai của tỉnh; nhận lại thư mục của tỉnh: sudo edge enrol --take THƯ-MỤC; sau đó: sudo systemctl restart motcua-edge");
        }

        if (mqtt.Tls is not { } files)
        {
            return;
        }

        var look = CertificateFiles.Look(files, options.Centre, forService: Environment.IsPrivilegedProcess);
        foreach (var problem in look.Problems)
        {
            output.WriteLine($"Chú ý: {problem}");
        }

        if (look.Until is { } until)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Chứng thư của trung tâm: hạn dùng đến {until:dd/MM/yyyy}."));
        }
    }
}
