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
    public void Whoever_was_not_satisfied_may_say_why_and_nobody_else_is_asked()
    {
        hall.Issue(Hall.Notary);
        hall.Next(1);
        hall.Do(new FinishTicket(Hall.Counter(1)));
        Assert.Equal("reasons-of-the-satisfied", hall.Refusal(Rate() with { Reasons = RatingReasons.LongWait }));
        var rated = hall.Do<TicketRated>(new RateTicket(Hall.Number("A001"), Rating.NotSatisfied, RatingReasons.LongWait | RatingReasons.ExtraPapers));
        Assert.Equal((Rating.NotSatisfied, RatingReasons.LongWait | RatingReasons.ExtraPapers), (rated.Rating, rated.Reasons));
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
        Assert.Equal(hall.Now, hall.State.Help[Place].Since);
        Assert.Equal("help-already-asked", hall.Refusal(new RequestHelp(Place)));
        hall.Do<HelpRequested>(new RequestHelp(new HelpPlace("sanh")));
        hall.Do<HelpAnswered>(new AnswerHelp(Place));
        Assert.Equal("no-help-asked", hall.Refusal(new AnswerHelp(Place)));
        hall.Do<HelpRequested>(new RequestHelp(Place));
    }

    [Fact]
    public void Whoever_called_for_help_may_take_it_back_which_is_no_answer()
    {
        Assert.Equal("no-help-asked", hall.Refusal(new WithdrawHelp(Place)));
        hall.Do(new RequestHelp(Place));
        hall.Do<HelpWithdrawn>(new WithdrawHelp(Place));
        Assert.Empty(hall.State.Help);
        Assert.Equal("no-help-asked", hall.Refusal(new WithdrawHelp(Place)));
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
        // Whoever floods the calls keeps nobody who is in danger from the team.
        hall.Do<HelpRequested>(new RequestHelp(new HelpPlace("quay-99"), HelpKind.Emergency));
        hall.Do<HelpAnswered>(new AnswerHelp(new HelpPlace("quay-99")));
        for (var i = 0; i < 64; i++)
        {
            hall.Do(new RequestHelp(new HelpPlace($"nha-{1_000 + i}"), HelpKind.Home, new HomeArea("Khu 5")));
        }

        Assert.Equal("too-many-help-requests", hall.Refusal(new RequestHelp(new HelpPlace("nha-9999"), HelpKind.Home, new HomeArea("Khu 5"))));
        hall.Do(new WithdrawHelp(new HelpPlace("quay-7")));
        hall.Do(new RequestHelp(new HelpPlace("sanh")));
    }

    [Fact]
    public void What_the_staff_asked_for_and_what_somebody_walks_for_is_not_taken_back_in_the_hall()
    {
        var home = new HelpPlace("nha-4821");
        hall.Do(new RequestHelp(home, HelpKind.Home, new HomeArea("Khu 5")));
        hall.Do(new RequestHelp(Place, HelpKind.Technical));
        Assert.Equal("help-of-staff", hall.Refusal(new WithdrawHelp(home)));
        Assert.Equal("help-of-staff", hall.Refusal(new WithdrawHelp(Place)));
        var hallway = new HelpPlace("sanh");
        hall.Do(new RequestHelp(hallway));
        hall.Do(new TakeHelp(hallway, 7));
        Assert.Equal("help-on-the-way", hall.Refusal(new WithdrawHelp(hallway)));
    }

    [Fact]
    public void Of_two_members_who_press_at_once_the_first_is_on_the_way_and_another_takes_over_only_knowing_it()
    {
        hall.Do(new RequestHelp(Place, HelpKind.Technical));
        Assert.Equal(HelpKind.Technical, hall.State.Help[Place].Kind);
        Assert.Equal(7, hall.Do<HelpTaken>(new TakeHelp(Place, 7)).Member);
        Assert.Equal("help-taken-already", hall.Refusal(new TakeHelp(Place, 8)));
        Assert.Equal("help-taken-already", hall.Refusal(new TakeHelp(Place, 7, Over: 7)));
        hall.Wait(60);
        hall.Do(new TakeHelp(Place, 8, Over: 7));
        Assert.Equal((8, hall.Now), (hall.State.Help[Place].TakenBy, hall.State.Help[Place].TakenAt));
        Assert.Equal("no-help-asked", hall.Refusal(new TakeHelp(new HelpPlace("sanh"), 8)));
        Assert.Equal("unknown-member", hall.Refusal(new TakeHelp(Place, 0)));
        Assert.Equal("unknown-member", hall.Refusal(new TakeHelp(Place, 100)));
    }

    [Fact]
    public void An_emergency_is_a_call_of_its_own_and_nobody_is_on_the_way_to_it_yet()
    {
        hall.Do(new RequestHelp(Place, HelpKind.Technical));
        hall.Do(new TakeHelp(Place, 7));
        hall.Do<HelpRequested>(new RequestHelp(Place, HelpKind.Emergency));
        Assert.Equal((HelpKind.Emergency, null), (hall.State.Help[Place].Kind, hall.State.Help[Place].TakenBy));
        Assert.Equal("help-already-asked", hall.Refusal(new RequestHelp(Place, HelpKind.Emergency)));
        Assert.Equal("help-already-asked", hall.Refusal(new RequestHelp(Place)));
        Assert.Equal("help-of-staff", hall.Refusal(new WithdrawHelp(Place)));
        hall.Do<HelpAnswered>(new AnswerHelp(Place));
        Assert.Empty(hall.State.Help);
    }

    [Fact]
    public void Who_is_to_be_served_at_home_still_is_on_the_next_day()
    {
        var home = new HelpPlace("nha-4821");
        hall.Do(new RequestHelp(home, HelpKind.Home, new HomeArea("Khu 5")));
        hall.Do(new RequestHelp(Place, HelpKind.Other, new HomeArea("Khu 5")));
        Assert.Null(hall.State.Help[Place].Area);
        hall.Now = hall.Now.AddDays(1);
        hall.Issue(Hall.Notary);
        var (place, ask) = Assert.Single(hall.State.Help);
        Assert.Equal((home, "Khu 5"), (place, ask.Area?.Value));
    }

    [Theory]
    [InlineData("Khu 5", true)]
    [InlineData("Xóm Đồng 12", true)]
    [InlineData("Khu 5, khu 12", true)]
    [InlineData("Tổ dân phố 7", true)]
    [InlineData("THÔN 3", true)]
    [InlineData("xom Bai", true)]
    [InlineData("Khu Chu Hóa", true)]
    [InlineData("Khu", false)]
    [InlineData("Nguyễn Văn Nam", false)]
    [InlineData("Khu 5 Nguyễn Văn Nam", false)]
    [InlineData("Khu 5 nhà Nam", false)]
    [InlineData("khu 5 ông Nam", false)]
    [InlineData("Khu 5, bà Lan", false)]
    [InlineData("Khu 5 (Nam)", false)]
    [InlineData("0912 345 678", false)]
    [InlineData("khu 5 - 0912345678", false)]
    [InlineData("09.12", false)]
    [InlineData(" ", false)]
    [InlineData("hai\ndòng", false)]
    public void An_area_holds_no_phone_number_no_paper_and_no_person(string area, bool valid) => Assert.Equal(valid, HomeArea.IsValid(area));

    private int Reprint()
    {
        var printed = hall.Do<TicketReprinted>(new ReprintTicket(Hall.Number("A001"), "kiosk"));
        Assert.Equal("kiosk", printed.Origin);
        return printed.Copy;
    }

    private static RateTicket Rate() => new(Hall.Number("A001"), Rating.Satisfied);
}
