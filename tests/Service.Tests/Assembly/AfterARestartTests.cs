using MotCua.Edge.Journal;
using MotCua.Edge.Uplink.Tests;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.Edge.Assembly.Tests;

public sealed class AfterARestartTests
{
    private static readonly TestCentre.KnownDevice Ready = new("ready", null);

    [Fact]
    public async Task The_first_event_of_a_new_box_says_that_its_journal_was_opened()
    {
        using var centre = new TestCentre();
        await centre.RunAsync(3);
        var first = centre.Events()[0];
        Assert.Equal((1L, "first"), (first.Seq, Assert.IsType<JournalOpened>(first.Data).Reason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_event_after_damage_says_so_even_with_an_old_fault_to_forget_and_the_older_journal_stays_listed(bool powerIsCut)
    {
        using var before = new TestCentre();
        before.Centre.Devices.Fault("edge", "loop.failed", "boards: a test", present: true);
        await before.RunAsync(0.1);
        for (var i = 0; i < 4; i++)
        {
            await before.PressAsync(TestCentre.TicketButton);
        }

        var epoch = before.Centre.Journal.Epoch;
        before.PowerCut();
        AfterACrashTests.Alter(before.Disk, "A003");
        using var after = new TestCentre(before.Disk, before.Time, seed: 2);
        Assert.Equal(JournalFound.Damaged, after.Centre.Journal.Opening.Found);
        await after.RunAsync(3);
        var second = after.Centre.Journal.Epoch;
        var own = after.Events().SkipWhile(e => EventCodec.Read(e.Canonical.Span).Header.Epoch != second).ToList();
        Assert.Equal((1L, "damage"), (own[0].Seq, Assert.IsType<JournalOpened>(own[0].Data).Reason));
        Assert.Equal(Ready, after.Device("edge"));
        if (powerIsCut)
        {
            after.PowerCut();
        }
        else
        {
            after.Dispose();
        }

        using var again = new TestCentre(before.Disk, before.Time, seed: 3);
        Assert.Equal(JournalFound.Whole, again.Centre.Journal.Opening.Found);
        Assert.Equal([epoch, second], new JournalReader(again.Centre.Journal).Epochs().Select(e => e.Epoch));
        Assert.Equal(new TestCentre.KnownDevice("degraded", "journal.damaged"), again.Device("journal"));
    }

    [Fact]
    public async Task Faults_of_the_program_that_an_earlier_run_left_are_over_unless_they_still_hold()
    {
        using var province = ProvinceKey.Create();
        using var before = new TestCentre(link: new FakeLink { Reachable = false }, province: province);
        await before.RunAsync(5, strideMs: 100);
        var devices = before.Centre.Devices;
        devices.Fault("edge", "loop.failed", "a test", present: true);
        devices.Fault("uplink", "uplink.refused", "a test", present: true);
        devices.Fault("journal-keeper", "journal.old-damage", "a test", present: true);
        devices.Fault("journal", "journal.write-failed", "a test", present: true);
        await before.RunAsync(0.1);
        before.PowerCut();

        using var apart = new TestCentre(before.Disk, before.Time, seed: 2, link: new FakeLink { Reachable = false }, province: province);
        await apart.RunAsync(70, strideMs: 500);
        Assert.All((string[])["edge", "journal-keeper", "journal"], part => Assert.Equal(Ready, apart.Device(part)));
        Assert.Equal("uplink.lost", apart.Device("uplink")?.Fault);
        apart.PowerCut();

        using var joined = new TestCentre(before.Disk, before.Time, seed: 3, link: new FakeLink(), province: province);
        await joined.RunAsync(70, strideMs: 500);
        Assert.Equal(Ready, joined.Device("uplink"));
    }

    [Fact]
    public async Task The_uplink_goes_to_the_broker_with_the_files_of_the_configuration()
    {
        using var province = ProvinceKey.Create();
        var link = new FakeLink();
        var yaml = TestCentre.Yaml.Replace("province.pub }", "province.pub, tls: { ca: /m/ca.pem, cert: /m/edge.pem, key: /m/edge.key } }", StringComparison.Ordinal);
        using var centre = new TestCentre(link: link, province: province, yaml: yaml);
        await centre.RunAsync(70, strideMs: 500);
        Assert.Equal(new MqttTls("/m/ca.pem", "/m/edge.pem", "/m/edge.key"), link.LastAttempt!.Tls);
    }
}
