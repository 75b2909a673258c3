using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

public sealed class VirtualSpeakerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_takes_as_long_as_it_lasts()
    {
        var speaker = Speaker();
        var changes = 0;
        speaker.Changed += () => changes++;
        var play = speaker.PlayAsync(Utterance("một", 3), Stop).AsTask();

        time.Advance(2.9 * Second);
        Assert.False(play.IsCompleted);
        Assert.False(Assert.Single(speaker.Heard).Whole);
        Assert.Equal(1, changes);

        time.Advance(0.1 * Second);
        await play;
        Assert.True(Assert.Single(speaker.Heard).Whole);
        Assert.Equal(2, changes);
    }

    [Fact]
    public async Task It_keeps_what_people_heard()
    {
        var speaker = Speaker(instantly: true);
        for (var i = 1; i <= 10; i++)
        {
            await speaker.PlayAsync(Utterance($"số {i}", 1), Stop);
        }

        Assert.Equal(Enumerable.Range(3, 8).Select(i => $"số {i}"), speaker.Heard.Select(h => h.Text));
        var last = speaker.Heard[^1];
        Assert.Equal((10, new CallId(7), time.GetLocalNow(), Second), (last.Number, last.Call, last.StartedAt, last.Sound.Length));
    }

    [Fact]
    public async Task It_keeps_fewer_when_they_are_long()
    {
        var speaker = Speaker(instantly: true);
        for (var i = 1; i <= 8; i++)
        {
            await speaker.PlayAsync(Utterance($"số {i}", 20), Stop); // 320 KB each
        }

        Assert.Equal(3, speaker.Heard.Length);
    }

    [Fact]
    public async Task Unplugged_it_fails_and_plugged_in_it_plays_again()
    {
        var speaker = Speaker(instantly: true);
        speaker.Unplugged = true;
        await Assert.ThrowsAsync<IOException>(() => speaker.PlayAsync(Utterance("một", 1), Stop).AsTask());

        speaker.Unplugged = false;
        await speaker.PlayAsync(Utterance("hai", 1), Stop);
        Assert.Equal("hai", Assert.Single(speaker.Heard).Text);
    }

    [Fact]
    public async Task Pulled_out_in_the_middle_the_sound_fails()
    {
        var speaker = Speaker();
        var play = speaker.PlayAsync(Utterance("một", 2), Stop).AsTask();
        time.Advance(Second);
        speaker.Unplugged = true;
        time.Advance(Second);

        await Assert.ThrowsAsync<IOException>(() => play);
        Assert.False(Assert.Single(speaker.Heard).Whole);
    }

    [Fact]
    public async Task Hanging_it_ends_only_when_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var speaker = Speaker();
        speaker.Hangs = true;
        var play = speaker.PlayAsync(Utterance("một", 1), stop.Token).AsTask();
        time.Advance(TimeSpan.FromHours(1));
        Assert.False(play.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => play);
    }

    private static Utterance Utterance(string text, double seconds) =>
        new(new Announcement(new CallId(7), text, long.MaxValue), Sounds.Lasting(TimeSpan.FromSeconds(seconds)));

    private VirtualSpeaker Speaker(bool instantly = false) => new(new DeviceId("hall"), time, instantly);
}
