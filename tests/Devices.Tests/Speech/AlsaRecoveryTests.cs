using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Alsa;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>What a card does that no test machine has: a full buffer, underruns, unplugging, a driver that hangs.</summary>
public sealed class AlsaRecoveryTests : IDisposable
{
    private static readonly WavFile Sound = Sounds.Lasting(TimeSpan.FromSeconds(1));

    private readonly SteppingTime time = new();
    private readonly FakePcm pcm = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => pcm.Dispose();

    [Fact]
    public async Task An_underrun_is_counted_and_the_sound_goes_on()
    {
        Enqueue(pcm.WriteAnswers, 3000, FakePcm.Underrun, 2000, FakePcm.Underrun);
        using var speaker = Speaker();

        var played = await speaker.PlayAsync(Say(), Stop);

        Assert.Equal(Sound.Samples.ToArray(), pcm.Played);
        Assert.Equal(2, speaker.Underruns);
        Assert.Equal(new Playback(Sound.Length, 2), played);
        Assert.True(pcm.Closed);
    }

    [Fact]
    public async Task A_full_buffer_is_waited_for_and_drained_to_its_end()
    {
        Enqueue(pcm.WriteAnswers, 4000, FakePcm.Again, 0, 1, FakePcm.Again);
        Enqueue(pcm.DrainAnswers, FakePcm.Again, FakePcm.Again);
        using var speaker = Speaker();

        await speaker.PlayAsync(Say(), Stop);

        Assert.Equal(Sound.Samples.ToArray(), pcm.Played);
        Assert.Equal(5, time.Waits);
    }

    [Fact]
    public async Task A_buffer_that_ran_empty_while_draining_was_played_whole()
    {
        Enqueue(pcm.DrainAnswers, FakePcm.Again, FakePcm.Underrun);
        using var speaker = Speaker();

        await speaker.PlayAsync(Say(), Stop);
    }

    [Fact]
    public async Task A_device_that_underruns_without_end_is_given_up()
    {
        Enqueue(pcm.WriteAnswers, [.. Enumerable.Repeat(FakePcm.Underrun, 100)]);
        using var speaker = Speaker();

        await Assert.ThrowsAsync<PlaybackException>(() => speaker.PlayAsync(Say(), Stop).AsTask());
        Assert.InRange(pcm.WriteAnswers.Count, 90, 99);
    }

    [Fact]
    public async Task A_device_that_is_unplugged_while_playing_is_told_in_words()
    {
        Enqueue(pcm.WriteAnswers, 3000, FakePcm.Gone);
        (pcm.RecoverAnswer, pcm.DelayAnswer) = (FakePcm.Gone, 1000);
        using var speaker = Speaker();

        var failure = await Assert.ThrowsAsync<PlaybackException>(() => speaker.PlayAsync(Say(), Stop).AsTask());

        Assert.Equal(("Speaker 'hw' failed: error 19.", FaultCode.SpeakerAbsent), (failure.Message, failure.Fault));
        Assert.Equal(TimeSpan.FromSeconds(2000.0 / Sounds.Rate), failure.Played.Sounded);
        Assert.True(pcm.Closed);
    }

    [Fact]
    public async Task A_device_that_breaks_while_draining_has_not_played_the_sound()
    {
        Enqueue(pcm.DrainAnswers, FakePcm.Again, FakePcm.Gone);
        using var speaker = Speaker();

        var failure = await Assert.ThrowsAsync<PlaybackException>(() => speaker.PlayAsync(Say(), Stop).AsTask());
        Assert.Equal(Sound.Length, failure.Played.Sounded);
    }

    [Fact]
    public async Task A_look_at_the_device_plays_nothing_and_says_what_is_wrong()
    {
        var missing = true;
        using var speaker = new AlsaSpeaker(new DeviceId("hall"), "hw", time, (_, _) => missing ? throw new IOException("No such device") : pcm);
        Assert.Throws<IOException>(speaker.Check);

        missing = false;
        speaker.Check();
        Assert.Empty(pcm.Played);
        await speaker.PlayAsync(Say(), Stop);
    }

    [Fact]
    public async Task A_device_that_came_back_is_used_again()
    {
        var missing = true;
        using var speaker = new AlsaSpeaker(new DeviceId("hall"), "hw", time, (_, _) => missing ? throw new IOException("No such device") : pcm);
        await Assert.ThrowsAsync<IOException>(() => speaker.PlayAsync(Say(), Stop).AsTask());

        missing = false;
        await speaker.PlayAsync(Say(), Stop);
        Assert.Equal(Sound.Samples.ToArray(), pcm.Played);
    }

    [Fact]
    public async Task Cancelling_ends_a_sound_that_no_longer_moves()
    {
        Enqueue(pcm.WriteAnswers, FakePcm.Again);
        using var stop = new CancellationTokenSource();
        using var speaker = new AlsaSpeaker(new DeviceId("hall"), "hw", new ManualTime(), (_, _) => pcm);
        var play = speaker.PlayAsync(Say(), stop.Token).AsTask();
        await pcm.AskedToWaitAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => play);
    }

    [Fact]
    public async Task A_driver_that_blocks_does_not_hold_its_caller_and_two_sounds_never_mix()
    {
        using var blocked = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pcms = new Queue<FakePcm>([new FakePcm(), pcm]);
        using var speaker = new AlsaSpeaker(new DeviceId("hall"), "hw", new ManualTime(), (_, _) =>
        {
            opened.TrySetResult();
            blocked.Wait(Stop);
            return pcms.Dequeue();
        });
        var first = speaker.PlayAsync(Say(), stop.Token).AsTask();
        await opened.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var second = speaker.PlayAsync(Say(), Stop).AsTask();
        Assert.Equal(2, pcms.Count);
        blocked.Set();
        await second;
        Assert.Equal(Sound.Samples.ToArray(), pcm.Played);
    }

    private static void Enqueue(Queue<int> answers, params int[] told) => Array.ForEach(told, answers.Enqueue);

    private static Utterance Say() => new(new Announcement(null, "một", 0), Sound);

    private AlsaSpeaker Speaker() => new(new DeviceId("hall"), "hw", time, (_, _) => pcm);

    /// <summary>Every wait is over at once, and counted.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        public int Waits { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits++;
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
