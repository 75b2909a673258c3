using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Speech;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

public sealed class LoudnessTests
{
    private static readonly WavFile Loudest = WavFile.FromSamples(8000, MemoryMarshal.AsBytes<short>([short.MaxValue, short.MinValue, 1000, -1000, 0]));

    [Theory]
    [InlineData(100, 32767, -32768, 1000)]
    [InlineData(80, 26213, -26214, 800)]
    [InlineData(30, 9830, -9830, 300)]
    [InlineData(0, 0, 0, 0)]
    public void Every_sample_is_scaled_and_none_is_clipped(int percent, int highest, int lowest, int thousand)
    {
        var samples = MemoryMarshal.Cast<byte, short>(new Loudness(percent).Apply(Loudest).Samples.Span);

        Assert.Equal([highest, lowest, thousand, -thousand, 0], samples.ToArray().Select(s => (int)s));
    }

    [Fact]
    public void The_length_and_the_rate_stay() =>
        Assert.Equal((Loudest.Length, Loudest.SampleRate), new Loudness(50).Apply(Loudest) is var quiet ? (quiet.Length, quiet.SampleRate) : default);

    [Fact]
    public void At_full_loudness_nothing_is_copied() => Assert.Same(Loudest, Loudness.Full.Apply(Loudest));

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public void Louder_than_recorded_there_is_nothing(int percent) => Assert.Throws<ArgumentOutOfRangeException>(() => new Loudness(percent));
}
