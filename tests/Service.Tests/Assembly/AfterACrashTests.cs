using MotCua.Edge.Journal.Tests;
using MotCua.Edge.Loop;
using MotCua.Edge.Loop.Tests;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

public sealed class AfterACrashTests
{
    [Fact]
    public async Task A_young_call_that_no_voice_answered_for_is_spoken_once_and_the_boards_are_redrawn()
    {
        using var before = await CalledAsync(speakerWorks: false);
        before.PowerCut();
        before.Time.Advance(TimeSpan.FromSeconds(20));

        using var after = new TestCentre(before.Disk, before.Time, seed: 2);
        await after.RunAsync(4);
        Assert.Equal("SO A001  QUAY 1", after.Lcd.Glass.Lines[1].TrimEnd());
        Assert.Equal("A001   1", after.Sign.Digits.Text);
        Assert.StartsWith("Mời", Assert.Single(after.Spoken), StringComparison.Ordinal);
        after.PowerCut();

        using var again = new TestCentre(before.Disk, before.Time, seed: 3);
        await again.RunAsync(4);
        Assert.Empty(again.Spoken);
    }

    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 61)]
    public async Task A_call_that_was_spoken_or_is_old_stays_silent(bool speakerWorks, int secondsLater)
    {
        using var before = await CalledAsync(speakerWorks);
        before.PowerCut();
        before.Time.Advance(TimeSpan.FromSeconds(secondsLater));
        using var after = new TestCentre(before.Disk, before.Time, seed: 2);
        await after.RunAsync(4);
        Assert.Empty(after.Spoken);
        Assert.Equal("A001   1", after.Sign.Digits.Text);
    }

    [Fact]
    public async Task A_call_that_has_left_its_counter_is_not_spoken_after_the_restart()
    {
        using var before = await CalledAsync(speakerWorks: false);
        await before.PressAsync(18);
        before.PowerCut();
        using var after = new TestCentre(before.Disk, before.Time, seed: 2);
        await after.RunAsync(4);
        Assert.Empty(after.Spoken);
    }

    [Fact]
    public async Task An_orderly_stop_loses_no_receipt()
    {
        using var before = new TestCentre();
        await before.PressAsync(TestCentre.TicketButton);
        await before.PressAsync(TestCentre.NextButton);
        Assert.Single(before.Spoken);
        before.Dispose();
        using var after = new TestCentre(before.Disk, before.Time, seed: 2);
        await after.RunAsync(4);
        Assert.Empty(after.Spoken);
    }

    [Fact]
    public async Task An_altered_record_opens_a_new_journal_that_tells_of_it_and_gives_no_number_twice()
    {
        using var before = new TestCentre();
        for (var i = 0; i < 6; i++)
        {
            await before.PressAsync(TestCentre.TicketButton);
        }

        var epoch = before.Centre.Journal.Epoch;
        before.PowerCut();
        Alter(before.Disk, "A004");

        using var after = new TestCentre(before.Disk, before.Time, seed: 2);
        await after.PressAsync(TestCentre.TicketButton);
        await after.RunAsync(3);
        Assert.NotEqual(epoch, after.Centre.Journal.Epoch);
        var opened = Assert.IsType<JournalOpened>(after.Events().First(e => e.Seq == 1 && e.Data is JournalOpened { Reason: "damage" }).Data);
        Assert.Equal(epoch.ToString(), opened.Previous!.Epoch);
        var own = after.Events().SkipWhile(e => e.Data is not JournalOpened { Reason: "damage" }).ToList();
        Assert.IsType<JournalOpened>(own[0].Data);
        Assert.InRange(int.Parse(own.Select(e => e.Data).OfType<TicketIssued>().Single().Number[1..]), 7, 9_999);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "journal.damaged"), after.Device("journal"));
        after.Dispose();

        using var again = new TestCentre(before.Disk, before.Time, seed: 3);
        await again.RunAsync(5);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "journal.damaged"), again.Device("journal"));
        again.Disk.Dead = true;
        await again.PressAsync(TestCentre.TicketButton);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "journal.write-failed"), again.Device("journal"));
        again.Disk.Dead = false;
        await again.PressAsync(TestCentre.TicketButton);
        await again.RunAsync(3);
        Assert.Equal(new TestCentre.KnownDevice("degraded", "journal.damaged"), again.Device("journal"));
    }

    [Fact]
    public async Task Calls_of_a_damaged_journal_are_shown_but_answer_to_no_event_of_the_new_one()
    {
        using var before = await CalledAsync(speakerWorks: false);
        await before.PressAsync(TestCentre.TicketButton);
        before.PowerCut();
        Alter(before.Disk, "A002");

        using var after = new TestCentre(before.Disk, before.Time, seed: 2);
        await after.RunAsync(5);
        Assert.Equal("A001   1", after.Sign.Digits.Text);
        Assert.Single(after.Spoken);
        var own = after.Events().SkipWhile(e => e.Data is not JournalOpened { Reason: "damage" });
        Assert.DoesNotContain(own, e => e.Data is CallDelivered);
    }

    [Fact]
    public void Numbers_lost_in_a_day_that_the_verified_part_does_not_know_are_not_given_again_even_after_a_second_loss()
    {
        using var before = new LoopBench();
        before.IssueNow();
        before.Time.Advance(TimeSpan.FromHours(20));
        var lost = Enumerable.Range(0, 30).Select(_ => before.IssueNow()).ToHashSet();
        Alter(before.Disk, "A001", fromSecond: true);

        using var after = Reopened(before, seed: 2);
        Assert.Equal(new DateOnly(2026, 11, 23), after.Found.Queue.Date);
        after.Loop.Record(new JournalOpened("damage", null, after.Journal.Opening.Skip), light: false);
        after.Loop.Record(new DeviceChanged("hall-lcd", "ready", null, null), light: false);
        after.Step();
        after.Loop.Record(new DeviceChanged("hall-lcd", "failed", "device.not-answering", null), light: false);
        after.Step();
        Alter(after.Disk, "device.not-answering");

        using var third = Reopened(after, seed: 3);
        third.Loop.Record(new JournalOpened("damage", null, third.Journal.Opening.Skip), light: false);
        Assert.DoesNotContain(third.IssueNow(), lost);
    }

    [Fact]
    public async Task A_state_from_a_snapshot_equals_the_state_from_all_events()
    {
        using var bench = new LoopBench(options: new() { SegmentBytes = 64 * 1024, SnapshotEvery = 20 });
        var keeper = new JournalKeeper(bench.Journal, () => bench.Loop.Durable, bench.Time, (_, _) => false, (_, _) => { });
        for (var i = 0; i < 30; i++)
        {
            bench.IssueNow(i % 3 == 0 ? LoopBench.Civil : LoopBench.Notary);
            _ = bench.Next(1 + (i % 2));
            bench.Loop.Record(new DeviceChanged("hall-lcd", i % 2 == 0 ? "ready" : "failed", i % 2 == 0 ? null : "device.not-answering", null), light: false);
            bench.Step();
            while (await keeper.StepAsync(TestContext.Current.CancellationToken) == TimeSpan.Zero)
            {
            }
        }

        Assert.Contains(bench.Disk.List(), name => name.EndsWith(".snap", StringComparison.Ordinal));
        var fromSnapshot = LoopBench.Text(bench.Replayed());
        foreach (var snapshot in bench.Disk.List().Where(name => name.EndsWith(".snap", StringComparison.Ordinal)))
        {
            bench.Disk.Put(snapshot, null);
        }

        Assert.Equal(LoopBench.Text(bench.Loop.Durable.State), fromSnapshot);
        Assert.Equal(fromSnapshot, LoopBench.Text(bench.Replayed()));
    }

    private static async Task<TestCentre> CalledAsync(bool speakerWorks)
    {
        var centre = new TestCentre();
        centre.Box.Loudspeaker.Hangs = !speakerWorks;
        await centre.PressAsync(TestCentre.TicketButton);
        await centre.PressAsync(TestCentre.NextButton);
        await centre.RunAsync(2.3);
        return centre;
    }

    private static LoopBench Reopened(LoopBench bench, int seed)
    {
        var again = new LoopBench(seed, bench.Disk, bench.Time);
        Assert.Equal(Journal.JournalFound.Damaged, again.Journal.Opening.Found);
        return again;
    }

    /// <summary>Changes a letter of the record that holds the text.</summary>
    internal static void Alter(SimulatedDisk disk, string text, bool fromSecond = false)
    {
        foreach (var name in disk.List().Where(name => name.EndsWith(".seg", StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal))
        {
            var bytes = System.Text.Encoding.Latin1.GetString(disk.Peek(name));
            var at = bytes.IndexOf(text, StringComparison.Ordinal);
            at = fromSecond && at >= 0 ? bytes.IndexOf(text, at + 1, StringComparison.Ordinal) : at;
            if (at >= 0)
            {
                disk.Poke(name, at + 1, (byte)'!');
                return;
            }
        }

        throw new InvalidOperationException($"{text} stands nowhere.");
    }
}
