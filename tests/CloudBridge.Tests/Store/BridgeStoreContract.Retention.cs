using MotCua.CloudBridge.Ledger;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

public abstract partial class BridgeStoreContract
{
    private static readonly DateTimeOffset December = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Forgotten_months_are_gone_and_known_to_be_and_logs_go_on_after_them()
    {
        Fill();
        var plan = Store.Retention.Plan(December);
        Assert.Equal((2L, 2L, 15L, true), (plan.Row, plan.Stretches, plan.Events, plan.IsBeginning));
        Store.Retention.Forget(plan, Time.GetUtcNow());
        Reopen();
        var part = Store.Retention.Read()!;
        Assert.Equal((2L, December, new LogEnd(12, log.HashAt(12))), (part.Row, part.Before, Assert.Single(part.Logs, one => one.Log.Centre == log.Centre).End));
        Assert.Equal([3L], Store.ReadStretches(0, 10).Where(one => one.Row > part.Row).Select(one => one.Row));
        Assert.Equal(14, Store.FindEnd(new LogId(log.Centre, log.Epoch)).UpTo);
        Store.Commit(Appends(Append(log, 15, 20)));
        Assert.Equal(4, Store.ReadStretches(3, 10)[0].Row);
        var ledger = Read(part);
        Assert.Equal([LackKind.Forgotten, LackKind.Forgotten], ledger.Lacks.Select(lack => lack.What));
        Assert.Equal(8, ledger.Checked);
    }

    [Fact]
    public void Forgetting_everything_that_there_is_leaves_the_numbers_of_rows_going_on()
    {
        Fill();
        Time.Advance(TimeSpan.FromDays(62));
        Store.Retention.Forget(Store.Retention.Plan(December.AddMonths(2)), Time.GetUtcNow());
        Store.Commit(Appends(Append(log, 15, 20)));
        Assert.Equal(4, Store.ReadStretches(3, 10)[0].Row);
        Assert.Equal(6, Read(Store.Retention.Read()!).Checked);
    }

    [Fact]
    public void What_was_made_of_forgotten_events_outlives_a_rebuild()
    {
        var day = Day();
        Store.Commit(Appends(day.Append(1, 4)));
        Time.Advance(TimeSpan.FromDays(31));
        Store.Commit(Appends(day.Append(5, day.Length)));
        Project();
        var figures = Store.Views.ReadFigures(Monday, Monday, null);
        Store.Retention.Forget(Store.Retention.Plan(December), Time.GetUtcNow());
        using (var writer = Store.Views.OpenWriter())
        {
            var rebuild = new Rebuild(Store, writer);
            while (!rebuild.Step())
            {
            }
        }

        Assert.Equal(2, Store.Views.ReadGenerations()[^1].Id);
        Assert.Equal(figures, Store.Views.ReadFigures(Monday, Monday, null));
        var ticket = Assert.Single(Store.Views.ReadTickets(day.Centre, Monday, 0, 10));
        Assert.Equal((TicketStage.Served, TimeSpan.FromMinutes(5)), (ticket.Stage, ticket.ServedFor));
        Assert.Equal(["loa", "may-in"], Store.Views.ReadFaults(Morning, Morning.AddHours(1), null, 10).Select(fault => fault.Device));
        // And goes on from there.
        day.Add(Morning.AddMinutes(40), new TicketRated(Monday, "A001", 2, "satisfied"));
        Store.Commit(Appends(day.Append(day.Length, day.Length)));
        Project();
        Assert.Equal(1, Store.Views.ReadFigures(Monday, Monday, null).Sum(row => row.Counts.Satisfied));
    }

    [Fact]
    public void Nothing_is_forgotten_that_the_views_or_a_rebuild_that_has_begun_do_not_have()
    {
        Store.Commit(Appends(Append(log, 1, 12)));
        Time.Advance(TimeSpan.FromDays(31));
        var plan = Store.Retention.Plan(December);
        Assert.Throws<BridgeStoreException>(() => Store.Retention.Forget(plan, Time.GetUtcNow()));
        Project();
        using (var writer = Store.Views.OpenWriter())
        {
            writer.Begin(Projection.Version);
        }

        Assert.Throws<BridgeStoreException>(() => Store.Retention.Forget(plan, Time.GetUtcNow()));
        Assert.Null(Store.Retention.Read());
        Assert.Equal(1, Store.Retention.Plan(December).Stretches);
    }

    [Fact]
    public void Two_that_take_forgotten_views_over_at_once_count_them_once()
    {
        var day = Day();
        Store.Commit(Appends(day.Append(1, day.Length)));
        Project();
        using (var writer = Store.Views.OpenWriter())
        {
            var generation = writer.Begin(Projection.Version);
            Parallel.For(0, 4, _ =>
            {
                using var one = Store.Views.OpenWriter();
                one.Carry(generation.Id, day.Centre, Store.Views.ReadTicketsUpTo(1, day.Centre, 0, 10), Store.Views.ReadFaultsUpTo(1, day.Centre, 0, 10), 1, null);
            });
            Assert.True(writer.Switch(writer.Commit(generation, 1, new ViewChanges())));
        }

        Assert.Equal(1, Store.Views.ReadFigures(Monday, Monday, null).Sum(row => row.Counts.Issued));
        Assert.Equal(2, Store.Views.ReadDurations(Monday, Monday, null).Sum(row => row.Count));
    }

    [Fact]
    public void A_clock_that_was_wrong_is_told_before_anything_is_forgotten()
    {
        Store.Commit(Appends(Append(log, 1, 5)) with { ReceivedAt = December.AddDays(3) });
        Store.Commit(Appends(Append(log, 6, 9)) with { ReceivedAt = December.AddDays(-3) });
        Assert.False(Store.Retention.Plan(December).IsBeginning);
        Assert.Equal(0, Store.Retention.Plan(December.AddMonths(-2)).Stretches);
    }

    private void Fill()
    {
        var other = new SourceLog("lam-thao").Grow(3);
        Store.Commit(Appends(Append(log, 1, 12)));
        Store.Commit(Appends(Append(other, 1, 3)));
        Time.Advance(TimeSpan.FromDays(31));
        Store.Commit(Appends(Append(log, 13, 14)));
        Project();
    }

    private CompletenessLedger Read(ForgottenPart part)
    {
        var ledger = new CompletenessLedger(part.Logs, 10);
        foreach (var stretch in Store.ReadStretches(0, 100))
        {
            ledger.Add(stretch);
        }

        ledger.Close(Store.ReadLogs(), []);
        return ledger;
    }
}
