using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class CareTests
{
    private static readonly HelpPlace Place = new("quay-1");
    private readonly Hall hall = new();

    [Fact]
    public void A_living_ticket_is_printed_again_three_times_wherever_it_is()
    {
        hall.Issue(Hall.Notary);
        hall.Issue(Hall.Notary);
        Assert.Equal(2, Reprint());
        hall.Next(1);
        Assert.Equal(3, Reprint());
        hall.Do(new ParkTicket(Hall.Counter(1), Hall.Because));
        Assert.Equal(4, Reprint());
        Assert.Equal("reprint-limit", hall.Refusal(new ReprintTicket(Hall.Number("A001"), "api")));
        hall.Do(new CancelTicket(Hall.Number("A001"), Hall.Because));
        Assert.Equal("unknown-ticket", hall.Refusal(new ReprintTicket(Hall.Number("A001"), "api")));
    }

    [Fact]
    public void A_rating_is_unlocked_when_the_ticket_is_done_and_given_once()
    {
        hall.Issue(Hall.Notary);
        Assert.Equal("not-done", hall.Refusal(Rate()));
        hall.Next(1);
        Assert.Equal("not-done", hall.Refusal(Rate()));
        hall.Do(new FinishTicket(Hall.Counter(1)));
        var rated = hall.Do<TicketRated>(Rate());
        Assert.Equal((Hall.Counter(1), Rating.Satisfied, hall.Now), (rated.Counter, rated.Rating, rated.At));
        Assert.Equal("not-ratable", hall.Refusal(Rate()));
    }

    [Fact]
    public void A_missed_ticket_has_nothing_to_rate()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.CallInVain(1);
        hall.Do(new MarkMissed(Hall.Counter(1)));
        Assert.Equal("not-done", hall.Refusal(Rate()));
        hall.Do(new CancelTicket(Hall.Number("A001"), Hall.Because));
        Assert.Equal("not-ratable", hall.Refusal(Rate()));
    }

    [Fact]
    public void The_newest_two_thousand_can_be_rated()
    {
        var book = RatingBook.Empty;
        for (var i = 1; i <= RatingBook.Most + 1; i++)
        {
            book = book.Unlock(new TicketNumber('A', i), Hall.Counter(1));
        }

        Assert.Equal((RatingBook.Most, RatingBook.Most), (book.Open.Count, book.Kept));
        Assert.False(book.Open.ContainsKey(new TicketNumber('A', 1)));
        Assert.True(book.Open.ContainsKey(new TicketNumber('A', 2)));
    }

    [Fact]
    public void Help_is_called_once_to_a_place_until_it_comes()
    {
        hall.Do<HelpRequested>(new RequestHelp(Place));
        Assert.Equal(hall.Now, hall.State.Help[Place]);
        Assert.Equal("help-already-asked", hall.Refusal(new RequestHelp(Place)));
        hall.Do<HelpRequested>(new RequestHelp(new HelpPlace("sanh")));
        hall.Do<HelpAnswered>(new AnswerHelp(Place));
        Assert.Equal("no-help-asked", hall.Refusal(new AnswerHelp(Place)));
        hall.Do<HelpRequested>(new RequestHelp(Place));
    }

    [Fact]
    public void Calls_for_help_are_bounded()
    {
        for (var i = 0; i < 64; i++)
        {
            hall.Do(new RequestHelp(new HelpPlace($"quay-{i}")));
        }

        Assert.Equal("too-many-help-requests", hall.Refusal(new RequestHelp(new HelpPlace("sanh"))));
    }

    private int Reprint()
    {
        var printed = hall.Do<TicketReprinted>(new ReprintTicket(Hall.Number("A001"), "kiosk"));
        Assert.Equal("kiosk", printed.Origin);
        return printed.Copy;
    }

    private static RateTicket Rate() => new(Hall.Number("A001"), Rating.Satisfied);
}
