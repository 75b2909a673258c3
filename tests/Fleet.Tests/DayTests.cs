using MotCua.Fleet.Centres;
using MotCua.Fleet.Days;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Fleet.Tests;

/// <summary>The days of virtual centres.</summary>
public sealed class DayTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(7));
    private static readonly DateTimeOffset NextMonday = Monday.AddDays(7);

    [Fact]
    public void The_same_seed_makes_the_same_days_bit_for_bit()
    {
        using var one = Week(centres: 6, seed: 7);
        using var other = Week(centres: 6, seed: 7);
        using var third = Week(centres: 6, seed: 8);
        Assert.Equal(one.Centres.Select(centre => centre.Journal.Committed), other.Centres.Select(centre => centre.Journal.Committed));
        Assert.NotEqual(one.Centres.Select(centre => centre.Journal.Committed.Hash), third.Centres.Select(centre => centre.Journal.Committed.Hash));
    }

    [Fact]
    public void A_journal_in_memory_gives_back_every_event_in_a_chain_without_a_hole()
    {
        using var fleet = Week(centres: 3, seed: 9);
        foreach (var centre in fleet.Centres)
        {
            var hash = centre.ReadAll().Aggregate(ChainHash.Genesis, (before, one) => before.Next(one.Span));
            Assert.Equal(centre.Journal.Committed.Hash, hash);
            Assert.Equal(centre.Journal.Committed.Seq, centre.ReadAll().Count());
        }
    }

    [Fact]
    public void A_week_has_two_peaks_a_day_a_quiet_noon_and_a_free_weekend()
    {
        using var fleet = Week(centres: 40, seed: 10);
        var issued = fleet.Centres.SelectMany(centre => centre.ReadAll()).Select(one => EventCodec.Read(one.Span)).Where(one => one.Data is TicketIssued).Select(one => one.Header.Time).ToList();
        int Between(double from, double to) => issued.Count(at => at.TimeOfDay.TotalHours >= from && at.TimeOfDay.TotalHours < to);

        Assert.All(issued, at => Assert.InRange(at.DayOfWeek, DayOfWeek.Monday, DayOfWeek.Friday));
        Assert.True(Between(7.5, 9) > 2 * Between(10, 11.5), "The morning's peak is early.");
        Assert.True(Between(13, 14.5) > 2 * Between(15.5, 17), "The afternoon's peak is early.");
        Assert.Equal(0, Between(11.5, 13));
        Assert.InRange(issued.Count / 40.0 / 5, 30, 120);
    }

    [Fact]
    public void Most_tickets_are_served_and_the_rest_is_accounted_for()
    {
        using var fleet = Week(centres: 20, seed: 11);
        var kinds = fleet.Centres.SelectMany(centre => centre.ReadAll()).Select(one => EventCodec.Read(one.Span).Data).GroupBy(data => data!.GetType()).ToDictionary(group => group.Key, group => group.Count());
        int Of<T>() => kinds.GetValueOrDefault(typeof(T));

        Assert.True(Of<TicketDone>() > 0.85 * Of<TicketIssued>(), $"{Of<TicketDone>()} of {Of<TicketIssued>()} tickets were served.");
        Assert.All((int[])[Of<TicketMissed>(), Of<TicketRecalled>(), Of<TicketParked>(), Of<TicketReturned>(), Of<TicketTransferred>(), Of<TicketRated>(), Of<CounterPaused>(), Of<DayClosed>()], count => Assert.NotEqual(0, count));
        Assert.All((int[])[Of<TicketPrinted>(), Of<TicketUnprinted>(), Of<CallDelivered>(), Of<DeviceChanged>(), Of<HelpRequested>()], count => Assert.NotEqual(0, count));
    }

    [Fact]
    public void A_card_that_is_full_forgets_the_oldest_and_declares_it()
    {
        using var fleet = new VirtualFleet(new FleetOptions(1, 12, Monday) { CardBytes = 512 * 1024 });
        fleet.Fill(6_000);
        var centre = fleet.Centres[0];
        var read = new MotCua.Edge.Journal.JournalReader(centre.Journal).ReadAfter(new MotCua.Edge.Journal.JournalMark(centre.Journal.Epoch, 0, ChainHash.Genesis), 200, 64 * 1024)!;
        Assert.NotNull(read.Gap);
        Assert.Equal(1, read.Gap.From);
        Assert.Equal(read.Gap.Hash, read.Prev);
        Assert.True(centre.CardBytes < 512 * 1024);
    }

    [Fact]
    public void Every_centre_of_the_country_has_a_name_and_an_id_of_its_own()
    {
        var profiles = Enumerable.Range(1, PlaceNames.Most).Select(number => CentreProfile.Make(number, 1)).ToList();
        Assert.Equal(PlaceNames.Most, profiles.Select(profile => profile.Id).Distinct().Count());
        Assert.Equal(PlaceNames.Most, profiles.Select(profile => profile.Name).Distinct().Count());
        Assert.Equal(148, profiles.Count(profile => profile.Id.Value.StartsWith("pt-", StringComparison.Ordinal)));
        Assert.All(profiles, profile => Assert.All(profile.Plan.Services.Keys, service => Assert.Contains(profile.Plan.Counters.Values, counter => counter.Services.Contains(service))));
    }

    [Fact]
    public void Centres_on_one_cable_lose_it_together()
    {
        var (one, other, elsewhere) = (LineTrouble.OfDistrict(5, 2, Monday), LineTrouble.OfDistrict(5, 2, Monday), LineTrouble.OfDistrict(5, 3, Monday));
        Assert.NotEqual(one.Next, elsewhere.Next);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(one.Next, other.Next);
            one.Change();
            other.Change();
            Assert.Equal(i % 2 == 0, one.IsCut);
        }
    }

    private static VirtualFleet Week(int centres, int seed)
    {
        var fleet = new VirtualFleet(new FleetOptions(centres, seed, Monday));
        fleet.PassDays(NextMonday);
        return fleet;
    }
}
