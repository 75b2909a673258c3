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
        Assert.Null(button.Check(2033, active: true));
        Assert.Equal(2034, button.CheckDue);
        Assert.Equal(2004, button.Check(2034, active: true));
        Assert.Null(button.Check(9000, active: true));
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
        Assert.Null(button.Check(3042, active: false));
        Assert.False(button.IsDown);
    }

    [Fact]
    public void A_lone_spike_is_no_press()
    {
        var button = Requested();
        Assert.Null(Edge(button, true, 2000));
        Assert.Null(Edge(button, false, 2029));
        Assert.Null(button.Check(2059, active: false));
        Assert.Null(button.CheckDue);
    }

    [Fact]
    public void A_spike_while_held_is_no_second_press()
    {
        var button = Held(Requested(), 2000);
        Assert.Null(Edge(button, false, 2500));
        Assert.Null(Edge(button, true, 2501));
        Assert.Null(button.Check(2531, active: true));
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
        Assert.Null(button.Check(2300, active: true));
        Edge(button, false, 2400);
        Assert.Null(Edge(button, true, 2430));
        Assert.Equal(2430, button.Check(2460, active: true));
    }

    [Fact]
    public void A_button_that_is_held_at_the_request_is_no_press_until_it_was_released()
    {
        var button = Requested(active: true);
        Assert.Null(button.Check(5000, active: true));
        Assert.True(button.IsDown);
        Edge(button, false, 6000);
        Edge(button, true, 7000);
        Assert.Equal(7000, button.Check(7030, active: true));
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
        Assert.Null(lasting.Check(1029, active: true));
        Assert.Equal(1000, lasting.Check(1030, active: true));
    }

    [Fact]
    public void A_press_between_request_and_first_look_at_the_level_is_not_missed()
    {
        var button = Requested(active: true);
        Assert.Null(Edge(button, true, 1001));
        Assert.Equal(1001, button.Check(1031, active: true));
    }

    [Fact]
    public void A_hole_in_the_sequence_proves_no_press()
    {
        var button = Requested();
        Edge(button, true, 2000);
        sequence += 5;
        Assert.Null(Edge(button, false, 2100));
        Assert.Null(button.Check(2130, active: false));
    }

    [Fact]
    public void After_a_hole_the_level_decides()
    {
        var button = Requested();
        Edge(button, true, 2000);
        sequence += 5;
        Edge(button, true, 2050);
        Assert.Null(button.Check(2079, active: true));
        Assert.Equal(2050, button.Check(2080, active: true));
    }

    [Fact]
    public void After_a_queue_that_may_have_overflowed_stillness_starts_again()
    {
        var button = Requested();
        Edge(button, true, 2000);
        button.Distrust(2100);
        Assert.Null(button.Check(2100, active: true));
        Assert.Null(button.Check(2129, active: true));
        Assert.Equal(2100, button.Check(2130, active: true));
    }

    [Fact]
    public void A_press_whose_edges_were_all_lost_is_found_by_its_level()
    {
        var button = Requested();
        Assert.Null(button.Check(2000, active: true));
        Assert.Equal(2030, button.CheckDue);
        Assert.Equal(2000, button.Check(2030, active: true));
    }

    [Fact]
    public void A_release_whose_edges_were_lost_is_found_by_its_level()
    {
        var button = Held(Requested(), 2000);
        button.Check(3000, active: false);
        button.Check(3030, active: false);
        Assert.False(button.IsDown);
    }

    [Fact]
    public void A_level_that_only_runs_ahead_of_its_edge_is_no_loss()
    {
        var button = Requested();
        Edge(button, true, 2000);
        // Released at 2031, just before the level was read; the edge is still on its way.
        Assert.Null(button.Check(2031, active: false));
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

    private static ButtonDebouncer Requested(bool active = false) => new(requestedAt: 1000, active, debounce: 30);

    private ButtonDebouncer Held(ButtonDebouncer button, long at)
    {
        Edge(button, true, at);
        Assert.Equal(at, button.Check(at + 30, active: true));
        return button;
    }

    private long? Edge(ButtonDebouncer button, bool active, long at)
    {
        sequence = unchecked(sequence + 1);
        return button.Take(new LineEdge(active, at, sequence));
    }
}
