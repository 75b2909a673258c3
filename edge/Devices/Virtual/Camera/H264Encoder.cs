using System.ComponentModel;
using System.Diagnostics;

namespace MotCua.Edge.Devices.Virtual.Camera;

/// <summary>ffmpeg as the encoder chip of a virtual camera: grey frames in, H.264 units out.</summary>
internal sealed class H264Encoder : IDisposable
{
    public const int FramesPerSecond = 5;

    private const int MostUnitBytes = 512 * 1024;

    private readonly Process process;

    /// <exception cref="Win32Exception">There is no ffmpeg.</exception>
    public H264Encoder()
    {
        var start = new ProcessStartInfo("ffmpeg",
        [
            "-hide_banner", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{VirtualScene.Width}x{VirtualScene.Height}", "-r", $"{FramesPerSecond}", "-i", "pipe:0",
            "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", $"{2 * FramesPerSecond}", "-bf", "0", "-qp", "24", "-threads", "1",
            "-x264-params", "aud=1:repeat-headers=1:scenecut=0:sliced-threads=0:slices=1", "-f", "h264", "-flush_packets", "1", "pipe:1",
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        process = Process.Start(start) ?? throw new Win32Exception("ffmpeg");
    }

    public ValueTask FeedAsync(ReadOnlyMemory<byte> frame, CancellationToken stop) => process.StandardInput.BaseStream.WriteAsync(frame, stop);

    public Task FlushAsync(CancellationToken stop) => process.StandardInput.BaseStream.FlushAsync(stop);

    /// <summary>Hands out each unit without its start code, as it comes; a delimiter (type 9) begins each picture.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> UnitsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var buffer = new byte[MostUnitBytes];
        var (length, searched) = (0, 0);
        while (length < buffer.Length && await process.StandardOutput.BaseStream.ReadAsync(buffer.AsMemory(length), stop) is var more and > 0)
        {
            length += more;
            while (NextStart(buffer.AsSpan(0, length), Math.Max(3, searched)) is >= 0 and var next)
            {
                var head = buffer[2] == 1 ? 3 : 4;
                var end = buffer[next - 1] == 0 ? next - 1 : next;
                if (end > head)
                {
                    yield return buffer.AsMemory(head, end - head);
                }

                buffer.AsSpan(end, length - end).CopyTo(buffer);
                (length, searched) = (length - end, 0);
            }

            searched = Math.Max(0, length - 3);
        }
    }

    public void Dispose()
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }

        process.Dispose();
    }

    // Where the next 00 00 01 begins.
    private static int NextStart(ReadOnlySpan<byte> bytes, int from)
    {
        var at = from >= bytes.Length ? -1 : bytes[from..].IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
        return at < 0 ? -1 : from + at;
    }
}
