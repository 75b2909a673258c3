using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Tests.Snapshots;
using Xunit;

namespace MotCua.CloudBridge.Tests.Store;

/// <content>Pictures, their end, and who has looked at them.</content>
public abstract partial class BridgeStoreContract
{
    private static readonly DateTimeOffset Shot = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_picture_is_there_after_reopening_bit_for_bit_until_its_time_is_over()
    {
        Announce("khan-1", 60);
        Arrive("khan-1", 1);
        Reopen();
        var read = Store.Snapshots.Find(KeyOf("khan-1"))!;
        Assert.Equal(Announced("khan-1", 60), read.Announced);
        Assert.Equal((Shot.AddMinutes(-1), Shot.AddMinutes(1), Pictures.Jpeg.Length, 1280, 720, null), (read.TakenAt, read.ReceivedAt, read.Bytes, read.Width, read.Height, read.GoneAt));
        Assert.Equal(Pictures.Jpeg, Store.Snapshots.ReadPicture(KeyOf("khan-1")));
        Assert.Equal(0, Store.Snapshots.Expire(Shot.AddMinutes(59), 10));
        Assert.Equal(1, Store.Snapshots.Expire(Shot.AddMinutes(60), 10));
        Assert.Equal(0, Store.Snapshots.Expire(Shot.AddMinutes(61), 10));
        Reopen();
        Assert.Null(Store.Snapshots.ReadPicture(KeyOf("khan-1")));
        Assert.Equal(Shot.AddMinutes(60), Store.Snapshots.Find(KeyOf("khan-1"))!.GoneAt);
        Assert.Equal([log.Centre], Store.Snapshots.ReadCentres());
    }

    [Fact]
    public void A_picture_that_nobody_announced_or_that_comes_late_or_again_changes_nothing()
    {
        Arrive("khan-1", 1);
        Assert.Null(Store.Snapshots.Find(KeyOf("khan-1")));
        Announce("khan-2", 60);
        Arrive("khan-2", 60);
        Assert.Null(Store.Snapshots.Find(KeyOf("khan-2"))!.ReceivedAt);
        Announce("khan-3", 60);
        Arrive("khan-3", 1);
        Store.Commit(Writes(arrived: [new ArrivedSnapshot(KeyOf("khan-3"), [1, 2, 3], 1, 1, Shot, Shot.AddMinutes(2))]));
        Announce("khan-3", 600);
        Assert.Equal((Shot.AddMinutes(1), Shot.AddMinutes(60)), (Store.Snapshots.Find(KeyOf("khan-3"))!.ReceivedAt, Store.Snapshots.Find(KeyOf("khan-3"))!.Announced.Expires));
        Assert.Equal(Pictures.Jpeg, Store.Snapshots.ReadPicture(KeyOf("khan-3")));
    }

    [Fact]
    public void The_first_word_of_what_became_of_it_stands()
    {
        Announce("khan-1", 60);
        Store.Commit(Writes(ended: [new EndedSnapshot(KeyOf("khan-1"), "failed", "Không chụp được."), new EndedSnapshot(KeyOf("khan-9"), "sent", null)]));
        Store.Commit(Writes(ended: [new EndedSnapshot(KeyOf("khan-1"), "sent", null)]));
        var read = Assert.Single(Store.Snapshots.Read(log.Centre, 5));
        Assert.Equal(("failed", "Không chụp được."), (read.Phase, read.Note));
    }

