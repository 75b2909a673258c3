using Xunit;

namespace MotCua.Edge.Queue.Tests;

/// <summary>What holds whatever is asked, in whatever order, whatever the clock does. A failure prints its seed and its smallest script.</summary>
public sealed class QueueProperties
{
    /// <summary>
    /// The model throws where a rule is broken: numbers with a gap or given twice, a business date that goes back, a ticket overtaken more often than the cap, one
    /// called before an earlier one of its class, a counter that holds two, a ticket at two counters or served after its end, two ratings.
    /// </summary>
    [Fact]
    public void No_script_breaks_a_rule_of_the_queue() => Script.Check(script => Run(script, (_, _, _, _) => { }));

    [Fact]
    public void Next_finds_nobody_only_when_nobody_waits_whom_the_counter_may_call() => Script.Check(script => Run(script, (hall, model, command, decision) =>
    {
        // A call that is refused on a new day's morning leaves the day before as it was: those people went home.
        if (command is not CallNext(var counter) || BusinessDate.Of(hall.Now, hall.State.Date, hall.ClockTrusted) != hall.State.Date)
        {
            return;
        }

        var empty = decision is Refused { Code: "nobody-waiting" } || (decision is Decided { Events: var events } && !events.OfType<TicketCalled>().Any());
        Assert.False(empty && model.Callable(counter, hall.Now).Count > 0, $"{hall.Log.Count}: someone waits for counter {counter}");
    }));

    [Fact]
    public void A_refusal_says_why_and_an_accepted_command_says_what_happened() => Script.Check(script => Run(script, (_, _, _, decision) =>
    {
        switch (decision)
        {
            case Refused refused:
                Assert.Matches("^[a-z-]{5,30}$", refused.Code);
                Assert.EndsWith(".", refused.Reason, StringComparison.Ordinal);
                break;
            case Decided decided:
                Assert.NotEmpty(decided.Events);
                break;
        }
    }));

    [Fact]
    public void Every_state_is_the_fold_of_its_events_and_the_same_question_has_the_same_answer() => Script.Check(script =>
    {
        var hall = Run(script, (_, _, _, _) => { });
        var rebuilt = hall.Log.Aggregate(QueueState.Empty(Hall.Plan), QueueFold.Apply);
        Assert.Equal(Hall.Text(hall.State), Hall.Text(rebuilt));
        var again = Run(script, (_, _, _, _) => { });
        Assert.Equal(Hall.Text(hall.State), Hall.Text(again.State));
    });

    [Fact]
    public void A_line_put_together_from_its_tickets_is_the_line_that_grew() => Script.Check(script =>
    {
        var state = Run(script, (_, _, _, _) => { }).State;
        foreach (var (_, line) in state.Waiting)
        {
            var again = WaitingLine.Of(line.InArrival.Reverse(), Hall.Plan.OvertakingCap);
            Assert.Equal(line.InTurn, again.InTurn);
            Assert.Equal(line.InArrival, again.InArrival);
        }
    });

    [Fact]
    public void The_statistics_agree_with_the_counts_of_the_state_and_no_leftover_is_served() => Script.Check(script =>
    {
        var hall = Run(script, (_, _, _, _) => { });
        var ledger = new DayLedger();
        foreach (var happened in hall.Log)
        {
            ledger.Add(happened);
        }

        var (report, tally) = (ledger.Report().Total, hall.State.Tally);
        Assert.Equal(
            (tally.Issued, tally.Done - tally.Inferred, tally.Inferred, tally.Missed, tally.Expired, tally.Cancelled),
            (report.Issued, report.Served, report.Inferred, report.Missed, report.Expired, report.Cancelled));
        Assert.Equal(report.Issued, report.Served + report.Inferred + report.Missed + report.Expired + report.Cancelled + report.Living);
    });

    [Fact]
    public void The_scripts_reach_what_they_are_to_test()
    {
        var (most, classes, kinds, seen, refusals) = (0, 0, new HashSet<CallKind>(), new HashSet<Type>(), new HashSet<string>());
        // Always the same ones: this asks about the scripts, not about the queue.
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[4 * 400];
            random.NextBytes(bytes);
            var script = bytes.Chunk(4).Select(b => (b[0], b[1], b[2], b[3])).ToArray();
            Model? last = null;
            var hall = Run(script, (_, model, _, decision) =>
            {
                last = model;
                if (decision is Refused refused)
                {
                    refusals.Add(refused.Code);
                }
            });
            most = Math.Max(most, last?.MostOvertaken ?? 0);
            classes += last?.ByClass ?? 0;
            kinds.UnionWith(hall.Log.OfType<TicketCalled>().Select(called => called.Grounds!.Kind));
            seen.UnionWith(hall.Log.Select(happened => happened.GetType()));
        }

        Assert.Equal(Hall.Plan.OvertakingCap, most);
        Assert.True(classes > 1000, $"{classes} calls within a class");
        Assert.Equal(Enum.GetValues<CallKind>().Order(), kinds.Order());
        var all = typeof(QueueEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(QueueEvent)));
        Assert.Empty(all.Except(seen));
        Assert.True(refusals.Count > 30, $"{refusals.Count} kinds of refusal: {string.Join(' ', refusals)}");
    }

    private static Hall Run((byte What, byte Which, byte Detail, byte Pause)[] script, Action<Hall, Model, QueueCommand, Decision> look)
    {
        var hall = new Hall();
        var model = new Model(Hall.Plan);
        for (var step = 0; step < script.Length; step++)
        {
            var (what, which, detail, pause) = script[step];
            Script.Pass(hall, pause, happened =>
            {
                hall.Happened(happened);
                model.Saw(happened, null);
            });
            var command = Script.Command(what, which, detail, step, hall);
            var decision = hall.Try(command);
            if (decision is Decided decided)
            {
                foreach (var happened in decided.Events)
                {
                    model.Saw(happened, command);
                }
            }

            look(hall, model, command, decision);
        }

        return hall;
    }
}
