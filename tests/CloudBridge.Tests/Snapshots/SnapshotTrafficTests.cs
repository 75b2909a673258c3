using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Snapshots;
using MotCua.CloudBridge.Store;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using Xunit;

namespace MotCua.CloudBridge.Tests.Snapshots;

/// <summary>What the bridge takes for a picture that somebody asked for, and what it refuses.</summary>
public sealed class SnapshotTrafficTests : IDisposable
{
    private readonly BridgeRig bridge = new();
    private readonly SourceLog log = new("viet-tri");

    public void Dispose() => bridge.Dispose();

    private DateTimeOffset Now => bridge.Time.GetUtcNow();

    [Fact]
    public void A_picture_that_the_log_announced_is_stored_with_its_end()
    {
        Tell(Pictures.Asked("khan-1"));
        Assert.Equal("asked", Find("khan-1")!.StateAt(Now));
        Send("khan-1");
        var stored = Find("khan-1")!;
        Assert.Equal(("stored", 1280, 720, Pictures.Jpeg.Length), (stored.StateAt(Now), stored.Width, stored.Height, stored.Bytes));
        Assert.Equal(Pictures.Jpeg, bridge.Store.Snapshots.ReadPicture(Key("khan-1")));
        Assert.Equal(("camera-sanh", "emergency", 2, false), (stored.Announced.Camera, stored.Announced.Cause, stored.Announced.Counter, stored.Announced.Blur));
        Assert.Empty(bridge.Store.ReadQuarantine(5));
    }

    [Fact]
    public void A_picture_of_a_command_is_taken_when_the_province_gave_that_command_and_asked_for_no_less()
    {
        var id = Give("""{"camera":"camera-sanh","reason":"security","role":"operator","ttlMinutes":60}""");
        Tell(Pictures.Asked(id, "command", blur: true));
        Send(id, blur: true);
        Assert.Equal("stored", Find(id)!.StateAt(Now));

        // Blurred was asked for: a sharp one is shown to nobody.
        var sharp = Give("""{"camera":"camera-sanh","reason":"security","role":"operator","ttlMinutes":60}""");
        Tell(Pictures.Asked(sharp, "command", blur: false));
        Send(sharp);
        var longer = Give("""{"camera":"camera-sanh","reason":"security","role":"operator","ttlMinutes":30,"blur":false}""");
        Tell(Pictures.Asked(longer, "command", ttl: 10_080));
        Send(longer);
        var other = Give("""{"camera":"camera-quay","reason":"security","role":"operator","blur":false}""");
        Tell(Pictures.Asked(other, "command"));
        Send(other);
        Assert.All(bridge.Store.ReadQuarantine(9), row => Assert.Equal("The picture is not the one that was commanded.", row.Reason));
        Assert.Equal(3, bridge.Store.ReadQuarantine(9).Count);
        Assert.All(new[] { sharp, longer, other }, one => Assert.Null(bridge.Store.Snapshots.ReadPicture(Key(one))));
    }

    [Fact]
    public void What_nobody_asked_for_is_refused_and_nothing_of_it_is_kept()
    {
        Send("khan-1");
        Tell(Pictures.Asked("khan-2"));
        Send("khan-2", camera: "camera-quay");
        Send("khan-2", jpeg: [0xFF, 0xD8, .. new byte[500]]);
        Send("khan-2", jpeg: Pictures.Jpeg[..^2]);
        bridge.Link.Deliver("motcua/v1/viet-tri/up/snap/khan-3", Pictures.Message("khan-2"));
        bridge.Link.Deliver("motcua/v1/lam-thao/up/snap/khan-2", Pictures.Message("khan-2"));
        Tell(Pictures.Asked("0badc0de", "command"));
        Send("0badc0de");
        bridge.Settle();
        var refused = bridge.Store.ReadQuarantine(20);
        Assert.Equal(
            [
                "A picture that no command asked for.", "A picture that no event of this centre announced.", "The picture names another id than its topic.", "Not a JPEG, or cut off.", "Not a JPEG, or cut off.",
                "The picture is not the one that was announced.", "A picture that no event of this centre announced.",
            ],
            refused.Select(row => row.Reason));
        Assert.All(refused, row => Assert.Equal((true, true), (row.Head.IsEmpty, row.Size > 100)));
        Assert.Equal("asked", Find("khan-2")!.StateAt(Now));
    }

    [Fact]
    public void A_picture_that_comes_twice_is_stored_once_and_is_no_reason_to_complain()
    {
        Tell(Pictures.Asked("khan-1"));
        Send("khan-1");
        bridge.Time.Advance(TimeSpan.FromMinutes(1));
        var first = Find("khan-1")!.ReceivedAt;
        Send("khan-1");
        Assert.Equal(first, Find("khan-1")!.ReceivedAt);
        Assert.Empty(bridge.Store.ReadQuarantine(5));
    }

