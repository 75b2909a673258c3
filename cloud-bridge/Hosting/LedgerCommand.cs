using System.Globalization;
using MotCua.CloudBridge.Ledger;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Hosting;

/// <summary><c>cloud-bridge ledger --store STORE</c>: reads all that the province holds, checks every hash, and says per centre and day what there is and what is missing.</summary>
public static class LedgerCommand
{
    /// <summary>Exit code when something is missing or altered.</summary>
    public const int Lacking = 3;

    private const int AtOnce = 64;
    private const int MostRanges = 10_000;

    private const string Usage = """
        cloud-bridge ledger --store STORE [--centre ID]
          STORE is the data directory of a SQLite store, or a connection string of PostgreSQL. The bridge may go on running.
          Exit code 0: every event of every centre is held, byte for byte. 3: something is missing; the lines below the table say what.
        """;

    /// <returns>0, <see cref="Lacking"/>, 1 when the store failed, 2 for a wrong command line.</returns>
    public static int Run(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        var (store, centre) = args switch
        {
            ["--store", { Length: > 0 } only] => (only, null),
            ["--store", { Length: > 0 } first, "--centre", var id] when CentreId.IsValid(id) => (first, id),
            _ => (null, null),
        };
        if (store is null || (!Stores.IsPostgres(store) && !File.Exists(Path.Combine(store, Stores.SqliteFile))))
        {
            errors.WriteLine(Usage);
            return 2;
        }

        try
        {
            using var opened = Stores.Open(store, time);
            return Tell(Read(opened, centre is null ? null : new CentreId(centre)), output);
        }
        catch (Exception e) when (e is BridgeStoreException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static CompletenessLedger Read(IBridgeStore store, CentreId? only)
    {
        // First the ends, then the rows: a bridge that goes on writing only adds what is not asked for.
        var forgotten = store.Retention.Read()?.Logs.Where(log => only is null || log.Log.Centre == only) ?? [];
        var held = store.ReadLogs().Where(log => only is null || log.Log.Centre == only).ToList();
        var said = store.ReadFacts(FactKind.Birth).Where(fact => only is null || fact.Key.Centre == only).SelectMany(SaidAtBirth.Of).ToList();
        var ledger = new CompletenessLedger(forgotten, MostRanges);
        var row = 0L;
        for (var stretches = store.ReadStretches(row, AtOnce); stretches.Count > 0; stretches = store.ReadStretches(row, AtOnce))
        {
            foreach (var stretch in stretches.Where(stretch => only is null || stretch.Log.Centre == only))
            {
                ledger.Add(stretch);
            }

            row = stretches[^1].Row;
        }

        ledger.Close(held, said);
        return ledger;
    }

    private static int Tell(CompletenessLedger ledger, TextWriter output)
    {
        output.WriteLine($"{"trung tâm · centre",-34}{"ngày · day",-12}{"số · tickets",14}{"sự kiện · events",20}{"mất · lost",14}");
        foreach (var day in ledger.Days)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{day.Centre.Value,-34}{day.Date:yyyy-MM-dd}  {day.Issued,14:N0}{day.Received,20:N0}{day.Lost,14:N0}"));
        }

        output.WriteLine();
        foreach (var lack in ledger.Lacks)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lack.Centre.Value}: {lack.From:N0}–{lack.To:N0} ({lack.Epoch}): {Words(lack.What)}"));
        }

        foreach (var group in ledger.Groups.Where(group => group.Places > group.First.Count))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Centre.Value}: … + {group.Places - group.First.Count:N0}: {Words(group.What)}"));
        }

        var missing = ledger.Groups.Where(group => group.What != LackKind.Forgotten).Sum(group => group.Places);
        output.WriteLine(missing == 0
            ? string.Create(CultureInfo.InvariantCulture, $"Đủ. Complete: {ledger.Checked:N0} events held, every hash checked.")
            : string.Create(CultureInfo.InvariantCulture, $"Thiếu. Not complete: {missing:N0} places; {ledger.Checked:N0} events held."));
        return missing == 0 ? 0 : Lacking;
    }

    private static string Words(LackKind what) => what switch
    {
        LackKind.DeclaredLost => "trung tâm báo đã mất (thẻ đầy quá lâu) · declared lost by the centre",
        LackKind.NotDeliveredYet => "trung tâm chưa gửi, sẽ gửi khi có mạng · not delivered yet, comes when the line is back",
        LackKind.Forgotten => "đã xóa theo thời hạn lưu · forgotten on purpose, older than the province keeps them",
        LackKind.Altered => "dữ liệu lưu bị thay đổi, hãy khôi phục từ bản sao · stored bytes were altered, restore them from a backup",
        _ => "đã nhận nhưng không còn trong kho, hãy khôi phục từ bản sao · was held and is gone, restore it from a backup",
    };
}
