using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buttons;
using Xunit;

namespace MotCua.Devices.Tests.Buttons;

/// <summary>Moments are milliseconds here; the line was requested at 1000 and a level counts after 30.</summary>
public sealed class ButtonDebouncerTests
{
    private uint sequence;

    [Fact]
    public void A_stable_press_counts_from_its_last_bounce()
    {
        var button = Requested();
        Assert.Null(Edge(button, true, 2000));
        Assert.Null(Edge(button, false, 2002));
        Assert.Null(Edge(button, true, 2004));
        Assert.Null(Check(button, 2033, active: true));
        Assert.Equal(2034, button.CheckDue);
        Assert.Equal(2004, Check(button, 2034, active: true));
        Assert.Null(Check(button, 9000, active: true));
    }

    [Fact]
    public void A_release_bounce_is_not_a_press()
    {
        var button = Held(Requested(), 2000);
        foreach (var at in new[] { 3000, 3004, 3008 })
        {
            Assert.Null(Edge(button, false, at));
            Assert.Null(Edge(button, true, at + 2));
        }

        Assert.Null(Edge(button, false, 3012));
        Assert.Null(Check(button, 3042, active: false));
        Assert.False(button.IsDown);
    }

    [Fact]
    public void A_lone_spike_is_no_press()
    {
        var button = Requested();
        Assert.Null(Edge(button, true, 2000));
        Assert.Null(Edge(button, false, 2029));
        Assert.Null(Check(button, 2059, active: false));
        Assert.Null(button.CheckDue);
    }

    [Fact]
    public void A_spike_while_held_is_no_second_press()
    {
        var button = Held(Requested(), 2000);
        Assert.Null(Edge(button, false, 2500));
        Assert.Null(Edge(button, true, 2501));
        Assert.Null(Check(button, 2531, active: true));
        Assert.True(button.IsDown);
    }

    [Fact]
    public void A_press_and_release_that_were_read_late_still_count()
    {
        var button = Requested();
        Assert.Null(Edge(button, true, 2000));
        Assert.Equal(2000, Edge(button, false, 2100));
    }

    [Fact]
    public void Two_presses_need_a_stable_release_between()
    {
        var button = Held(Requested(), 2000);
        Edge(button, false, 2200);
        Edge(button, true, 2229);
        Assert.Null(Check(button, 2300, active: true));
        Edge(button, false, 2400);
        Assert.Null(Edge(button, true, 2430));
        Assert.Equal(2430, Check(button, 2460, active: true));
    }

    [Fact]
    public void A_button_that_is_held_at_the_request_is_no_press_until_it_was_released()
    {
        var button = Requested(active: true);
        Assert.Null(Check(button, 5000, active: true));
        Assert.True(button.IsDown);
        Edge(button, false, 6000);
        Edge(button, true, 7000);
        Assert.Equal(7000, Check(button, 7030, active: true));
    }

    [Fact]
    public void An_edge_stamped_before_the_request_is_ignored_unless_the_level_outlasts_the_start()
    {
        var brief = Requested();
        Edge(brief, true, 980);
        Assert.Null(Edge(brief, false, 1025));

        sequence = 0;
        var lasting = Requested();
        Edge(lasting, true, 980);
        Assert.Null(Check(lasting, 1029, active: true));
        Assert.Equal(1000, Check(lasting, 1030, active: true));
    }

    [Fact]
    public void A_press_between_request_and_first_look_at_the_level_is_not_missed()
    {
        var button = Requested(active: true);
        Assert.Null(Edge(button, true, 1001));
        Assert.Equal(1001, Check(button, 1031, active: true));
    }

    [Fact]
    public void A_hole_in_the_sequence_proves_no_press()
    {
        var button = Requested();
        Edge(button, true, 2000);
        sequence += 5;
        Assert.Null(Edge(button, false, 2100));
        Assert.Null(Check(button, 2130, active: false));
    }

    [Fact]
    public void After_a_hole_the_level_decides()
    {
        var button = Requested();
        Edge(button, true, 2000);
        sequence += 5;
        Edge(button, true, 2050);
        Assert.Null(Check(button, 2079, active: true));
        Assert.Equal(2050, Check(button, 2080, active: true));
    }

    [Fact]
    public void After_a_queue_that_may_have_overflowed_stillness_starts_again()
    {
        var button = Requested();
        Edge(button, true, 2000);
        button.Distrust(2100);
        Assert.Null(Check(button, 2100, active: true));
        Assert.Null(Check(button, 2129, active: true));
        Assert.Equal(2100, Check(button, 2130, active: true));
    }

