using System.Buffers;
using System.Globalization;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Store.Postgres;
using MotCua.CloudBridge.Store.Sqlite;
using MotCua.CloudBridge.Views;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Npgsql;

namespace MotCua.Bench;

/// <summary>Events per second from the log into tickets, figures and faults, what an event costs in the store, and what a month's report takes.</summary>
/// <remarks>148 centres, days of 70 tickets with eight events each, in stretches of some 20 events as a centre with a good line sends them.</remarks>
internal static class ViewBench
{
    private const int Centres = 148;
    private const int Tickets = 70;
    private const int Days = 6;
    private const int StretchEvents = 20;

    private static readonly DateOnly First = new(2026, 11, 2);
    private static readonly string[] Services = ["chung-thuc", "ho-tich", "dat-dai", "bao-hiem", "cu-tru"];

    public static IEnumerable<Row> Run(string folder)
    {
        using var postgres = new LivePostgres(durable: true, parent: "/var/tmp");
        var database = postgres.NewDatabase();
        var file = Path.Combine(folder, "bridge.db");
        List<Row> rows = [];
        using (var store = SqliteBridgeStore.Open(file, TimeProvider.System, new QuarantineLimits()))
        {
            rows.AddRange(Run(store, "SQLite", () => new FileInfo(file).Length + new FileInfo($"{file}-wal").Length));
        }

        using (var store = PostgresBridgeStore.Open(database, TimeProvider.System, new QuarantineLimits()))
        {
            rows.AddRange(Run(store, "PostgreSQL", () => SizeOf(database)));
        }

        return rows;
    }

    private static IEnumerable<Row> Run(IBridgeStore store, string engine, Func<long> size)
    {
        var random = new Random(1);
        var empty = size();
        var events = 0L;
        var ends = new LogEnd[Centres];
        for (var day = 0; day < Days; day++)
        {
            for (var centre = 0; centre < Centres; centre++)
            {
                var log = new LogId(new CentreId($"bench-{centre}"), new EpochId((ulong)centre + 1));
                List<LogAppend> appends = [];
                foreach (var stretch in DayOf(log, First.AddDays(day), ends[centre].UpTo, random).Chunk(StretchEvents))
                {
                    var before = ends[centre];
                    var hash = stretch.Aggregate(before.Hash, (chain, one) => chain.Next(one.Span));
                    appends.Add(new LogAppend(log, before, null, stretch, ends[centre] = new LogEnd(before.UpTo + stretch.Length, hash)));
                    events += stretch.Length;
                }

                store.Commit(new BridgeWrites(appends, [], []));
            }
        }

        var logBytes = size() - empty;
        var begun = TimeProvider.System.GetTimestamp();
        using (var writer = store.Views.OpenWriter())
        {
            var rebuild = new Rebuild(store, writer);
            while (!rebuild.Step())
            {
            }
        }

        var perSecond = events / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        begun = TimeProvider.System.GetTimestamp();
        var figures = store.Views.ReadFigures(First, First.AddDays(30), null).Count;
        var durations = store.Views.ReadDurations(First, First.AddDays(30), null).Count;
        var report = TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
        var what = string.Create(CultureInfo.InvariantCulture, $"{events} events of {Centres} centres, {Days} days of {Tickets} tickets, stretches of {StretchEvents}; no broker beside it");
        return
        [
            new Row($"projection, {engine}", Math.Round(perSecond), "events/s", 40_000, null, what, AtLeast: true),
            new Row($"store, bytes for an event in the log, {engine}", Math.Round((double)logBytes / events), "bytes", null, null, null),
            new Row($"store, bytes for an event in the views, {engine}", Math.Round((double)(size() - empty - logBytes) / events), "bytes", null, null, null),
            new Row($"report of these days, figures and quantiles, {engine}", Math.Round(report), "ms", null, null, string.Create(CultureInfo.InvariantCulture, $"{figures} rows of figures, {durations} of durations")),
        ];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> DayOf(LogId log, DateOnly day, long after, Random random)
    {
        var morning = new DateTimeOffset(day.ToDateTime(new TimeOnly(7, 30)), TimeSpan.FromHours(7));
        var seq = after;
        yield return Write(morning, new DayOpened(day));
        for (var ticket = 1; ticket <= Tickets; ticket++)
        {
            var number = $"A{ticket:D3}";
            var (issued, counter) = (morning.AddMinutes(ticket * 6), random.Next(1, 6));
            var called = issued.AddSeconds(random.Next(20, 2400));
            var token = string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}{ticket:D6}");
            yield return Write(issued, new TicketIssued(day, number, Services[random.Next(Services.Length)], token, "button:lay-so", random.Next(9)));
            yield return Write(issued, new TicketPrinted(day, number, 1, "may-in", 92));
            yield return Write(called, new TicketCalled(day, number, counter, "Theo thứ tự lấy số.", new CallGrounds("in-order", null, 0, [], null)));
            yield return Write(called, new CallDelivered(seq, "quay-1", "done"));
            yield return Write(called, new CallDelivered(seq, "speaker", "done", 4200, true));
            yield return Write(called.AddSeconds(30), new TicketServing(day, number, counter));
            yield return Write(called.AddSeconds(random.Next(60, 1800)), new TicketDone(day, number, counter, Inferred: false));
            yield return Write(called.AddSeconds(1800), random.Next(20) == 0 ? new DeviceChanged("may-in", "degraded", "printer.paper-near-end", null) : new TicketRated(day, number, counter, "satisfied"));
        }

        ReadOnlyMemory<byte> Write(DateTimeOffset at, EventData data)
        {
            var output = new ArrayBufferWriter<byte>(512);
            EventCodec.Write(output, new EventHeader(log.Centre, log.Epoch, ++seq, at, seq * 1000, "0badcafe", ClockTrust.Synced), data);
            return output.WrittenMemory.ToArray();
        }
    }

    private static long SizeOf(string database)
    {
        using var source = NpgsqlDataSource.Create(database);
        using var command = source.CreateCommand("SELECT pg_database_size(current_database())");
        return (long)command.ExecuteScalar()!;
    }
}