    [Fact]
    public void Its_time_runs_from_when_it_was_asked_for_and_ends_it_on_the_minute()
    {
        Tell(Pictures.Asked("khan-1", ttl: 60), Now.AddMinutes(-50));
        Send("khan-1");
        Assert.Equal(Now.AddMinutes(10), Find("khan-1")!.Announced.Expires);
        bridge.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("expired", Find("khan-1")!.StateAt(Now));
        var keeper = new SnapshotKeeper(bridge.Store, bridge.Time);
        Assert.Equal(TimeSpan.FromSeconds(30), keeper.Step());
        Assert.Null(bridge.Store.Snapshots.ReadPicture(Key("khan-1")));
        Assert.Equal((Now, Pictures.Jpeg.Length), (Find("khan-1")!.GoneAt, Find("khan-1")!.Bytes));

        Tell(Pictures.Asked("khan-2", ttl: 1), Now.AddMinutes(-5));
        Send("khan-2");
        Assert.Equal("A picture whose time is over.", Assert.Single(bridge.Store.ReadQuarantine(5)).Reason);
        Assert.Equal("lost", Find("khan-2")!.StateAt(Now));
    }

    [Fact]
    public void A_box_that_thinks_it_is_tomorrow_keeps_no_picture_longer()
    {
        Tell(Pictures.Asked("khan-1", ttl: 60), Now.AddDays(1));
        Assert.Equal(Now.AddMinutes(60), Find("khan-1")!.Announced.Expires);
        log.Add(Now.AddDays(-400), Pictures.Asked("khan-2", ttl: 60), ClockTrust.Unsynced);
        bridge.SendAndHear(log, log.Length, log.Length);
        Assert.Equal(Now.AddMinutes(60), Find("khan-2")!.Announced.Expires);
    }

    [Fact]
    public void What_the_centre_says_became_of_it_stands_there()
    {
        Tell(Pictures.Asked("khan-1"));
        Tell(Pictures.Asked("khan-1") with { Phase = "failed", Note = "Máy tại trung tâm khởi động lại; ảnh chưa gửi thì đã mất." });
        Assert.Equal(("failed", "Máy tại trung tâm khởi động lại; ảnh chưa gửi thì đã mất."), (Find("khan-1")!.StateAt(Now), Find("khan-1")!.Note));
        Tell(Pictures.Asked("khan-2"));
        Tell(Pictures.Asked("khan-2") with { Phase = "sent" });
        Assert.Equal("sent", Find("khan-2")!.StateAt(Now));
        // The word that it was sent never reached the journal; that it is here counts more.
        Send("khan-1");
        Assert.Equal("stored", Find("khan-1")!.StateAt(Now));
    }

    [Fact]
    public void A_picture_that_comes_while_the_store_is_away_waits_for_it()
    {
        Tell(Pictures.Asked("khan-1"));
        bridge.Store.PicturesAreAway = true;
        bridge.Link.Deliver("motcua/v1/viet-tri/up/snap/khan-1", Pictures.Message("khan-1"));
        bridge.Step();
        bridge.Store.PicturesAreAway = false;
        bridge.Time.Advance(TimeSpan.FromSeconds(30));
        bridge.Settle();
        Assert.Equal("stored", Find("khan-1")!.StateAt(Now));

        Tell(Pictures.Asked("khan-2"));
        bridge.Store.Fails = true;
        bridge.Link.Deliver("motcua/v1/viet-tri/up/snap/khan-2", Pictures.Message("khan-2"));
        bridge.Step();
        bridge.Store.Fails = false;
        bridge.Time.Advance(TimeSpan.FromSeconds(30));
        bridge.Settle();
        Assert.Equal("stored", Find("khan-2")!.StateAt(Now));
    }

    [Fact]
    public void What_came_for_a_picture_s_topic_is_kept_by_size_and_hash_alone_whatever_is_wrong_with_it()
    {
        bridge.Link.Deliver("motcua/v1/viet-tri/up/snap", Pictures.Message("khan-1"));
        bridge.Link.Deliver("motcua/v1/viet-tri/up/snap/khan-1/khan-2", Pictures.Message("khan-1"));
        bridge.Link.Deliver("motcua/v1/viet-tri/up/snapshot/khan-1", Pictures.Message("khan-1"));
        bridge.Settle();
        Assert.Equal(3, bridge.Store.ReadQuarantine(9).Count);
        Assert.All(bridge.Store.ReadQuarantine(9), row => Assert.Equal((true, true), (row.Head.IsEmpty, row.Size > 100)));
    }

