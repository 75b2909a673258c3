using MotCua.CloudBridge.Enrolment;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Hosting;

/// <summary><c>cloud-bridge regions</c>: shows or sets which region each centre is in, for all centres of a province at once. The bridge may go on running.</summary>
public static class RegionsCommand
{
    private const int MostLines = 10_000;
    private const int MostName = 60;

    private const string Usage = """
        cloud-bridge regions --store STORE                                       lists centres with their regions
        cloud-bridge regions --store STORE --file FILE --who NAME --reason TEXT  sets them: a line each, CENTRE;REGION; an empty region takes the centre out
          'enrol --region NAME' writes such a file, regions.csv, beside the authority.
          STORE is the data directory of a SQLite store, or a connection string of PostgreSQL.
        """;

    /// <returns>0, 1 when the store or the file failed, 2 for a wrong command line.</returns>
    public static int Run(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (CommandLine.TryRead(args, "store", "file", "who", "reason") is not { Words: [] } line || line["store"] is not { } store
            || (!Stores.IsPostgres(store) && !File.Exists(Path.Combine(store, Stores.SqliteFile))) || (line["file"] is not null && (line["who"] is null || line["reason"] is null)))
        {
            errors.WriteLine(Usage);
            return 2;
        }

        try
        {
            using var opened = Stores.Open(store, time);
            if (line["file"] is { } file)
            {
                if (Read(file, errors) is not { } wanted)
                {
                    return 1;
                }

                foreach (var region in wanted.GroupBy(one => one.Region, StringComparer.Ordinal))
                {
                    opened.Alerts.SetRegion([.. region.Select(one => one.Centre)], region.Key, line["who"]!, line["reason"]!, time.GetUtcNow());
                }

                output.WriteLine($"{wanted.Count} trung tâm đã được xếp khu vực · centres are in their regions");
                return 0;
            }

            foreach (var (centre, region) in opened.Alerts.ReadRegions().OrderBy(pair => pair.Value, StringComparer.Ordinal).ThenBy(pair => pair.Key.Value, StringComparer.Ordinal))
            {
                output.WriteLine($"{centre};{region}");
            }

            return 0;
        }
        catch (Exception e) when (e is BridgeStoreException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    // The last line of a centre counts, since enrolling again appends.
    private static List<(CentreId Centre, string Region)>? Read(string file, TextWriter errors)
    {
        var found = new Dictionary<CentreId, string>();
        var (number, wrong) = (0, 0);
        foreach (var line in File.ReadLines(file).Take(MostLines + 1))
        {
            number++;
            var parts = line.Split(';');
            if (line.Length == 0)
            {
                continue;
            }

            if (parts is not [var id, var region] || !CentreId.IsValid(id.Trim()) || region.Trim().Length > MostName || region.Any(char.IsControl))
            {
                errors.WriteLine($"{file}:{number}: cần «mã-trung-tâm;khu vực», tên khu vực không quá {MostName} ký tự · not CENTRE;REGION");
                wrong++;
                continue;
            }

            found[new CentreId(id.Trim())] = region.Trim();
        }

        if (number > MostLines)
        {
            errors.WriteLine($"{file}: quá {MostLines} dòng · too many lines");
            wrong++;
        }

        return wrong == 0 ? [.. found.Select(pair => (pair.Key, pair.Value))] : null;
    }
}