    [Fact]
    public void Nobody_is_shown_a_picture_without_a_line_in_the_audit_and_each_line_shows_it_once()
    {
        Announce("khan-1", 60);
        Assert.Equal(LookOutcome.Gone, Store.Snapshots.Look(KeyOf("khan-1"), "v0", By("Trực ban", 0)));
        Arrive("khan-1", 1);
        Assert.Null(Store.Snapshots.Show(KeyOf("khan-1"), "v1", Shot.AddMinutes(2)));
        Assert.Equal(LookOutcome.Written, Store.Snapshots.Look(KeyOf("khan-1"), "v1", By("Trực ban", 2)));
        Reopen();
        Assert.Equal(new AuditLine(Shot.AddMinutes(2), "Trực ban", "snapshot:view", log.Centre, "khan-1", "Có tiếng kêu"), Assert.Single(Store.ReadAudit(5)));
        Assert.Null(Store.Snapshots.Show(KeyOf("khan-2"), "v1", Shot.AddMinutes(2)));
        Assert.Equal(Pictures.Jpeg, Store.Snapshots.Show(KeyOf("khan-1"), "v1", Shot.AddMinutes(2)));
        Assert.Null(Store.Snapshots.Show(KeyOf("khan-1"), "v1", Shot.AddMinutes(2)));

        Assert.Equal(LookOutcome.Written, Store.Snapshots.Look(KeyOf("khan-1"), "v2", By("Lãnh đạo", 3)));
        Assert.Null(Store.Snapshots.Show(KeyOf("khan-1"), "v2", Shot.AddMinutes(4)));
        Assert.Equal([By("Trực ban", 2), By("Lãnh đạo", 3)], Store.Snapshots.Find(KeyOf("khan-1"))!.Views);

        // Its time is over, though nobody has come by to remove it.
        Assert.Equal(LookOutcome.Gone, Store.Snapshots.Look(KeyOf("khan-1"), "v3", By("Trực ban", 60)));
        Assert.Equal(2, Store.ReadAudit(9).Count);
    }

    [Fact]
    public void A_look_that_was_written_down_shows_nothing_after_the_picture_s_time()
    {
        Announce("khan-1", 60);
        Arrive("khan-1", 1);
        Assert.Equal(LookOutcome.Written, Store.Snapshots.Look(KeyOf("khan-1"), "v1", new SnapshotView(Shot.AddMinutes(60).AddSeconds(-5), "Trực ban", "Có tiếng kêu")));
        Assert.Null(Store.Snapshots.Show(KeyOf("khan-1"), "v1", Shot.AddMinutes(60).AddSeconds(5)));
    }

    [Fact]
    public void A_program_that_looks_without_end_is_stopped()
    {
        Announce("khan-1", 60);
        Arrive("khan-1", 1);
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(LookOutcome.Written, Store.Snapshots.Look(KeyOf("khan-1"), $"v{i}", By("Máy", 2)));
        }

        Assert.Equal(LookOutcome.TooMany, Store.Snapshots.Look(KeyOf("khan-1"), "one more", By("Máy", 2)));
    }

    [Fact]
    public void Bytes_are_removed_some_at_once_and_what_is_known_of_the_oldest_goes_when_there_are_many()
    {
        for (var i = 0; i < 25; i++)
        {
            Announce($"khan-{i}", 60);
            Arrive($"khan-{i}", 1);
        }

        Assert.Equal([20, 5, 0], new[] { 20, 20, 20 }.Select(most => Store.Snapshots.Expire(Shot.AddHours(2), most)));
        Store.Commit(Writes(announced: [.. Enumerable.Range(0, 520).Select(i => Announced($"sau-{i}", 60) with { Known = Shot.AddSeconds(i + 1) })]));
        Store.Commit(Writes(announced: [Announced("cuoi", 60) with { Known = Shot.AddHours(1) }]));
        var kept = Store.Snapshots.Read(log.Centre, 1000);
        Assert.Equal((500, "cuoi"), (kept.Count - 1, kept[0].Announced.Key.Id));
        Assert.DoesNotContain(kept, one => one.Announced.Key.Id == "khan-3");
    }

    private static SnapshotView By(string who, int minutes) => new(Shot.AddMinutes(minutes), who, "Có tiếng kêu");

    private SnapshotKey KeyOf(string id) => new(log.Centre, id);

    private AnnouncedSnapshot Announced(string id, int minutes) =>
        new(KeyOf(id), "camera-sanh", "command", "security", "operator", null, Blur: true, Shot.AddSeconds(-3), Shot, Shot.AddMinutes(minutes));

    private void Announce(string id, int minutes) => Store.Commit(Writes(announced: [Announced(id, minutes)]));

    private void Arrive(string id, int minute) =>
        Store.Commit(Writes(arrived: [new ArrivedSnapshot(KeyOf(id), Pictures.Jpeg, 1280, 720, Shot.AddMinutes(-1), Shot.AddMinutes(minute))]));

    private static BridgeWrites Writes(AnnouncedSnapshot[]? announced = null, ArrivedSnapshot[]? arrived = null, EndedSnapshot[]? ended = null) =>
        new([], [], []) { Snapshots = new SnapshotWrites(announced ?? [], arrived ?? [], ended ?? []) };
}