    [Fact]
    public void A_press_whose_edges_were_all_lost_is_found_by_its_level()
    {
        var button = Requested();
        Assert.Null(Check(button, 2000, active: true));
        Assert.Equal(2030, button.CheckDue);
        Assert.Equal(2000, Check(button, 2030, active: true));
    }

    [Fact]
    public void A_release_whose_edges_were_lost_is_found_by_its_level()
    {
        var button = Held(Requested(), 2000);
        Check(button, 3000, active: false);
        Check(button, 3030, active: false);
        Assert.False(button.IsDown);
    }

    [Fact]
    public void A_level_that_only_runs_ahead_of_its_edge_is_no_loss()
    {
        var button = Requested();
        Edge(button, true, 2000);
        // Released at 2031, just before the level was read; the edge is still on its way.
        Assert.Null(Check(button, 2031, active: false));
        Assert.Equal(2000, Edge(button, false, 2031));
    }

    [Fact]
    public void The_sequence_may_wrap()
    {
        var button = Requested();
        sequence = uint.MaxValue - 1;
        Edge(button, true, 1500);
        Edge(button, false, 1501);
        Edge(button, true, 2000);
        Assert.Equal(1u, sequence);
        Assert.Equal(2000, Edge(button, false, 2100));
    }

    // The loop was kept from looking; what it read of the level ran ahead of edges that the kernel had stamped long before.
    [Fact]
    public void A_press_whose_release_was_seen_by_the_level_before_its_edge_came_still_counts()
    {
        var button = Requested();
        Edge(button, true, 2000);
        Assert.Null(Check(button, 2050, active: false));
        Assert.Null(Check(button, 2085, active: false));
        Assert.Equal(2000, Edge(button, false, 2040));
        Assert.Null(Check(button, 2200, active: false));
        Assert.False(button.IsDown);
    }

    [Fact]
    public void A_press_and_release_that_came_after_a_full_queue_count_by_their_stamps()
    {
        var button = Requested();
        Edge(button, true, 2000);
        button.Distrust(2090);
        Assert.Equal(2000, Edge(button, false, 2100));
    }

    [Fact]
    public void A_press_found_by_the_level_is_not_told_again_when_its_edges_come_late()
    {
        var button = Requested();
        Check(button, 2010, active: true);
        Assert.Equal(2010, Check(button, 2040, active: true));
        Assert.Null(Edge(button, true, 2000));
        Assert.Null(Edge(button, false, 2100));
        Assert.Null(Check(button, 2130, active: false));
        Assert.Equal(0, button.EdgesMissed);
        Edge(button, true, 2300);
        Assert.Equal(2300, Check(button, 2330, active: true));
    }

    [Fact]
    public void Of_two_presses_of_which_the_level_told_one_the_late_edges_tell_the_other()
    {
        var button = Requested();
        Check(button, 2300, active: true);
        Assert.Equal(2300, Check(button, 2330, active: true));
        Edge(button, true, 2000);
        Assert.Null(Edge(button, false, 2100));
        Assert.Null(Edge(button, true, 2250));
        Assert.Equal(2250, Check(button, 2340, active: true));
    }

    [Fact]
    public void A_press_whose_edges_are_lost_for_good_hides_no_later_one()
    {
        var button = Requested();
        Check(button, 2010, active: true);
        Assert.Equal(2010, Check(button, 2040, active: true));
        Check(button, 2500, active: false);
        Check(button, 2530, active: false);
        Assert.Equal(2, button.EdgesMissed);
        Edge(button, true, 3000);
        Assert.Equal(3000, Check(button, 3030, active: true));
        Assert.Equal(0, button.EdgesMissed);
    }

    private static ButtonDebouncer Requested(bool active = false) => new(requestedAt: 1000, active, debounce: 30);

    private ButtonDebouncer Held(ButtonDebouncer button, long at)
    {
        Edge(button, true, at);
        Assert.Equal(at, Check(button, at + 30, active: true));
        return button;
    }

    private long? Edge(ButtonDebouncer button, bool active, long at)
    {
        sequence = unchecked(sequence + 1);
        return Press(button.Take(new LineEdge(active, at, sequence)));
    }

    private static long? Check(ButtonDebouncer button, long now, bool active) => Press(button.Check(now, active));

    private static long? Press(ButtonChange? change) => change is { Down: true } down ? down.At : null;
}
