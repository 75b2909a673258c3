using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

public abstract partial class BridgeStoreContract
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly string Token = new('t', 22);

    [Fact]
    public void Views_are_read_as_they_were_written_also_after_reopening()
    {
        var day = Day();
        Store.Commit(Appends(day.Append(1, day.Length)));
        Project();
        Reopen();
        var ticket = Assert.Single(Store.Views.ReadTickets(day.Centre, Monday, 0, 10));
        Assert.Equal(("A001", TicketStage.Served, 2, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5)), (ticket.Number, ticket.Stage, ticket.Counter, ticket.Waited, ticket.ServedFor));
        Assert.Equal((Morning, Morning.AddMinutes(10), Morning.AddMinutes(15)), (ticket.Issued, ticket.Called, ticket.Ended));
        var figures = Assert.Single(Store.Views.ReadFigures(Monday, Monday, null));
        Assert.Equal((new FigureKey(day.Centre, Monday, 8, "chung-thuc"), 1L, 1L, TimeSpan.FromMinutes(10)), (figures.Key, figures.Counts.Issued, figures.Counts.Served, figures.Counts.Waiting));
        Assert.Equal(2, Store.Views.ReadDurations(Monday, Monday, day.Centre).Count);
        Assert.Empty(Store.Views.ReadDurations(Monday.AddDays(1), Monday.AddDays(2), null));
        Assert.Empty(Store.Views.ReadFigures(Monday, Monday, log.Centre));
        Assert.Equal("A001", Store.Views.FindTicket(Token)?.Number);
        Assert.Null(Store.Views.FindTicket("another"));
        Assert.Equal(new ViewLag(0, null), Store.Views.ReadLag(1));
    }

    [Fact]
    public void Faults_are_found_by_the_time_in_which_they_lasted()
    {
        var day = Day();
        Store.Commit(Appends(day.Append(1, day.Length)));
        Project();
        Assert.Equal(["loa", "may-in"], Store.Views.ReadFaults(Morning, Morning.AddHours(1), null, 10).Select(fault => fault.Device));
        Assert.Equal(["may-in"], Store.Views.ReadFaults(Morning.AddHours(1), Morning.AddHours(2), day.Centre, 10).Select(fault => fault.Device));
        Assert.Empty(Store.Views.ReadFaults(Morning.AddDays(-1), Morning, null, 10));
    }

    [Fact]
    public void A_projection_goes_on_where_it_stood_and_what_it_reads_again_is_what_it_knew()
    {
        var day = Day();
        for (var seq = 1; seq <= day.Length; seq++)
        {
            Store.Commit(Appends(day.Append(seq, seq)));
            Project();
            Reopen();
        }

        Assert.Equal((TicketStage.Served, TimeSpan.FromMinutes(10)), (Store.Views.ReadTickets(day.Centre, Monday, 0, 10)[0].Stage, Store.Views.ReadTickets(day.Centre, Monday, 0, 10)[0].Waited));
        Assert.Equal(1, Store.Views.ReadFigures(Monday, Monday, null).Sum(row => row.Counts.Issued));
        Assert.Equal(day.Length, Assert.Single(Store.Views.ReadGenerations()).Events);
    }

    [Fact]
    public void A_centre_that_had_no_room_in_memory_is_read_back_when_it_speaks_again()
    {
        var day = Day();
        Project();
        using var writer = Store.Views.OpenWriter();
        var projection = new Projection(Store, writer, Store.Views.ReadGenerations()[0], mostInMemory: 0);
        for (var seq = 1; seq <= day.Length; seq++)
        {
            Store.Commit(Appends(day.Append(seq, seq)));
            Assert.Equal(1, projection.Step());
        }

        var ticket = Assert.Single(Store.Views.ReadTickets(day.Centre, Monday, 0, 10));
        Assert.Equal((TicketStage.Served, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5)), (ticket.Stage, ticket.Waited, ticket.ServedFor));
        Assert.Equal(1, Store.Views.ReadFigures(Monday, Monday, null).Sum(row => row.Counts.Issued));
    }

    [Fact]
    public void Of_two_projections_of_one_generation_the_second_writes_nothing()
    {
        var day = Day();
        Project();
        using var writer = Store.Views.OpenWriter();
        using var other = Store.Views.OpenWriter();
        var generation = Store.Views.ReadGenerations()[0];
        var (one, two) = (new Projection(Store, writer, generation), new Projection(Store, other, generation));
        Store.Commit(Appends(day.Append(1, day.Length)));
        Assert.Equal(1, one.Step());
        Assert.Throws<ViewsMovedException>(() => two.Step());
        Assert.Equal(1, Store.Views.ReadFigures(Monday, Monday, null).Sum(row => row.Counts.Issued));
    }

    [Fact]
    public void Pages_read_the_old_views_until_the_new_ones_are_whole_and_a_rebuild_that_was_broken_off_goes_on()
    {
        var day = Day();
        Store.Commit(Appends(day.Append(1, 4)));
        Project();
        using (var writer = Store.Views.OpenWriter())
        {
            var broken = new Rebuild(Store, writer);
            Assert.Equal((2L, false), (broken.Generation.Id, broken.Step()));
            Assert.Equal([true, false], Store.Views.ReadGenerations().Select(one => one.IsWhole));
            Assert.Single(Store.Views.ReadTickets(day.Centre, Monday, 0, 10));
        }

        Reopen();
        Store.Commit(Appends(day.Append(5, day.Length)));
        Project();
        using (var writer = Store.Views.OpenWriter())
        {
            var rebuild = new Rebuild(Store, writer);
            Assert.Equal((2L, 1L), (rebuild.Generation.Id, rebuild.Generation.Row));
            while (!rebuild.Step())
            {
            }

            Assert.Equal([false, true], Store.Views.ReadGenerations().Select(one => one.IsWhole));
            Assert.Equal(TicketStage.Served, Assert.Single(Store.Views.ReadTickets(day.Centre, Monday, 0, 10)).Stage);
            while (writer.Clear(1))
            {
            }
        }

        Assert.Equal(2, Assert.Single(Store.Views.ReadGenerations()).Id);
        Assert.Single(Store.Views.ReadTickets(day.Centre, Monday, 0, 10));
    }

    [Fact]
    public void New_views_never_take_the_place_of_ones_that_have_come_further()
    {
        var day = Day();
        Store.Commit(Appends(day.Append(1, 4)));
        Project();
        using var writer = Store.Views.OpenWriter();
        var fresh = writer.Begin(Projection.Version);
        Assert.False(writer.Switch(fresh));
        Assert.True(Store.Views.ReadGenerations()[0].IsWhole);
    }

    [Fact]
    public void The_lag_is_told_in_stretches_and_since_when()
    {
        var day = Day();
        Project();
        Store.Commit(Appends(day.Append(1, 2)));
        var first = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromMinutes(3));
        Store.Commit(Appends(day.Append(3, 4)));
        Assert.Equal(2, Store.Views.ReadLag(0).Rows);
        Assert.Equal(first.ToUnixTimeMilliseconds(), Store.Views.ReadLag(0).Oldest?.ToUnixTimeMilliseconds());
        var status = new ProjectionStatus();
        using var keeper = new ViewKeeper(Store, Time, status);
        Settle(keeper);
        Assert.Equal((true, 0L, 0.0, 4L), (status.Now.Leads, status.Now.LagRows, status.Now.LagSeconds, status.Now.Events));
    }

    [Fact]
    public void Views_of_older_rules_are_made_again_by_themselves_and_those_of_newer_ones_are_left_alone()
    {
        var day = Day();
        Store.Commit(Appends(day.Append(1, day.Length)));
        using (var writer = Store.Views.OpenWriter())
        {
            Assert.True(writer.Switch(writer.Begin(Projection.Version - 1)));
        }

        using (var keeper = new ViewKeeper(Store, Time, new ProjectionStatus()))
        {
            Settle(keeper);
        }

        Assert.Equal(Projection.Version, Assert.Single(Store.Views.ReadGenerations()).Version);
        Assert.Single(Store.Views.ReadTickets(day.Centre, Monday, 0, 10));
        using (var writer = Store.Views.OpenWriter())
        {
            var newer = writer.Begin(Projection.Version + 1);
            Assert.True(writer.Switch(writer.Commit(newer, 1, new ViewChanges())));
        }

        using var again = new ViewKeeper(Store, Time, new ProjectionStatus());
        Settle(again);
        Assert.Empty(Store.Views.ReadTickets(day.Centre, Monday, 0, 10));
    }

    /// <summary>A ticket that is served, a loudspeaker that fails for half an hour and a printer that stays broken; an event of a later version and rubbish between.</summary>
    private static SourceLog Day()
    {
        var day = new SourceLog("lam-thao", epoch: 9);
        return day.Add(Morning, new DayOpened(Monday)).Add(Morning, new TicketIssued(Monday, "A001", "chung-thuc", Token, "api", 0))
            .Add(Morning, new DeviceChanged("loa", "failed", "speech.speaker-failed", null)).Add(Morning.AddMinutes(10), new TicketCalled(Monday, "A001", 2, "why"))
            .Add("""{"type":"rubbish"}"""u8.ToArray()).Add(Morning.AddMinutes(15), new TicketDone(Monday, "A001", 2, Inferred: false))
            .Add(Morning.AddMinutes(20), new DeviceChanged("may-in", "absent", null, null)).Add(Morning.AddMinutes(30), new DeviceChanged("loa", "ready", null, null));
    }

    private void Project()
    {
        using var keeper = new ViewKeeper(Store, Time, new ProjectionStatus());
        Settle(keeper);
    }

    protected static void Settle(ViewKeeper keeper)
    {
        for (var i = 0; keeper.Step() == TimeSpan.Zero; i++)
        {
            Assert.True(i < 1000, "The keeper never rests.");
        }
    }
}
