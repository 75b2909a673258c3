using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Devices.Virtual;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Proof;

/// <summary>One microphone, two who want it: a call goes first.</summary>
public sealed class SharedMicrophoneTests
{
    private readonly ManualTime time = new();
    private readonly VirtualSpeaker speaker;
    private readonly VirtualMicrophone microphone;
    private readonly SharedMicrophone shared;

    public SharedMicrophoneTests()
    {
        speaker = new VirtualSpeaker(new DeviceId("speaker"), time);
        microphone = new VirtualMicrophone(new DeviceId("microphone"), speaker, time, new Random(1));
        shared = new SharedMicrophone(microphone, time);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_said_in_the_room_is_recorded_for_as_long_as_it_was_asked_for()
    {
        var playing = speaker.PlayAsync(new Utterance(new Announcement(null, "la", long.MaxValue), Sounds.Tone(440, 3)), Stop).AsTask();
        var take = await PassAsync(shared.RecordAsync(TimeSpan.FromSeconds(2), Stop));
        time.Advance(TimeSpan.FromSeconds(3));
        await playing;

        Assert.Equal(2, take.Length.TotalSeconds);
        Assert.Equal(SharedMicrophone.RecordingRate, take.SampleRate);
        // A tenth of the tone's half of full scale, and the noise of the hall.
        Assert.InRange(Sounds.Peak(take), 1_600, 1_760);
    }

    [Fact]
    public async Task A_call_breaks_a_recording_off_and_none_begins_while_it_is_listened_to()
    {
        var recording = shared.RecordAsync(TimeSpan.FromSeconds(2), Stop);
        time.Advance(TimeSpan.FromSeconds(1));
        var call = shared.Listen();
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(4000, call.Read(new short[4096]));
        await Assert.ThrowsAsync<MicrophoneBusyException>(() => PassAsync(recording));
        await Assert.ThrowsAsync<MicrophoneBusyException>(() => shared.RecordAsync(TimeSpan.FromSeconds(2), Stop));

        call.Dispose();
        call.Dispose();
        Assert.Equal(1, (await PassAsync(shared.RecordAsync(TimeSpan.FromSeconds(1), Stop))).Length.TotalSeconds);
    }

    [Fact]
    public async Task Two_recordings_at_once_are_one_too_many()
    {
        var first = shared.RecordAsync(TimeSpan.FromSeconds(1), Stop);
        await Assert.ThrowsAsync<MicrophoneBusyException>(() => shared.RecordAsync(TimeSpan.FromSeconds(1), Stop));

        await PassAsync(first);
    }

    [Fact]
    public async Task A_microphone_that_is_pulled_is_told_and_can_be_used_again()
    {
        var recording = shared.RecordAsync(TimeSpan.FromSeconds(2), Stop);
        microphone.Unplugged = true;
        await Assert.ThrowsAsync<IOException>(() => PassAsync(recording));
        await Assert.ThrowsAsync<IOException>(() => shared.RecordAsync(TimeSpan.FromSeconds(2), Stop));
        Assert.Throws<IOException>(() => shared.Listen());

        microphone.Unplugged = false;
        Assert.Equal(1, (await PassAsync(shared.RecordAsync(TimeSpan.FromSeconds(1), Stop))).Length.TotalSeconds);
    }

    [Fact]
    public async Task A_device_that_opens_and_gives_nothing_is_given_up()
    {
        var dumb = new SharedMicrophone(new DumbMicrophone(), time);

        Assert.Contains("gave 0 samples", (await Assert.ThrowsAsync<IOException>(() => PassAsync(dumb.RecordAsync(TimeSpan.FromSeconds(1), Stop)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    public async Task Nobody_records_for_no_time_or_for_hours(double seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => shared.RecordAsync(TimeSpan.FromSeconds(seconds), Stop));

    private async Task<WavFile> PassAsync(Task<WavFile> recording)
    {
        var waiting = time.Waiting;
        while (!recording.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(0.05));
            do
            {
                await Task.Yield();
            }
            while (!recording.IsCompleted && time.Waiting < waiting);
        }

        return await recording;
    }

    private sealed class DumbMicrophone : IMicrophone, IListening
    {
        public DeviceId Id { get; } = new("microphone");

        public TimeSpan Delay => TimeSpan.Zero;

        public int Rate => 8000;

        public IListening Listen() => this;

        public int Read(Span<short> samples) => 0;

        public void Dispose()
        {
        }
    }
}
