using System.Collections.Frozen;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Packs;

/// <summary>A voice pack on disk, whose clips are tones or real speech.</summary>
internal sealed class RecordedPack : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pack-").FullName;
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly LanguageCode language;

    public RecordedPack(string language) => this.language = new LanguageCode(language);

    public VoicePack Pack => new("thu", language, files.ToFrozenDictionary());

    public string PathOf(string clip, string ending = "wav") => Path.Combine(folder, $"{clip}.{ending}");

    /// <summary>Each clip is a tone of its own: 400 Hz for the first, 50 Hz more for each further one.</summary>
    public RecordedPack OfTones(params IReadOnlyList<string> clips)
    {
        for (var i = 0; i < clips.Count; i++)
        {
            Add(clips[i], Sounds.Tone(400 + 50 * i, 0.2));
        }

        return this;
    }

    /// <summary>A whole pack in espeak-ng's voice, each clip as loud as its speaker happened to be and with some silence around it.</summary>
    public async Task<RecordedPack> OfSpeechAsync()
    {
        var engine = ProgramEngine.Espeak(new EspeakVoice(), new ManualTime());
        var chance = new Random(7);
        foreach (var clip in SpokenLanguages.Find(language)!.Clips)
        {
            var said = await engine.SynthesizeAsync(clip.Words, LanguageCode.Vietnamese, TestContext.Current.CancellationToken);
            Add(clip.Name, Sounds.Recorded(said, 0.1 + chance.NextDouble(), chance.NextDouble()));
        }

        return this;
    }

    public void Add(string clip, WavFile sound)
    {
        File.WriteAllBytes(PathOf(clip), sound.Bytes.ToArray());
        files[clip] = PathOf(clip);
    }

    public void Point(string clip, string path) => files[clip] = path;

    public void Remove(string clip) => files.Remove(clip);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
