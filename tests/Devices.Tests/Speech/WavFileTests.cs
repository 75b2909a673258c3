using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using MotCua.Edge.Devices.Speech;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

public sealed class WavFileTests
{
    private static readonly WavFile Sound = Sounds.Lasting(TimeSpan.FromSeconds(0.5));

    [Fact]
    public void A_sound_knows_how_long_it_lasts() => Assert.Equal(TimeSpan.FromSeconds(0.5), Sound.Length);

    [Fact]
    public void What_was_written_is_read_back()
    {
        var read = WavFile.TryRead(Sound.Bytes.Span, out var problem);

        Assert.Null(problem);
        Assert.Equal(Sounds.Rate, read!.SampleRate);
        Assert.Equal(Sound.Bytes.ToArray(), read.Bytes.ToArray());
    }

    [Theory]
    [InlineData(0xFFFF_FFFF)]
    [InlineData(0x7FFF_F000)]
    [InlineData(4001 * 2)]
    public void A_bogus_length_of_a_piped_file_is_set_right(uint claimed)
    {
        var file = Sound.Bytes.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), claimed);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), claimed);

        Assert.Equal(Sound.Bytes.ToArray(), WavFile.TryRead(file, out _)!.Bytes.ToArray());
    }

    [Fact]
    public void Foreign_chunks_and_what_follows_the_sound_are_skipped()
    {
        byte[] list = [.. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0];
        byte[] file = [.. Sound.Bytes.Span[..36], .. list, .. Sound.Bytes.Span[36..], .. list];

        Assert.Equal(Sound.Bytes.ToArray(), WavFile.TryRead(file, out _)!.Bytes.ToArray());
    }

    [Fact]
    public void Half_a_sample_at_the_end_is_dropped() =>
        Assert.Equal(Sound.Samples.Length - 2, WavFile.TryRead(Sound.Bytes.Span[..^1], out _)!.Samples.Length);

    [Theory]
    [InlineData(20, 3, "16-bit PCM")] // Floating point.
    [InlineData(22, 2, "one channel")]
    [InlineData(34, 8, "16-bit PCM")]
    [InlineData(25, 0, "64 samples")] // 8000 is 1F40h.
    [InlineData(26, 1, "73536 samples")]
    [InlineData(0, 0, "not a WAV")]
    [InlineData(12, 0, "before its format")]
    [InlineData(36, 0, "without sound")]
    public void Another_kind_of_file_is_refused_with_the_reason(int at, byte value, string reason)
    {
        var file = Sound.Bytes.ToArray();
        file[at] = value;

        Assert.Null(WavFile.TryRead(file, out var problem));
        Assert.Contains(reason, problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_or_garbled_anywhere_never_throws()
    {
        var edits = Gen.Choose(0, 60).Zip(Gen.Choose(0, 255)).ListOf();
        var cut = Gen.Choose(0, 200);
        Prop.ForAll(edits.Zip(cut).ToArbitrary(), static damage =>
        {
            var file = Sound.Bytes.ToArray();
            foreach (var (at, value) in damage.Item1)
            {
                file[at] = (byte)value;
            }

            var read = WavFile.TryRead(file.AsSpan(0, damage.Item2), out var problem);
            return read is null ? problem is not null : problem is null && read.Samples.Length is >= 2 and <= 200;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_sound_without_samples_cannot_be_made() => Assert.Throws<ArgumentException>(() => WavFile.FromSamples(Sounds.Rate, []));
}
