using System.Buffers;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MotCua.Edge.Devices.Speech.Engines;

/// <summary>A program that speech needs, or its voice, is not on this box, or may not be run.</summary>
public sealed class ProgramMissingException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>A program that reads text (UTF-8) from its standard input and writes a WAV file to its standard output.</summary>
/// <param name="Path">File name, looked up in PATH when it has no slash.</param>
/// <param name="Remedy">A sentence that says what to do when it is missing.</param>
public sealed record SpeechProgram(string Path, ImmutableArray<string> Arguments, string Remedy)
{
    /// <summary>What the program complains of when only its voice is missing, and what to do then; null when it never does.</summary>
    public (string Complaint, string Remedy)? VoiceMissing { get; init; }

    private const int MaxComplaintBytes = 512;

    // A sentence of six seconds.
    private const int FirstBytes = 256 << 10;

    // One at a time speaks. The shared pool would keep a buffer for each thread that ever read an answer.
    private static readonly ArrayPool<byte> Lent = ArrayPool<byte>.Create(maxArrayLength: 4 << 20, maxArraysPerBucket: 1);

    /// <summary>The text never stands on the command line, where a leading dash would be an option.</summary>
    /// <remarks>
    /// -b 1: input is UTF-8 whatever the locale; -z: no pause after the last sentence; -a 65: at full amplitude (100) every Vietnamese voice
    /// is flattened at its peaks, which a bad loudspeaker makes worse; at 65 the loudest one peaks at 87 %.
    /// </remarks>
    public static SpeechProgram Espeak(EspeakVoice voice) => new(
        "espeak-ng",
        ["-v", voice.Voice, "-s", $"{Math.Clamp(voice.WordsPerMinute, 80, 300)}", "-a", "65", "-b", "1", "-z", "--stdin", "--stdout"],
        "Install the package espeak-ng.")
    {
        VoiceMissing = ("voice does not exist", $"Install the package espeak-ng-data, which holds the voice {voice.Voice}."),
    };

    /// <summary>Runs the program once. However it ends, no process is left behind.</summary>
    /// <exception cref="ProgramMissingException">It cannot be started, or its voice is missing.</exception>
    /// <exception cref="IOException">Failed, or its answer is longer than <paramref name="maxAnswerBytes"/>.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the program and its children were killed.</exception>
    public async Task<ReadOnlyMemory<byte>> AskAsync(string text, int maxAnswerBytes, CancellationToken stop)
    {
        using var process = Start();
        try
        {
            // Both outputs are read while the input is written, so that no full pipe can block the program.
            var answer = ReadAnswerAsync(process.StandardOutput.BaseStream, maxAnswerBytes, stop);
            var complaint = ReadComplaintAsync(process.StandardError.BaseStream, stop);
            await FeedAsync(process.StandardInput.BaseStream, text, stop);
            var bytes = await answer;
            var said = await complaint;
            await process.WaitForExitAsync(stop);
            return process.ExitCode == 0 ? bytes
                : VoiceMissing is { } known && said.Contains(known.Complaint, StringComparison.Ordinal) ? throw new ProgramMissingException($"{Path} has not the voice. {known.Remedy}")
                : throw new IOException($"{Path} ended with code {process.ExitCode}{(said.Length > 0 ? $": {said}" : ".")}");
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Path, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start) ?? throw new IOException($"{Path} did not start.");
        }
        catch (Win32Exception e)
        {
            throw new ProgramMissingException($"The speech program {Path} cannot be started ({e.Message}). {Remedy}", e);
        }
    }

    private static async Task FeedAsync(Stream input, string text, CancellationToken stop)
    {
        try
        {
            await using (input)
            {
                await input.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
            }
        }
        catch (IOException)
        {
            // It closed its input early; its exit code and answer tell whether that was right.
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAnswerAsync(Stream output, int maxBytes, CancellationToken stop)
    {
        // In a lent buffer, and copied once its length is known: a sound is large, and what stands beside it unused would be as large again.
        var lent = Lent.Rent(FirstBytes);
        try
        {
            var length = 0;
            while (await output.ReadAsync(lent.AsMemory(length), stop) is var count and > 0)
            {
                length += count;
                if (length > maxBytes)
                {
                    throw new IOException($"{Path} answered with more than {maxBytes} bytes.");
                }

                if (length == lent.Length)
                {
                    // At most twice the bound, which the check above holds.
                    var larger = Lent.Rent(length * 2);
                    lent.AsSpan(0, length).CopyTo(larger);
                    Lent.Return(lent);
                    lent = larger;
                }
            }

            return lent.AsSpan(0, length).ToArray();
        }
        finally
        {
            Lent.Return(lent);
        }
    }

    private static async Task<string> ReadComplaintAsync(Stream error, CancellationToken stop)
    {
        var kept = new byte[MaxComplaintBytes];
        var rest = new byte[4 << 10];
        var length = 0;
        while (true)
        {
            var target = length < kept.Length ? kept.AsMemory(length) : rest; // Past the bound it is read and dropped.
            var count = await error.ReadAsync(target, stop);
            if (count == 0)
            {
                return string.Concat(Encoding.UTF8.GetString(kept, 0, length).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
            }

            length = Math.Min(kept.Length, length + count);
        }
    }

    private static void Kill(Process process)
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
}
