using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace MotCua.Edge.Devices.Cameras.Decoding;

/// <summary>Makes tiny grey pictures of key pictures.</summary>
internal interface IPictureDecoder : IAsyncDisposable
{
    /// <summary>Such as <c>1920×1080</c>; null before the first picture.</summary>
    string? Size { get; }

    /// <summary>The next picture; null when none is ready. Never waits.</summary>
    /// <exception cref="CameraTroubleException">It failed, or kept a picture for too long.</exception>
    GreyPicture? TryTake();

    /// <summary>Hands in a picture that stands by itself.</summary>
    /// <exception cref="CameraTroubleException">It failed, or takes nothing.</exception>
    /// <param name="parts">Of the picture, in order.</param>
    ValueTask FeedAsync(IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken stop);
}

/// <summary>ffmpeg as a child process that reads key pictures from a pipe and writes tiny grey ones to another.</summary>
/// <remarks>
/// It is given no address, no password and no network: bytes in, bytes out. A picture that would break it breaks it alone; a new one is started for the next connection.
/// </remarks>
internal sealed partial class PictureProgram : IPictureDecoder
{
    /// <summary>A key picture of a 4K camera takes a Pi 3 two seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private const int MostComplaint = 400;

    private static readonly string Filter =
        $"format=gray,split=2[m][p];[m]scale={GreyPicture.Width}:{GreyPicture.Height}:flags=area[a];[p]scale={GreyPicture.Width}:{GreyPicture.Height}:flags=neighbor[b];[a][b]vstack";

    private readonly TimeProvider time;
    private readonly Process process;
    private readonly CancellationTokenSource ending = new();

    // 4: the watch looks every second and pictures come every two; the oldest is worth least.
    private readonly Channel<GreyPicture> pictures = Channel.CreateBounded<GreyPicture>(new BoundedChannelOptions(4) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Task reading;
    private readonly Task complaining;
    private readonly Action arrived;
    private volatile string? size;
    private volatile string complaint = "";
    private long fedAt = long.MinValue;
    private long waiting;

    /// <param name="format">Of the bytes that are fed: <c>h264</c> or <c>hevc</c>.</param>
    /// <param name="arrived">Called when a picture is ready, from any thread.</param>
    /// <exception cref="CameraTroubleException">There is no such program.</exception>
    public PictureProgram(string program, string format, TimeProvider time, Action arrived)
    {
        (this.time, this.arrived) = (time, arrived);
        process = Start(program, ArgumentsFor(format));
        reading = ReadAsync();
        complaining = ListenAsync();
    }

    /// <inheritdoc/>
    public string? Size => size;

    /// <summary>What stands on its command line, for everybody on the box to read.</summary>
    internal static ImmutableArray<string> ArgumentsFor(string format) =>
    [
        "-hide_banner", "-nostats", "-loglevel", "level+info", "-filter_threads", "1", "-threads", "1", "-flags", "+low_delay+output_corrupt", "-fflags", "+nobuffer", "-probesize", "32",
        "-f", format, "-i", "pipe:0", "-an", "-vf", Filter, "-vsync", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-flush_packets", "1", "pipe:1",
    ];

    /// <inheritdoc/>
    public GreyPicture? TryTake()
    {
        if (pictures.Reader.TryRead(out var picture))
        {
            return picture;
        }

        if (reading.IsCompleted)
        {
            throw new CameraTroubleException(CameraFaults.DecoderFailed, complaint.Length > 0 ? complaint : "ffmpeg đã thoát");
        }

        // The parser may keep one picture until it sees the next, so one alone is not late.
        return Interlocked.Read(ref waiting) < 2 || time.GetElapsedTime(Interlocked.Read(ref fedAt)) < Patience ? null
            : throw new CameraTroubleException(CameraFaults.DecoderFailed, $"ffmpeg không giải mã được hình trong {Patience.TotalSeconds:0} s");
    }

    /// <inheritdoc/>
    public async ValueTask FeedAsync(IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken stop)
    {
        if (Interlocked.Increment(ref waiting) <= 2)
        {
            Interlocked.Exchange(ref fedAt, time.GetTimestamp());
        }

        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            var input = process.StandardInput.BaseStream;
            foreach (var part in parts)
            {
                await input.WriteAsync(part, either.Token);
            }

            await input.FlushAsync(either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CameraTroubleException(CameraFaults.DecoderFailed, "ffmpeg không nhận hình", e);
        }
        catch (IOException e)
        {
            throw new CameraTroubleException(CameraFaults.DecoderFailed, complaint.Length > 0 ? complaint : e.Message, e);
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

        await Task.WhenAll(reading, complaining);
        process.Dispose();
        ending.Dispose();
    }

    /// <summary>Starts a decoder with nothing of ours but its arguments, and behind everything else.</summary>
    /// <exception cref="CameraTroubleException">There is no such program.</exception>
    internal static Process Start(string program, ImmutableArray<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // Nothing of ours is its business.
        var path = start.Environment.TryGetValue("PATH", out var known) ? known : null;
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        try
        {
            var started = Process.Start(start) ?? throw new CameraTroubleException(CameraFaults.DecoderFailed, $"{program} không chạy");
            Calm(started);
            return started;
        }
        catch (Win32Exception e)
        {
            // 2: ENOENT. Without memory or a right to run it, it is there all the same.
            throw new CameraTroubleException(e.NativeErrorCode == 2 ? CameraFaults.DecoderAbsent : CameraFaults.DecoderFailed, e.Message, e);
        }
    }

    // Calls and boards go before pictures, and when memory is short a decoder is what can be spared.
    private static void Calm(Process started)
    {
        try
        {
            started.PriorityClass = ProcessPriorityClass.BelowNormal;
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText($"/proc/{started.Id}/oom_score_adj", "900");
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // It works without.
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var bytes = new byte[GreyPicture.Bytes];
                await process.StandardOutput.BaseStream.ReadExactlyAsync(bytes, ending.Token);
                pictures.Writer.TryWrite(new GreyPicture(bytes));
                Interlocked.Exchange(ref waiting, 0);
                arrived();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The program ended, or is ended; whoever looks for a picture is told.
            arrived();
        }
    }

    // All it says is read, so that a full pipe never blocks it; of that, the size of the pictures and the newest line are kept.
    private async Task ListenAsync()
    {
        var bytes = new byte[1024];
        var line = new StringBuilder();
        try
        {
            while (await process.StandardError.BaseStream.ReadAsync(bytes, ending.Token) is var count and > 0)
            {
                foreach (var letter in Encoding.UTF8.GetString(bytes, 0, count))
                {
                    if (letter != '\n')
                    {
                        _ = line.Length < MostComplaint && !char.IsControl(letter) ? line.Append(letter) : line;
                        continue;
                    }

                    Heard(line.ToString());
                    line.Clear();
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // As above.
        }
    }

    private void Heard(string line)
    {
        if (size is null && line.Contains("Video:", StringComparison.Ordinal) && SizeWord().Match(line) is { Success: true } found)
        {
            size = $"{found.Groups["w"].Value}×{found.Groups["h"].Value}";
        }

        complaint = line.Contains("[error]", StringComparison.Ordinal) || line.Contains("[fatal]", StringComparison.Ordinal) ? line.Trim() : complaint;
    }

    [GeneratedRegex(@"\b(?<w>[0-9]{2,5})x(?<h>[0-9]{2,5})\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SizeWord();
}
