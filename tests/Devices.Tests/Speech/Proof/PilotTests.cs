using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Proof;

/// <summary>A short version of <c>./bench pilot</c>, with fixed seeds.</summary>
public sealed class PilotTests
{
    [Theory]
    [InlineData(RoomNoise.Pink, SoundCode.None)]
    [InlineData(RoomNoise.Pink, SoundCode.MuLaw)]
    [InlineData(RoomNoise.Voices, SoundCode.ALaw)]
    public void It_is_heard_in_noise_as_loud_as_itself_and_in_no_noise_alone(RoomNoise noise, SoundCode code)
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            Assert.True(Heard(new NoisyRoom(seed).Record(2, noise, Pilot.Samples(NoisyRoom.Rate), 0.3 + (0.017 * seed), 0, code)), $"Seed {seed} was missed.");
            Assert.False(Heard(new NoisyRoom(1000 + seed).Record(4, noise, null, 0, 0, code)), $"Seed {1000 + seed} was taken for the pilot.");
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void It_is_heard_at_every_rate_alone(int rate) => Assert.True(Heard(Pilot.Samples(rate), rate));

    [Fact]
    public void It_is_over_in_less_than_a_second_and_leaves_room_for_the_voice()
    {
        var samples = Pilot.Samples(22_050);

        Assert.InRange(samples.Length / 22_050.0, 0.5, 1);
        Assert.InRange(samples.Max(s => Math.Abs((int)s)), 8_000, 16_000);
    }

    [Fact]
    public void Before_a_sound_it_changes_nothing_of_the_sound()
    {
        var sound = Sounds.Lasting(TimeSpan.FromSeconds(1));
        var both = Pilot.Before(sound);

        Assert.Equal(Pilot.Length + Pilot.Pause + sound.Length, both.Length);
        Assert.Equal(sound.Samples.ToArray(), both.Samples[^sound.Samples.Length..].ToArray());
        Assert.True(Heard(MemoryMarshal.Cast<byte, short>(both.Samples.Span)[..(int)((Pilot.Length + Pilot.Pause).TotalSeconds * Sounds.Rate)].ToArray()));
    }

    [Theory]
    [InlineData(1_050)]
    [InlineData(1_325)]
    [InlineData(1_687.5)]
    [InlineData(50)]
    public void A_whistle_or_hum_however_loud_is_no_pilot(double hertz) =>
        Assert.False(Heard([.. Enumerable.Range(0, 40_000).Select(i => (short)(30_000 * Math.Sin(2 * Math.PI * hertz * i / NoisyRoom.Rate)))]));

    [Fact]
    public void The_notes_in_another_order_are_no_pilot()
    {
        var samples = Pilot.Samples(NoisyRoom.Rate);
        var note = samples.Length / 8;

        Assert.False(Heard([.. Enumerable.Range(0, 8).Reverse().SelectMany(n => samples[(n * note)..((n + 1) * note)])]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(short.MaxValue)]
    [InlineData(short.MinValue)]
    public void Silence_and_a_stuck_converter_are_no_pilot(short level) => Assert.False(Heard([.. Enumerable.Repeat(level, 20_000)]));

    [Fact]
    public void It_does_not_matter_in_which_pieces_the_samples_come()
    {
        var room = new NoisyRoom(7).Record(2, RoomNoise.Pink, Pilot.Samples(NoisyRoom.Rate), 0.4, 0, SoundCode.None);
        var (whole, pieces) = (new PilotDetector(NoisyRoom.Rate), new PilotDetector(NoisyRoom.Rate));
        whole.Feed(room);
        for (var at = 0; at < room.Length; at += 77)
        {
            pieces.Feed(room.AsSpan(at, Math.Min(77, room.Length - at)));
        }

        Assert.Equal(whole.Best, pieces.Best);
        pieces.Reset();
        Assert.Equal((false, 0), (pieces.Heard, pieces.Best));
    }

    private static bool Heard(short[] samples, int rate = NoisyRoom.Rate)
    {
        var detector = new PilotDetector(rate);
        detector.Feed(samples);
        return detector.Heard;
    }
}
