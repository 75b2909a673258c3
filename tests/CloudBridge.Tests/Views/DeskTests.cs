using MotCua.CloudBridge.Views;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.CloudBridge.Tests.Views;

/// <summary>What events make of a centre's tickets and faults, without a store.</summary>
public sealed class DeskTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private readonly SourceLog log = new("viet-tri");
    private readonly ViewChanges changes = new();
    private readonly CentreDesk desk;
    private int read;

    public DeskTests() => desk = new CentreDesk(log.Centre, DeskState.Empty, [], []);

    [Fact]
    public void A_ticket_has_its_times_and_counts_in_the_hour_of_its_issue()
    {
        Say(0, new DayOpened(Monday), Issued("A001"));
        Say(12, new TicketCalled(Monday, "A001", 3, "why"));
        Say(13, new TicketServing(Monday, "A001", 3));
        Say(20, new TicketDone(Monday, "A001", 3, Inferred: false), new TicketRated(Monday, "A001", 3, "satisfied"));
        var ticket = One();
        Assert.Equal((TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(7), 3, TicketStage.Served), (ticket.Waited, ticket.ServedFor, ticket.Counter, ticket.Stage));
        Assert.Equal((Morning, Morning.AddMinutes(12), Morning.AddMinutes(20)), (ticket.Issued, ticket.Called, ticket.Ended));
        var (key, counts) = Assert.Single(changes.Figures());
        Assert.Equal((Monday, 8, "chung-thuc"), (key.Day, key.Hour, key.Service));
        Assert.Equal((1L, 1L, 1L, TimeSpan.FromMinutes(12), 1L), (counts.Issued, counts.Served, counts.Waits, counts.Waiting, counts.Satisfied));
    }

    [Fact]
    public void What_a_clerk_takes_back_is_taken_back_from_the_figures()
    {
        Say(0, new DayOpened(Monday), Issued("A001"));
        Say(5, new TicketCalled(Monday, "A001", 3, "why"));
        Say(9, new TicketDone(Monday, "A001", 3, Inferred: false));
        Say(9, new ActionUndone(Monday, "A001", 3, "finish"));
        Assert.Equal((TicketStage.Called, null, null), (One().Stage, One().ServedFor, One().Ended));
        Say(10, new TicketTransferred(Monday, "A001", 3, "dat-dai", null, "why"));
        Assert.Equal("dat-dai", Assert.Single(changes.Figures()).Key.Service);
        Say(11, new ActionUndone(Monday, "A001", 3, "transfer"), new TicketMissed(Monday, "A001", 3, null, Inferred: false));
        Say(12, new TicketCancelled(Monday, "A001", "why", 3), new ActionUndone(Monday, "A001", 3, "cancel"));
        Assert.Equal(("chung-thuc", TicketStage.Missed), (One().Service, One().Stage));
    }

    [Fact]
    public void A_morning_without_a_clock_counts_on_the_day_and_in_the_hour_that_it_turns_out_to_be()
    {
        var past = new DateOnly(2026, 11, 20);
        var asleep = new DateTimeOffset(2026, 11, 20, 17, 0, 0, TimeSpan.FromHours(7));
        log.Add(asleep, new EdgeStarted("1", 0), ClockTrust.Unsynced);
        log.Add(asleep.AddMinutes(1), Issued("A001") with { Date = past }, ClockTrust.Unsynced);
        log.Add(asleep.AddMinutes(4), new TicketCalled(past, "A001", 3, "why"), ClockTrust.Unsynced);
        Read();
        Assert.Equal((past, -1), (Assert.Single(changes.Figures()).Key.Day, Assert.Single(changes.Figures()).Key.Hour));
        var step = Morning - asleep;
        log.Add(Morning.AddMinutes(5), new ClockCorrected((long)step.TotalMilliseconds)).Add(Morning.AddMinutes(5), new DayOpened(Monday, Carries: true)).Add(Morning.AddMinutes(5), new DayConfirmed(Monday));
        Read();
        Assert.Equal((Monday, 8), (Assert.Single(changes.Figures()).Key.Day, Assert.Single(changes.Figures()).Key.Hour));
        Assert.Equal((Morning.AddMinutes(1), Morning.AddMinutes(4), null), (One().Issued, One().Called, One().Waited));
    }

    [Fact]
    public void A_time_that_was_known_stands_while_what_runs_moves_with_the_clock()
    {
        Say(0, new DayOpened(Monday), Issued("A001"));
        log.Add(Morning.AddHours(9), new ClockCorrected(8L * 3600 * 1000));
        log.Add(Morning.AddHours(9), new TicketCalled(Monday, "A001", 3, "why"));
        Read();
        Assert.Equal((Morning, TimeSpan.FromHours(1)), (One().Issued, One().Waited));
    }

    [Fact]
    public void Off_time_that_nobody_knows_counts_as_no_waiting()
    {
        Say(0, new DayOpened(Monday), Issued("A001"));
        log.Add(Morning.AddMinutes(10), new DayConfirmed(Monday));
        log.Add(Morning.AddYears(-1), new EdgeStarted("1", 0), ClockTrust.Unsynced, boot: "another");
        log.Add(Morning.AddYears(-1).AddMinutes(2), new TicketCalled(Monday, "A001", 3, "why"), ClockTrust.Unsynced, boot: "another");
        Read();
        Assert.Equal((TimeSpan.FromMinutes(12), Morning), (One().Waited, One().Issued));
    }

    [Fact]
    public void Tickets_of_a_lost_part_are_counted_as_such_and_stop_nothing()
    {
        Say(0, new TicketCalled(Monday, "A001", 3, "why"), Issued("A002"));
        Assert.Equal((1L, 1L), (changes.Orphaned, changes.Figures().Values.Sum(row => row.Issued)));
    }

    [Fact]
    public void A_swapped_card_gives_the_same_number_to_another_ticket()
    {
        Say(0, new JournalOpened("first", null, 0), new DayOpened(Monday), Issued("A001"), new DeviceChanged("loa", "failed", "speech.speaker-failed", null));
        Say(30, new JournalOpened("first", null, 0), new DayOpened(Monday), Issued("A001"), new TicketCalled(Monday, "A001", 1, "why"));
        Assert.Equal([TicketStage.Waiting, TicketStage.Called], changes.Tickets.OrderBy(ticket => ticket.Ordinal).Select(ticket => ticket.Stage));
        Assert.Equal(2L, changes.Figures().Values.Sum(row => row.Issued));
        Assert.Equal(Morning.AddMinutes(30), Assert.Single(changes.Faults).To);
    }

    [Fact]
    public void A_fault_lasts_from_its_event_until_the_device_is_ready_or_fails_otherwise()
    {
        Say(0, new DeviceChanged("loa", "failed", "speech.speaker-failed", null));
        Say(5, new DeviceChanged("loa", "failed", "speech.speaker-failed", "again"));
        Say(7, new DeviceChanged("loa", "degraded", null, null));
        Say(9, new DeviceChanged("loa", "ready", null, null));
        Assert.Equal(
            [("failed", Morning, Morning.AddMinutes(7)), ("degraded", Morning.AddMinutes(7), (DateTimeOffset?)Morning.AddMinutes(9))],
            changes.Faults.OrderBy(fault => fault.Ordinal).Select(fault => (fault.State, fault.From, fault.To)));
    }

    [Fact]
    public void What_lasts_longer_than_a_week_was_a_wrong_clock_and_is_not_measured()
    {
        Say(0, new DayOpened(Monday), Issued("A001"), Issued("A002"));
        log.Add(Morning.AddDays(7), new TicketCalled(Monday, "A001", 3, "why"));
        log.Add(DateTimeOffset.MaxValue.AddDays(-1), new TicketCalled(Monday, "A002", 3, "why"));
        log.Add(DateTimeOffset.MaxValue.AddDays(-1), new TicketDone(Monday, "A001", 3, Inferred: false));
        Read();
        var counts = Assert.Single(changes.Figures()).Value;
        Assert.Equal((2L, 1L, 1L, TimeSpan.FromDays(7), 0L), (counts.Issued, counts.Served, counts.Waits, counts.Waiting, counts.Services));
    }

    [Fact]
    public void More_faults_than_any_centre_has_end_the_oldest_so_that_none_stays_open_for_ever()
    {
        for (var i = 0; i <= 512; i++)
        {
            log.Add(Morning.AddMinutes(i), new DeviceChanged($"d{i}", "failed", null, null), ClockTrust.Unsynced);
        }

        Read();
        var over = Assert.Single(changes.Faults, fault => fault.To is not null);
        Assert.Equal(("d0", Morning.AddMinutes(512), Doubts.BeginForEver), (over.Device, over.To, over.Doubts));
        Assert.Equal(512, desk.Size);
    }

    [Fact]
    public void Words_that_no_engine_could_keep_are_left_out_and_counted()
    {
        Say(0, Issued("A001") with { Service = new string('x', 3000) }, Issued("A\u0000"), new DeviceChanged(new string('d', 65), "failed", null, null));
        Assert.Equal((3L, 0), (changes.Broken, changes.Tickets.Count));
    }

    [Fact]
    public void The_citizens_page_ends_with_the_day()
    {
        Say(0, new DayOpened(Monday), Issued("A001"));
        Assert.NotNull(One().TokenHash);
        Say(600, new DayOpened(Monday.AddDays(1)));
        Assert.Null(One().TokenHash);
    }

    private static TicketIssued Issued(string number) => new(Monday, number, "chung-thuc", $"token-of-{number}", "api", 0);

    private TicketView One() => Assert.Single(changes.Tickets);

    private void Say(int minute, params EventData[] happened)
    {
        foreach (var data in happened)
        {
            log.Add(Morning.AddMinutes(minute), data);
        }

        Read();
    }

    private void Read()
    {
        for (; read < log.Length; read++)
        {
            desk.Apply(EventCodec.Read(log.Events[read]), read + 1, changes);
        }
    }
}
