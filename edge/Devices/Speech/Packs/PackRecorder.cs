using System.Runtime.InteropServices;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Mixing;

namespace MotCua.Edge.Devices.Speech.Packs;

/// <summary>Records one voice pack: takes what somebody said, without the silence around it and as loud as every other clip, and keeps it under the name of its clip.</summary>
/// <remarks>
/// No name from outside becomes a path: a take is written under a name of the language itself, or not at all. A clip appears whole or stays what it was; the take before it is kept beside it.
/// Whoever uses it does so one call at a time.
/// </remarks>
/// <param name="folder">Of the pack; made when it is missing.</param>
public sealed class PackRecorder(string folder, SpokenLanguage language, TimeProvider time)
{
    /// <summary>Larger files are not taken: half a minute as browsers and telephones record it.</summary>
    public const int MaxFileBytes = 4 << 20;

    /// <summary>With the silence around it.</summary>
    public static readonly TimeSpan LongestTake = TimeSpan.FromSeconds(15);

    /// <summary>What is spoken in it; the longest phrase takes four seconds when it is said slowly.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>A shorter one is a key or a knock.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(120);

    // −45 dB. Levelling makes it 27 dB louder, and the room with it.
    private const double Quietest = 0.0056 * short.MaxValue;

    // A microphone that is too loud cuts its waves off: samples in a row at the very top. One such wave may be a knock.
    private const int Top = 32_760;
    private const int FlatSamples = 4;
    private const int MostFlatWaves = 2;

    private const string Ending = ".wav";
    private const string Unfinished = ".new";
    private const string Before = ".before";

    private readonly SoundReader sounds = new(time, LongestTake, MaxFileBytes / 2, soxLimit: TimeSpan.FromSeconds(5));

    /// <summary>Keeps a take, and the one before it.</summary>
    /// <param name="clip">Name of the clip, from anywhere.</param>
    /// <param name="file">WAV or FLAC; not changed by anyone from now on.</param>
    /// <exception cref="IOException">The card took it not; what was there stands.</exception>
    public async ValueTask<TakeOutcome> KeepAsync(string clip, ReadOnlyMemory<byte> file, CancellationToken stop)
    {
        if (Find(clip) is not { } token)
        {
            return new TakeOutcome.Refused(TakeProblem.UnknownClip);
        }

        if (file.Length > MaxFileBytes)
        {
            return new TakeOutcome.Refused(TakeProblem.TooLarge);
        }

        var (sound, problem) = WavFile.TryWrap(file, out _) is { } plain ? (plain, null) : await ConvertedAsync(token, file, stop);
        return sound is null ? new TakeOutcome.Refused(TakeProblem.NotASound, problem) : Keep(clip, sound);
    }

    /// <inheritdoc cref="KeepAsync"/>
    public TakeOutcome Keep(string clip, WavFile sound)
    {
        if (Find(clip) is not { } token)
        {
            return new TakeOutcome.Refused(TakeProblem.UnknownClip);
        }

        if (Judge(sound) is { } problem)
        {
            return new TakeOutcome.Refused(problem);
        }

        var spoken = Clip.Prepare(sound)!;
        if (spoken.Length < Shortest || spoken.Length > Longest)
        {
            return new TakeOutcome.Refused(spoken.Length < Shortest ? TakeProblem.TooShort : TakeProblem.TooLong);
        }

        var take = spoken.ToWav();
        Guarded(() => Put(PathOf(token), take.Bytes.Span));
        return new TakeOutcome.Kept(take);
    }

    /// <summary>Puts the take before the last one back; once more undoes that.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="IOException">The card took it not.</exception>
    public bool Undo(string clip)
    {
        if (Find(clip) is not { } token || !File.Exists(PathOf(token) + Before))
        {
            return false;
        }

        Guarded(() => Exchange(PathOf(token), PathOf(token) + Before));
        return true;
    }

    /// <summary>Takes a clip away; it can be put back.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="IOException">The card took it not.</exception>
    public bool Delete(string clip)
    {
        if (Find(clip) is not { } token || !File.Exists(PathOf(token)))
        {
            return false;
        }

        Guarded(() => File.Move(PathOf(token), PathOf(token) + Before, overwrite: true));
        return true;
    }

    /// <summary>Whether there is a take before the last one.</summary>
    public bool CanUndo(string clip) => Find(clip) is { } token && File.Exists(PathOf(token) + Before);

    private static TakeProblem? Judge(WavFile sound)
    {
        if (sound.Length > LongestTake)
        {
            return TakeProblem.TooLong;
        }

        var samples = MemoryMarshal.Cast<byte, short>(sound.Samples.Span);
        return Clip.Spoken(samples, sound.SampleRate) is not { Loudness: var loudness } ? TakeProblem.Silent
            : loudness < Quietest ? TakeProblem.TooQuiet
            : IsClipped(samples) ? TakeProblem.Clipped
            : null;
    }

    private static bool IsClipped(ReadOnlySpan<short> samples)
    {
        var (waves, flat) = (0, 0);
        foreach (var sample in samples)
        {
            flat = Math.Abs((int)sample) >= Top ? flat + 1 : 0;
            waves += flat == FlatSamples ? 1 : 0;
        }

        return waves > MostFlatWaves;
    }

    // sox looks at more kinds of files than these, lists of other files among them.
    private async ValueTask<(WavFile? Sound, string? Problem)> ConvertedAsync(Token token, ReadOnlyMemory<byte> file, CancellationToken stop)
    {
        var ending = file.Span.StartsWith("RIFF"u8) ? Ending : file.Span.StartsWith("fLaC"u8) ? ".flac" : null;
        if (ending is null)
        {
            return (null, "neither WAV nor FLAC");
        }

        var path = Path.Combine(folder, $"{token.Name}.upload{ending}");
        try
        {
            Guarded(() =>
            {
                Directory.CreateDirectory(folder);
                File.WriteAllBytes(path, file.Span);
            });
            return (await sounds.ReadAsync<WavFile>(path, sound => sound, stop), null);
        }
        catch (IOException e) when (e is not NotWrittenException)
        {
            return (null, e.Message);
        }
        finally
        {
            Remove(path);
        }
    }

    private void Put(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(folder);
        try
        {
            using (var file = new FileStream(path + Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            Exchange(path, path + Unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(path + Unfinished); // On a full card half a take would take the room that the journal needs.
            throw;
        }
    }

    // The clip is a whole file at each moment: what stands there is copied aside, not moved.
    private static void Exchange(string path, string next)
    {
        var aside = path + Before + Unfinished;
        var stood = File.Exists(path);
        if (stood)
        {
            File.Copy(path, aside, overwrite: true);
        }

        File.Move(next, path, overwrite: true);
        if (stood)
        {
            File.Move(aside, path + Before, overwrite: true);
        }
    }

    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotWrittenException(e);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays under a name that is no clip's.
        }
    }

    private Token? Find(string clip)
    {
        foreach (var token in language.Clips.Concat(language.RareClips))
        {
            if (token.Name == clip)
            {
                return token;
            }
        }

        return null;
    }

    private string PathOf(Token token) => Path.Combine(folder, token.Name + Ending);

    private sealed class NotWrittenException(Exception inner) : IOException(inner.Message, inner);
}
