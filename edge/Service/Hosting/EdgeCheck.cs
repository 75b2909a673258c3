using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;

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
            return 0;
        }
        catch (ConfigurationException e)
        {
            output.WriteLine(e.Message);
            return 1;
        }
    }
}
