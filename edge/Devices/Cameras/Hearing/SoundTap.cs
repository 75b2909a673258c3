using System.Threading.Channels;
using MotCua.Edge.Devices.Speech.Proof;

namespace MotCua.Edge.Devices.Cameras.Hearing;

/// <summary>Somebody who listens to a camera's sound now: for the seconds of a call, to find the pilot in it. Nothing of it is kept.</summary>
internal sealed class SoundTap : IListening
{
    private readonly SampleRing? ring;
    private readonly SoundProgram? program;
    private readonly Action<SoundTap> leave;

    // 64 packets: some two seconds, for a program that starts. A full queue takes nothing more; the camera's stream never waits for it.
    private readonly Channel<byte[]> frames = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private volatile string? ended;

    /// <param name="rate">Of the track.</param>
    /// <param name="program">Makes samples of a track that needs it; null for G.711.</param>
    /// <param name="leave">Nobody listens any more.</param>
    public SoundTap(int rate, SoundProgram? program, Action<SoundTap> leave)
    {
        (Rate, this.program, this.leave) = (program is null ? rate : SoundProgram.Rate, program, leave);
        // A second, and another for a board that stalls.
        ring = program is null ? new SampleRing(2 * rate) : null;
        if (program is not null)
        {
            _ = PumpAsync(program);
        }
    }

    /// <inheritdoc/>
    public int Rate { get; }

    /// <inheritdoc/>
    public int Read(Span<short> samples)
    {
        var taken = program?.Read(samples) ?? ring!.Read(samples);
        return taken > 0 || (ended is null && program?.HasEnded != true) ? taken : throw new IOException(ended ?? "ffmpeg đã thoát");
    }

    /// <summary>The connection to the camera ended.</summary>
    public void End(string why)
    {
        ended = why;
        frames.Writer.TryComplete();
    }

    /// <summary>Takes codes of G.711.</summary>
    public void Take(ReadOnlySpan<byte> codes, short[] table)
    {
        Span<short> samples = stackalloc short[256];
        while (codes.Length > 0)
        {
            var now = Math.Min(codes.Length, samples.Length);
            for (var i = 0; i < now; i++)
            {
                samples[i] = table[codes[i]];
            }

            ring!.Write(samples[..now]);
            codes = codes[now..];
        }
    }

    /// <summary>Takes frames of AAC; never waits.</summary>
    public void Feed(byte[] more) => frames.Writer.TryWrite(more);

    public void Dispose()
    {
        leave(this);
        frames.Writer.TryComplete();
        // Its end takes a moment, and whoever listened does not wait for it.
        _ = program?.DisposeAsync().AsTask();
    }

    private async Task PumpAsync(SoundProgram into)
    {
        try
        {
            await foreach (var more in frames.Reader.ReadAllAsync())
            {
                await into.FeedAsync(more, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It hears nothing any more, or is put down; the camera is watched on.
            End(e is IOException ? e.Message : "ffmpeg đã thoát");
            leave(this);
        }
    }
}
