using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using MotCua.Edge.Devices.Cameras.Decoding;

namespace MotCua.Edge.Devices.Cameras.Snapshots;

/// <summary>ffmpeg as a child process that reads one picture from a pipe and writes one JPEG to another; nothing of it touches a disk, and no address or password stands on its command line.</summary>
/// <remarks>
/// Every picture goes through it, also one that the camera gave as a JPEG: what a camera wrote into the file beside the picture (its name, its place) does not travel, and what arrives is of
/// known size.
/// </remarks>
internal static class PhotoProgram
{
    /// <summary>
    /// Columns that are left of a blurred picture: of a face that fills a third of the width ten, where people need sixteen to know whom they know. Averaging them away leaves nothing to
    /// sharpen again, as a soft blur would.
    /// </summary>
    public const int BlurredSide = 32;

    /// <summary>The largest picture that is decoded: 4K in every shape. A file may promise any number of points, and each costs memory that the calls need.</summary>
    private const int MostPixels = 4096 * 2304;

    private const int ShownSide = 640; // As the province expects of a blurred one (SnapshotMessage.BlurredSide).
    private const int MostComplaint = 300;

    // ffmpeg's scale of JPEG quality, 2 to 31; the last is small whatever is filmed.
    private static readonly (int Quality, int Divisor)[] Tries = [(5, 1), (9, 1), (14, 2), (24, 2)];

    /// <param name="format">Of the bytes: <c>h264</c>, <c>hevc</c> or <c>mjpeg</c>.</param>
    /// <exception cref="CameraTroubleException">It is not there, makes nothing of the bytes, or takes too long.</exception>
    public static async Task<byte[]> RunAsync(string format, ReadOnlyMemory<byte> bytes, bool blur, PhotoOptions options, TimeProvider time, CancellationToken stop)
    {
        foreach (var (quality, divisor) in Tries)
        {
            var arguments = ArgumentsFor(format, blur, options.LongestSide / divisor, quality);
            if (await RunOnceAsync(arguments, bytes, options, time, stop) is { } picture)
            {
                return picture;
            }
        }

        throw new CameraTroubleException(CameraFaults.DecoderFailed, $"ảnh vẫn quá {options.MostBytes / 1024} KB sau khi nén");
    }

    /// <summary>What stands on its command line, for everybody on the box to read.</summary>
    internal static ImmutableArray<string> ArgumentsFor(string format, bool blur, int side, int quality) =>
    [
        "-hide_banner", "-nostats", "-loglevel", "error", "-filter_threads", "1", "-threads", "1", "-max_pixels", MostPixels.ToString(System.Globalization.CultureInfo.InvariantCulture), "-f", format, "-i", "pipe:0", "-an", "-map_metadata", "-1", "-frames:v", "1",
        "-vf", blur ? $"{Within(BlurredSide)}:flags=area,scale={ShownSide}:{ShownSide}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic" : $"{Within(side)}:force_divisible_by=2:flags=area",
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", quality.ToString(System.Globalization.CultureInfo.InvariantCulture), "-f", "mjpeg", "pipe:1",
    ];

    // Made smaller, never larger.
    private static string Within(int side) => $"scale=w=min({side}\\,iw):h=min({side}\\,ih):force_original_aspect_ratio=decrease";

    // Null: it is too large.
    private static async Task<byte[]?> RunOnceAsync(ImmutableArray<string> arguments, ReadOnlyMemory<byte> bytes, PhotoOptions options, TimeProvider time, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.ProgramWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        using var process = PictureProgram.Start(options.Program, arguments);
        try
        {
            var feeding = FeedAsync(process.StandardInput.BaseStream, bytes, either.Token);
            var listening = ListenAsync(process.StandardError.BaseStream, either.Token);
            var picture = await ReadAsync(process.StandardOutput.BaseStream, options.MostBytes + 1, either.Token);
            if (picture.Length > options.MostBytes)
            {
                return null;
            }

            await feeding;
            var complaint = await listening;
            return picture.Length > 0 ? picture : throw new CameraTroubleException(CameraFaults.DecoderFailed, complaint.Length > 0 ? complaint : "ffmpeg không làm ra ảnh");
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CameraTroubleException(CameraFaults.DecoderFailed, $"ffmpeg không làm xong ảnh trong {options.ProgramWithin.TotalSeconds:0} s", e);
        }
        catch (IOException e) when (e is not CameraTroubleException)
        {
            throw new CameraTroubleException(CameraFaults.DecoderFailed, e.Message, e);
        }
        finally
        {
            End(process);
        }
    }

    private static void End(System.Diagnostics.Process process)
    {
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
    }

    // It may have had enough with the first picture and close its end; what it made counts.
    private static async Task FeedAsync(Stream input, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            await using (input)
            {
                await input.WriteAsync(bytes, stop);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Whoever reads its output is told.
        }
    }

    private static async Task<byte[]> ReadAsync(Stream output, int most, CancellationToken stop)
    {
        var picture = new byte[most];
        var length = 0;
        while (length < most && await output.ReadAsync(picture.AsMemory(length), stop) is var more and > 0)
        {
            length += more;
        }

        return picture[..length];
    }

    // All it says is read, so that a full pipe never blocks it; the beginning is kept.
    private static async Task<string> ListenAsync(Stream errors, CancellationToken stop)
    {
        var (bytes, said) = (new byte[1024], new StringBuilder());
        try
        {
            while (await errors.ReadAsync(bytes, stop) is var count and > 0)
            {
                said.Append(Encoding.UTF8.GetString(bytes, 0, Math.Min(count, Math.Max(0, MostComplaint - said.Length))));
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It ended.
        }

        return string.Concat(said.ToString().Where(letter => !char.IsControl(letter))).Trim();
    }
}
