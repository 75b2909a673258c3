using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Loop.Tests;

public sealed class LostPastTests
{
    [Fact]
    public void Two_losses_before_the_next_day_add_up_in_both_days()
    {
        var state = CentreState.Empty(LoopBench.Plan);
        state = CentreFold.Apply(state, LoopBench.Header(1), new DayOpened(new DateOnly(2026, 11, 23)));
        state = CentreFold.Apply(state, LoopBench.Header(1), new JournalOpened("damage", null, 1000));
        state = CentreFold.Apply(state, LoopBench.Header(1), new JournalOpened("damage", null, 5));
        Assert.Equal(1005, state.Queue.LastNumbers['A']);
        state = CentreFold.Apply(state, LoopBench.Header(2), new DayOpened(new DateOnly(2026, 11, 24)));
        Assert.Equal(1005, state.Queue.LastNumbers['A']);
        state = CentreFold.Apply(state, LoopBench.Header(3), new DayOpened(new DateOnly(2026, 11, 25)));
        Assert.Equal(0, state.Queue.LastNumbers.GetValueOrDefault('A'));
    }
}
