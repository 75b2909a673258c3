using MotCua.Edge.Devices.Health;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Health.Tests;

public sealed class DeviceBookTests
{
    private readonly List<EventData> recorded = [];
    private readonly DeviceBook book;

    public DeviceBookTests() => book = new DeviceBook(new ManualTime(), recorded.Add);

    [Fact]
    public void Of_several_faults_the_gravest_is_told_and_one_that_ends_hides_no_other()
    {
        book.Fault("journal", "journal.damaged", "old card", present: true);
        book.Fault("journal", "journal.write-failed", "EIO", present: true);
        book.Fault("journal", "journal.gap", "full", present: true);
        Assert.Equal("journal.write-failed", Told());
        book.Fault("journal", "journal.write-failed", null, present: false);
        Assert.Equal("journal.damaged", Told());
        book.Fault("journal", "journal.damaged", null, present: false);
        book.Fault("journal", "journal.gap", null, present: false);
        Assert.Null(Told());
        Assert.Equal(
            ["journal.damaged", "journal.write-failed", "journal.damaged", "journal.gap", null],
            recorded.Cast<DeviceChanged>().Select(e => e.Fault));
    }

    [Fact]
    public void What_is_told_again_makes_no_event()
    {
        book.Fault("uplink", "uplink.lost", "a", present: true);
        book.Fault("uplink", "uplink.lost", "b", present: true);
        Assert.Single(recorded);
        Assert.Equal("b", book.All.Single().Report.Detail); // Whoever looks sees the newest.
    }

    [Fact]
    public void A_restart_repeats_no_event_and_a_fault_of_before_can_end()
    {
        book.Enrol("journal", "service", new DeviceCondition("degraded", "journal.write-failed", "EIO", DateTimeOffset.UnixEpoch));
        book.Fault("journal", "journal.write-failed", "EIO", present: true);
        Assert.Empty(recorded);
        book.Fault("journal", "journal.write-failed", null, present: false);
        Assert.Equal("ready", Assert.IsType<DeviceChanged>(Assert.Single(recorded)).State);
    }

    [Fact]
    public void Failures_and_recoveries_of_a_device_are_counted_since_the_start()
    {
        book.Enrol("bang", "hd44780", new DeviceCondition("failed", "device.not-answering", "ENXIO", DateTimeOffset.UnixEpoch));
        Assert.Equal((0, 0), Counts());
        Tell(DeviceState.Failed); // It still fails: the first failure of this run, and no event.
        Assert.Equal((1, 0), Counts());
        Tell(DeviceState.Failed);
        Tell(DeviceState.Ready);
        Tell(DeviceState.Degraded);
        Tell(DeviceState.Absent);
        Tell(DeviceState.Failed);
        Assert.Equal((2, 1), Counts());
        Tell(DeviceState.Ready);
        Assert.Equal((2, 2), Counts());
    }

    [Fact]
    public void A_passing_change_is_shown_and_counted_and_becomes_an_event_only_once_it_is_said_to_stay()
    {
        Tell(DeviceState.Ready);
        recorded.Clear();
        Tell(DeviceState.Failed, passing: true);
        Assert.Equal((DeviceState.Failed, (1, 0)), (book.All.Single().Report.State, Counts()));
        Tell(DeviceState.Ready, passing: true);
        Tell(DeviceState.Failed, passing: true);
        Assert.Equal((2, 1), Counts());
        Assert.Empty(recorded);
        Tell(DeviceState.Failed);
        Tell(DeviceState.Failed);
        Assert.Equal("failed", Assert.IsType<DeviceChanged>(Assert.Single(recorded)).State);
        Assert.Equal((2, 1), Counts());
    }

    private void Tell(DeviceState state, bool passing = false) => book.Report(new DeviceReport(new DeviceId("bang"), state, state == DeviceState.Ready ? null : FaultCode.NotAnswering) { IsPassing = passing });

    private (long, long) Counts() => (book.All.Single().Failures, book.All.Single().Recoveries);

    private string? Told() => book.All.Single().Report.Fault?.Value;
}
