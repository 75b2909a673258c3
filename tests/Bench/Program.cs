using System.Text.Json;
using MotCua.Bench;
using MotCua.Bench.Fleet;
using MotCua.Bench.Forecast;

// Arguments: edge program, bridge program, folder for data, file for the rows, and then the parts to run (all unless named).
if (args.Length < 4)
{
    Console.Error.WriteLine("Run it through ./bench at the root of the tree.");
    return 2;
}

var (edge, bridge, folder, output, parts) = (args[0], args[1], args[2], args[3], args[4..]);
var rows = new List<Row>();
foreach (var (name, run) in new (string, Func<Task<IEnumerable<Row>>>)[]
{
    ("wire", () => Task.FromResult(WireBench.Run())),
    ("queue", () => Task.FromResult(QueueBench.Run())),
    ("lookup", () => Task.FromResult(LookupBench.Run())),
    ("drivers", () => DriverBench.RunAsync(Fresh("drivers"))),
    ("press", () => PressBench.RunAsync(Fresh("press"))),
    ("voice", () => VoiceBench.RunAsync(Fresh("voice"))),
    ("cameras", () => CameraBench.RunAsync(Fresh("cameras"), edge)),
    ("http", () => HttpBench.RunAsync(Fresh("http"), edge)),
    ("forecast", () => Task.FromResult(ForecastBench.Run(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(output))!, "docs", "forecast.svg")))),
    ("pilot", () => Task.FromResult(PilotBench.Run())),
    ("views", () => Task.FromResult(ViewBench.Run(Fresh("views")))),
    ("ingest", () => IngestBench.RunAsync(Fresh("ingest"), bridge)),
    ("fleet", () => FleetBench.RunAsync(Fresh("fleet"), edge, bridge)),
})
{
    if (parts.Length == 0 || parts.Contains(name))
    {
        Console.Error.WriteLine($"… {name}");
        rows.AddRange(await run());
    }
}

Console.WriteLine($"{"",-2} {"what",-58} {"value",10} {"unit",-9} {"budget",9}  beside it");
foreach (var row in rows)
{
    var mark = row.Met switch { true => "✓", false => "✗", null => " " };
    Console.WriteLine($"{mark,-2} {row.Name,-58} {row.Value,10:#,0.###} {row.Unit,-9} {(row.Budget is { } budget ? $"{(row.AtLeast ? "≥" : "≤")} {budget:#,0.##}" : ""),9}  {row.Peer}");
    if (row.Limit is not null)
    {
        Console.WriteLine($"   {"",-58} {"",10} {"",-9} {"",9}  limit: {row.Limit}");
    }
}

await File.WriteAllTextAsync(output, JsonSerializer.Serialize(rows, RowJson.Default.ListRow));
return rows.Any(row => row.Met == false) ? 1 : 0;

string Fresh(string part)
{
    var path = Path.Combine(folder, part);
    if (Directory.Exists(path))
    {
        Directory.Delete(path, recursive: true);
    }

    Directory.CreateDirectory(path);
    return path;
}
