using System.Text;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;

namespace MotCua.Edge.Trials;

/// <summary>Whether a centre can work by a text of the province: what an installer's file is asked, and that the centre stays itself and connected.</summary>
internal static class PushedText
{
    /// <returns>Every error in words, or one reason; both empty when it can be tried.</returns>
    public static (IReadOnlyList<string> Errors, string? Reason) Problems(byte[] text, CentreOptions running)
    {
        try
        {
            var options = CentreFile.Parse(StartingConfiguration.FromProvince, text);
            List<ConfigurationError> errors = [];
            if (options.Centre != running.Centre)
            {
                errors.Add(new ConfigurationError(LineOf(text, "centre:"), "centre", options.Centre.Value, running.Centre.Value));
            }

            if (options.Drivers != running.Drivers)
            {
                // Virtual buttons on a real box serve nobody, and the line to the province would prove them good.
                errors.Add(new ConfigurationError(LineOf(text, "drivers:"), "drivers", BuildChoices.NameOf(options.Drivers), $"{BuildChoices.NameOf(running.Drivers)} như máy đang chạy; chỉ đổi tại máy"));
            }

            if (options.Mqtt is null)
            {
                errors.Add(new ConfigurationError(1, "mqtt", "(thiếu)", "mục mqtt, nếu không trung tâm mất liên lạc với tỉnh"));
            }

            if (options.Printer is { } printer && PrinterParts.LogoProblem(printer, out _) is { } logo)
            {
                errors.Add(logo);
            }

            return ([.. errors.Select(error => error.ToString())], null);
        }
        catch (ConfigurationException e)
        {
            return ([.. e.Errors.Select(error => error.ToString())], null);
        }
        catch (Exception e) // Whatever a text makes of the parser, the centre goes on and the province hears of it.
        {
            return ([], $"Lỗi phần mềm khi đọc cấu hình: {e.GetType().Name}: {e.Message}");
        }
    }

    private static int LineOf(byte[] text, string start) =>
        1 + Math.Max(0, Array.FindIndex(Encoding.UTF8.GetString(text).Split('\n'), line => line.StartsWith(start, StringComparison.Ordinal)));
}
