using Xunit;
using static MotCua.Edge.Queue.Tests.Hall;

namespace MotCua.Edge.Queue.Tests;

/// <summary>Two windows of one counter, and what each saw when its button was pressed.</summary>
public sealed class SightTests
{
    private readonly Hall hall = new();

    [Fact]
    public void Of_two_windows_that_saw_an_empty_counter_the_second_calls_nobody()
    {
        Take(3);
        var seen = Sight(1);
        hall.Do(new AsSeen(Counter(1), seen, new CallNext(Counter(1))));
        hall.Now += TimeSpan.FromMinutes(1);
        var refused = Assert.IsType<Refused>(hall.Try(new AsSeen(Counter(1), seen, new CallNext(Counter(1)))));
        Assert.Equal(("called-elsewhere", "Số A001 vừa được gọi ở cửa sổ khác; lần bấm này không tính."), (refused.Code, refused.Reason));
        Assert.Equal(2, hall.State.WaitingCount);
    }

    [Fact]
    public void Whatever_happened_at_the_counter_since_voids_the_press()
    {
        Take(3);
        QueueCommand[] steps =
        [
            new CallNext(Counter(1)), new Recall(Counter(1)), new StartServing(Counter(1)), new FinishTicket(Counter(1)), new UndoLast(Counter(1)), new ParkTicket(Counter(1), Because),
            new PauseCounter(Counter(1), Because), new ResumeCounter(Counter(1)),
        ];
        foreach (var step in steps)
        {
            var before = Sight(1);
            hall.Do(new AsSeen(Counter(1), before, step));
            hall.Now += TimeSpan.FromSeconds(3);
            Assert.NotEqual(before, Sight(1));
            Assert.IsType<Refused>(hall.Try(new AsSeen(Counter(1), before, new CallNext(Counter(1)))));
        }
    }

    [Fact]
    public void Someone_who_takes_a_number_or_another_counter_voids_nothing()
    {
        Take(2);
        var seen = Sight(1);
        Take(1);
        hall.Do(new CallNext(Counter(2)));
        Assert.Equal(seen, Sight(1));
        hall.Do(new AsSeen(Counter(1), seen, new CallNext(Counter(1))));
        Assert.Equal("A002", hall.State.AtCounters[Counter(1)].Number.ToString());
    }

    [Fact]
    public void In_the_morning_the_page_and_the_rules_both_look_past_what_yesterday_left()
    {
        Take(1);
        hall.Do(new CallNext(Counter(1)));
        hall.Now = hall.Now.AddDays(1);
        var morning = TurnedDay.Of(hall.State, hall.Now, clockTrusted: true);
        Assert.Empty(morning.AtCounters);
        Assert.Equal("nobody-waiting", hall.Refusal(new AsSeen(Counter(1), CounterSight.Of(morning, Counter(1)), new CallNext(Counter(1)))));
        Assert.Equal("changed-elsewhere", hall.Refusal(new AsSeen(Counter(1), Sight(1), new CallNext(Counter(1)))));
        Assert.Same(morning, TurnedDay.Of(morning, hall.Now, clockTrusted: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("có dấu")]
    [InlineData("a\"b")]
    [InlineData("a b")]
    public void What_no_counter_looks_like_is_no_sight(string text)
    {
        Assert.False(CounterSight.IsValid(text));
        Assert.Throws<ArgumentException>(() => new CounterSight(text));
        Assert.False(CounterSight.IsValid(new string('a', 81)));
    }

    private CounterSight Sight(int counter) => CounterSight.Of(hall.State, Counter(counter));

    private void Take(int tickets)
    {
        for (var i = 0; i < tickets; i++)
        {
            hall.Issue(Notary);
        }
    }
}