    [Fact]
    public void A_centre_that_presses_its_button_by_program_fills_no_disk_of_the_province()
    {
        SnapshotKey Filled(int number) => Key($"day-{number}");
        var many = Enumerable.Range(0, SnapshotTraffic.MostOfCentre).ToList();
        bridge.Store.Commit(new BridgeWrites([], [], [])
        {
            Snapshots = new SnapshotWrites(
                [.. many.Select(i => new AnnouncedSnapshot(Filled(i), "camera-sanh", "emergency", "emergency", null, 2, Blur: false, Now, Now, Now.AddMinutes(90)))],
                [.. many.Select(i => new ArrivedSnapshot(Filled(i), Pictures.Jpeg, 1280, 720, Now, Now))], []),
        });
        Tell(Pictures.Asked("khan-1", ttl: 10_080));
        Send("khan-1");
        Assert.Equal("The centre has sent 208 pictures already.", Assert.Single(bridge.Store.ReadQuarantine(5)).Reason);
        // No button keeps a picture for longer than a day.
        Assert.Equal(Now.AddDays(1), Find("khan-1")!.Announced.Expires);
        bridge.Time.Advance(TimeSpan.FromMinutes(70));
        Send("khan-1");
        Assert.Equal("asked", Find("khan-1")!.StateAt(Now));
        bridge.Time.Advance(TimeSpan.FromMinutes(30));
        new SnapshotKeeper(bridge.Store, bridge.Time).Step();
        Send("khan-1");
        Assert.Equal("stored", Find("khan-1")!.StateAt(Now));
    }

    [Fact]
    public void Pictures_that_come_all_at_once_are_stored_all_and_while_the_store_is_away_as_many_as_find_room()
    {
        var ids = Enumerable.Range(0, SnapshotTraffic.MostWaiting + 8).Select(i => $"khan-{i}").ToList();
        ids.ForEach(id => Tell(Pictures.Asked(id)));
        ids.ForEach(id => bridge.Link.Deliver($"motcua/v1/viet-tri/up/snap/{id}", Pictures.Message(id)));
        bridge.Settle();
        Assert.All(ids, id => Assert.Equal("stored", Find(id)!.StateAt(Now)));

        var more = ids.ConvertAll(id => $"sau-{id}");
        more.ForEach(id => Tell(Pictures.Asked(id)));
        bridge.Store.Fails = true;
        more.ForEach(id => bridge.Link.Deliver($"motcua/v1/viet-tri/up/snap/{id}", Pictures.Message(id)));
        bridge.Settle();
        bridge.Store.Fails = false;
        bridge.Time.Advance(TimeSpan.FromSeconds(30));
        bridge.Settle();
        Assert.Equal([.. Enumerable.Repeat("stored", SnapshotTraffic.MostWaiting), .. Enumerable.Repeat("asked", 8)], more.Select(id => Find(id)!.StateAt(Now)));
        Assert.Equal(0, bridge.Snapshots.TakeDropped()); // It was told when the store was back.
    }

    [Fact]
    public void Strange_words_about_pictures_stop_nothing()
    {
        Tell(Pictures.Asked("Người") with { Camera = "" });
        Tell(Pictures.Asked("khan-1", ttl: 0));
        Tell(Pictures.Asked("khan-2") with { Reason = "curiosity" });
        Tell(Pictures.Asked("khan-3") with { Phase = "dreamt" });
        Assert.Empty(bridge.Store.Snapshots.Read(Pictures.Centre, 10));
        Assert.Equal(4, bridge.End(log).UpTo);
    }

    private void Tell(EventData told, DateTimeOffset? at = null)
    {
        log.Add(at ?? Now, told);
        Assert.NotNull(bridge.SendAndHear(log, log.Length, log.Length));
    }

    private void Send(string id, byte[]? jpeg = null, string camera = "camera-sanh", bool blur = false)
    {
        bridge.Link.Deliver($"motcua/v1/viet-tri/up/snap/{id}", Pictures.Message(id, jpeg, camera, blur));
        bridge.Settle();
    }

    private string Give(string body)
    {
        var given = bridge.Door.GiveAsync(new CommandWish(Pictures.Centre, CommandKinds.Snapshot, body, TimeSpan.FromMinutes(60), "Trực ban", "Có tiếng kêu"), TestContext.Current.CancellationToken);
        bridge.Settle();
        return Assert.IsType<WishOutcome.Stored>(given.GetAwaiter().GetResult()).Key.Id;
    }

    private SnapshotRecord? Find(string id) => bridge.Store.Snapshots.Find(Key(id));

    private static SnapshotKey Key(string id) => new(Pictures.Centre, id);
}
