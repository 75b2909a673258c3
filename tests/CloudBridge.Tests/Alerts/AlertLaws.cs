using FsCheck;
using FsCheck.Fluent;
using MotCua.CloudBridge.Alerts;
using MotCua.Protocols;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <summary>What holds of alerts whatever breaks, comes back, flaps or is started anew.</summary>
public sealed class AlertLaws
{
    private static readonly string[] Centres = ["a1", "a2", "a3", "a4", "b1", "b2", "c1"];

    private static readonly (string Device, string Fault)[] Devices =
    [
        ("router", "neighbour.router-silent"), ("internet", "neighbour.internet-lost"), ("cong", "neighbour.portal-silent"), ("cam-1", "camera.unreachable"), ("in-1", "printer.offline"),
        ("tv-1", "tv.away"), ("nut-1", "button.stuck"), ("la", "from.a-newer-edge"),
    ];

    [Fact]
    public void Every_fault_that_lasts_is_in_exactly_one_open_alert_and_an_alert_holds_nothing_else() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60).WithStartSize(20).WithEndSize(200),
        Prop.ForAll(ArbMap.Default.ArbFor<(byte, byte, byte)[]>(), script =>
        {
            var (room, truth) = Play(script);
            room.Pass(TimeSpan.FromMinutes(6), every: TimeSpan.FromSeconds(20));
            var held = room.Open.SelectMany(alert => alert.Causes.Values.Where(cause => cause.Ended is null)).Select(cause => cause.Key).ToList();
            Assert.Equal(held.Count, held.Distinct().Count());
            Assert.Equal(truth.Keys.Order(Comparer<CauseKey>.Create(Compare)), held.Order(Comparer<CauseKey>.Create(Compare)));
            Assert.Equal(room.Open.Count, room.Open.Select(alert => alert.Root).Distinct().Count());
        }));

    [Fact]
    public void When_everything_is_well_again_every_alert_ends() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60).WithStartSize(20).WithEndSize(200),
        Prop.ForAll(ArbMap.Default.ArbFor<(byte, byte, byte)[]>(), script =>
        {
            var (room, _) = Play(script);
            foreach (var centre in Centres)
            {
                room.Return(centre);
                foreach (var (device, _) in Devices)
                {
                    room.Mend(centre, device);
                }
            }

            room.Pass(TimeSpan.FromMinutes(25), every: TimeSpan.FromSeconds(20));
            Assert.Empty(room.Open);
            Assert.All(room.All.Values, alert => Assert.All(alert.Causes.Values, cause => Assert.NotNull(cause.Ended)));
            // Told of once for each time that it opened, and of its end once.
            Assert.All(room.Notes.GroupBy(note => note.Alert.Id), told => Assert.Equal(
                told.Count(note => note.Moment is AlertMoment.Opened or AlertMoment.Reopened), told.Count(note => note.Moment is AlertMoment.Resolved or AlertMoment.Merged)));
        }));

    private static (AlertRig Room, Dictionary<CauseKey, bool> Truth) Play((byte What, byte Which, byte Pause)[] script)
    {
        var room = new AlertRig();
        var truth = new Dictionary<CauseKey, bool>();
        foreach (var centre in Centres)
        {
            room.With(centre, centre[..1]);
        }

        foreach (var (what, which, pause) in script)
        {
            var centre = Centres[which % Centres.Length];
            var (device, fault) = Devices[what % Devices.Length];
            switch (what / 32)
            {
                case 0 or 1 or 2:
                    room.Break(centre, device, fault);
                    truth[new CauseKey(new CentreId(centre), device, fault)] = true;
                    break;
                case 3 or 4:
                    room.Mend(centre, device);
                    truth.Remove(new CauseKey(new CentreId(centre), device, fault));
                    break;
                case 5:
                    room.Lose(centre);
                    truth[new CauseKey(new CentreId(centre), "", ProvinceFaults.CentreLost)] = true;
                    break;
                case 6:
                    room.Return(centre);
                    truth.Remove(new CauseKey(new CentreId(centre), "", ProvinceFaults.CentreLost));
                    break;
                default:
                    room.Restart(TimeSpan.FromSeconds(pause));
                    break;
            }

            room.Pass(TimeSpan.FromSeconds(pause), every: TimeSpan.FromSeconds(20));
        }

        return (room, truth);
    }

    private static int Compare(CauseKey a, CauseKey b) => string.CompareOrdinal($"{a.Centre} {a.Subject} {a.Code}", $"{b.Centre} {b.Subject} {b.Code}");
}
