using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MotCua.Testing;

/// <summary>GStreamer's RTSP server on a free port of 127.0.0.1, which films what a test gives it.</summary>
public sealed class LiveRtsp : IDisposable
{
    /// <summary>Of the distribution: its modules are not those of another interpreter in PATH.</summary>
    private const string Interpreter = "/usr/bin/python3";

    private readonly string? played;
    private readonly Process process;
    private readonly CancellationTokenSource ending = new();
    private readonly Task filming;

    /// <param name="film">Fills a grey frame of this size; called for each one, from one thread.</param>
    /// <param name="user">Null: everybody may look.</param>
    /// <param name="sound">What the streams <c>call</c> and <c>aac</c> play again and again, 8,000 samples a second; null for noise.</param>
    public LiveRtsp(int width, int height, int framesPerSecond, Action<byte[]> film, string? user = null, string password = "", short[]? sound = null)
    {
        played = sound is null ? null : Path.GetTempFileName();
        if (played is not null)
        {
            File.WriteAllBytes(played, MemoryMarshal.AsBytes<short>(sound).ToArray());
        }

        var script = Path.Combine(SourceTree.Root, "tests", "Testing", "rtsp_server.py");
        process = Process.Start(new ProcessStartInfo(Interpreter, [script, Number(width), Number(height), Number(framesPerSecond), user ?? "", password, .. played is null ? [] : (string[])[played]])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        var complaint = process.StandardError.ReadToEndAsync();
        Port = int.TryParse(process.StandardOutput.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : throw new InvalidOperationException($"The RTSP server did not start: {complaint.Result}");
        filming = Task.Run(() => FilmAsync(new byte[width * height], TimeSpan.FromSeconds(1.0 / framesPerSecond), film));
    }

    public int Port { get; }

    public Uri Of(string path) => new($"rtsp://127.0.0.1:{Port}/{path}");

    /// <summary>The plug is pulled: it neither answers nor closes anything.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public void Dispose()
    {
        ending.Cancel();
        process.Kill();
        filming.Wait();
        process.Dispose();
        ending.Dispose();
        if (played is not null)
        {
            File.Delete(played);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Number(process.Id)]);
        kill.WaitForExit();
    }

    private async Task FilmAsync(byte[] frame, TimeSpan every, Action<byte[]> film)
    {
        try
        {
            while (true)
            {
                film(frame);
                await process.StandardInput.BaseStream.WriteAsync(frame, ending.Token);
                await process.StandardInput.BaseStream.FlushAsync(ending.Token);
                await Task.Delay(every, TimeProvider.System, ending.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The test ends.
        }
    }
}
