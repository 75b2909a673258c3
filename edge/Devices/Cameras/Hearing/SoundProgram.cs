using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Cameras.Decoding;

namespace MotCua.Edge.Devices.Cameras.Hearing;

/// <summary>ffmpeg as a child process that makes samples of AAC: bytes in, bytes out, no address and no network.</summary>
internal sealed class SoundProgram : IAsyncDisposable
{
    /// <summary>Samples a second that come out: what the pilot and a meter need.</summary>
    public const int Rate = 8_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TimeProvider time;
    private readonly Process process;
    private readonly CancellationTokenSource ending = new();
    private readonly SampleRing samples;
    private readonly Task reading;
    private readonly Task complaining;

    /// <param name="room">Samples that are kept until somebody takes them; then the oldest go.</param>
    /// <exception cref="CameraTroubleException">There is no such program.</exception>
    public SoundProgram(string program, int room, TimeProvider time)
    {
        (this.time, samples) = (time, new SampleRing(room));
        process = PictureProgram.Start(program,
        [
            "-hide_banner", "-nostats", "-loglevel", "error", "-threads", "1", "-fflags", "+nobuffer", "-flags", "+low_delay", "-probesize", "32", "-f", "aac", "-i", "pipe:0", "-vn",
            "-ac", "1", "-ar", "8000", "-f", "s16le", "-flush_packets", "1", "pipe:1",
        ]);
        reading = ReadAsync();
        complaining = process.StandardError.BaseStream.CopyToAsync(Stream.Null, ending.Token);
    }

    /// <summary>It ended: nothing more will come.</summary>
    public bool HasEnded => reading.IsCompleted;

    /// <exception cref="IOException">It takes nothing.</exception>
    public async ValueTask FeedAsync(ReadOnlyMemory<byte> frames, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(frames, either.Token);
            await process.StandardInput.BaseStream.FlushAsync(either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new IOException("ffmpeg không nhận âm thanh", e);
        }
    }

    /// <summary>Takes what came out; never waits.</summary>
    public int Read(Span<short> into) => samples.Read(into);

    /// <summary>Nothing more goes in: waits until the rest came out, for some seconds at most.</summary>
    public async Task FinishAsync(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            process.StandardInput.Close();
            await reading.WaitAsync(either.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // What came out until now is what there is.
        }
    }

    /// <summary>Ends the program, whatever it does.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in this very moment.
        }

        await Task.WhenAll(reading, complaining.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
        process.Dispose();
        ending.Dispose();
    }

    private async Task ReadAsync()
    {
        var bytes = new byte[2048];
        var kept = 0;
        try
        {
            while (await process.StandardOutput.BaseStream.ReadAsync(bytes.AsMemory(kept), ending.Token) is var more and > 0)
            {
                var whole = (kept + more) / sizeof(short) * sizeof(short);
                samples.Write(MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, whole)));
                kept = kept + more - whole;
                bytes[0] = kept > 0 ? bytes[whole] : bytes[0];
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It ended, or is ended.
        }
    }
}
