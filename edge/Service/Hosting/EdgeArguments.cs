namespace MotCua.Edge.Hosting;

/// <summary>The command line.</summary>
/// <param name="Command"><c>serve</c>, <c>check</c>, <c>devices</c> or <c>self-test</c>.</param>
/// <param name="Config">The centre's file.</param>
/// <param name="Data">Folder of journal and last good configuration.</param>
/// <param name="Urls">Where the pages listen; several are separated by ';'.</param>
public sealed record EdgeArguments(string Command, string Config, string Data, string Urls)
{
    /// <summary>Exit code of sysexits(3) EX_USAGE.</summary>
    public const int UsageError = 64;

    /// <summary>Where the service keeps what is its own; systemd makes it.</summary>
    public const string UsualData = "/var/lib/motcua-edge";

    private const string Usage = """
        edge [serve] --config centre.yaml [--data DIR] [--urls URL]   runs the centre
        edge check --config centre.yaml                               tells every error of the file
        edge devices                                                  lists buses and what answers on them
        edge self-test [--urls URL]                                   the running edge tries every device and says what it finds
        edge say "…" --out FILE.wav                                   says a text, or a call, into a file; say --help
        edge voice check [PACK]                                       tells what a recorded voice lacks
        edge clerk list | add | reset | remove                        who logs in at the counters' pages, with which PIN; clerk --help
        edge enrol --out DIR | --take DIR                             asks for the centre's certificate, takes it; enrol --help
        edge config [--local]                                         which configuration runs and since when; back to the box's own; config --help
          --config   the centre's file, default /etc/motcua/centre.yaml
          --data     folder of the journal, default /var/lib/motcua-edge
          --urls     where the pages listen, default http://127.0.0.1:8080
        """;

    public static EdgeArguments? TryRead(string[] args, TextWriter complaints)
    {
        var arguments = new EdgeArguments("serve", "/etc/motcua/centre.yaml", UsualData, "http://127.0.0.1:8080");
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "serve" or "check" or "devices" or "self-test" when i == 0:
                    arguments = arguments with { Command = args[i] };
                    continue;
                case "--config" when value is not null:
                    arguments = arguments with { Config = value };
                    break;
                case "--data" when value is not null:
                    arguments = arguments with { Data = value };
                    break;
                case "--urls" when value is not null:
                    arguments = arguments with { Urls = value };
                    break;
                default:
                    complaints.WriteLine(args[i] is "--help" or "-h" ? Usage : $"Not understood: {args[i]}\n{Usage}");
                    return null;
            }

            i++;
        }

        return arguments;
    }
}
