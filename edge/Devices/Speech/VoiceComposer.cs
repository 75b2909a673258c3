using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Mixing;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Puts announcements together: a chime, then each sentence out of recorded clips and synthesised words, all of one loudness.</summary>
/// <param name="packs">Recorded voices; of two for one language the first counts.</param>
/// <param name="trouble">Told of a fault, with its detail, or null once it is over. Returns at once.</param>
/// <remarks>
/// A language without a pack is synthesised sentence by sentence, which sounds better than word by word. In a pack's sentence, words without a clip that stand together
/// are synthesised together. Where that is impossible the sentence is left out and told, except in Vietnamese, without which nothing is said.
/// </remarks>
public sealed class VoiceComposer(ISpeechEngine engine, ImmutableArray<VoicePack> packs, ClipReader clips, Action<FaultCode, string?> trouble) : IVoice
{
    private static readonly TimeSpan AfterWord = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan AfterComma = TimeSpan.FromMilliseconds(180);
    private static readonly TimeSpan AfterSentence = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan AfterChime = TimeSpan.FromMilliseconds(150);

    // Both are bounded by the clips of the languages.
    private readonly Dictionary<string, string> badClips = new(StringComparer.Ordinal);
    // By the clip that was missing; an empty name stands for a trouble of the engine.
    private readonly Dictionary<(LanguageCode Language, string Clip), string> leftOut = [];
    private readonly Lock gate = new();
    private ImmutableArray<VoicePack> packs = packs;

    /// <summary>Speaks with these packs from the next announcement on; one that is being put together keeps those it began with.</summary>
    public void Use(ImmutableArray<VoicePack> voices)
    {
        lock (gate)
        {
            packs = voices;
            var files = voices.SelectMany(pack => pack.Files.Values).ToHashSet(StringComparer.Ordinal);
            if (badClips.Keys.Where(path => !files.Contains(path)).ToList() is { Count: > 0 } gone)
            {
                gone.ForEach(path => badClips.Remove(path));
                TellBadClips();
            }

            var before = leftOut.Count;
            foreach (var left in leftOut.Keys.Where(left => voices.Any(pack => pack.Language == left.Language && pack.Files.ContainsKey(left.Clip))).ToList())
            {
                leftOut.Remove(left); // It was missing and is there now.
            }

            TellLeftOut(before);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WavFile> RenderAsync(Announcement announcement, CancellationToken stop)
    {
        var script = announcement.Script;
        var voices = Packs();
        var all = new Mix();
        if (script.Chime)
        {
            all.Add(Chime.Make(), AfterChime);
        }

        var said = 0;
        foreach (var sentence in script.Sentences)
        {
            if (await SaidAsync(sentence, voices, stop) is { } spoken)
            {
                all.Add(spoken, AfterSentence);
                said++;
            }
        }

        return said > 0 ? all.ToWav() : throw new IOException("No voice can say any of it.");
    }

    private ImmutableArray<VoicePack> Packs()
    {
        lock (gate)
        {
            return packs;
        }
    }

    private async ValueTask<Mix?> SaidAsync(Sentence sentence, ImmutableArray<VoicePack> voices, CancellationToken stop)
    {
        try
        {
            var spoken = await ComposedAsync(sentence, voices, stop);
            Said(sentence);
            return spoken;
        }
        catch (IOException e) when (sentence.Language != LanguageCode.Vietnamese)
        {
            LeftOut(sentence.Language, e);
            return null;
        }
    }

    private async ValueTask<Mix> ComposedAsync(Sentence sentence, ImmutableArray<VoicePack> voices, CancellationToken stop)
    {
        var mix = new Mix();
        var voice = voices.FirstOrDefault(pack => pack.Language == sentence.Language);
        List<Token> missing = [];
        foreach (var token in sentence.Tokens)
        {
            if (await RecordedAsync(voice, token, stop) is { } clip)
            {
                await AddSpeechAsync(mix, missing, sentence, stop);
                mix.Add(clip, Silence(token));
            }
            else
            {
                missing.Add(token);
            }
        }

        await AddSpeechAsync(mix, missing, sentence, stop);
        return mix;
    }

    private async ValueTask AddSpeechAsync(Mix mix, List<Token> words, Sentence sentence, CancellationToken stop)
    {
        if (words.Count == 0)
        {
            return;
        }

        if (sentence.Label is not null || !engine.Speaks(sentence.Language))
        {
            throw new ClipsMissingException([.. words.Select(word => word.Name)]);
        }

        var text = Sentence.Join(words);
        var speech = sentence.IsTyped ? await engine.SynthesizeOnceAsync(text, sentence.Language, stop) : await engine.SynthesizeAsync(text, sentence.Language, stop);
        mix.Add(Clip.Prepare(speech) ?? throw new IOException("The speech engine answered with silence."), Silence(words[^1]));
        words.Clear();
    }

    private async ValueTask<Clip?> RecordedAsync(VoicePack? voice, Token token, CancellationToken stop)
    {
        if (voice?.Files.GetValueOrDefault(token.Name) is not { } path)
        {
            return null;
        }

        try
        {
            var clip = await clips.ReadAsync(path, stop);
            Judged(path, null);
            return clip;
        }
        catch (IOException e)
        {
            Judged(path, e.Message);
            return null;
        }
    }

    private void Judged(string path, string? problem)
    {
        lock (gate)
        {
            if (problem is null ? badClips.Remove(path) : badClips.TryAdd(path, problem))
            {
                TellBadClips();
            }
        }
    }

    private void TellBadClips() => trouble(FaultCode.VoiceClipBad, badClips.Count == 0 ? null : string.Join("; ", badClips.Values));

    private void LeftOut(LanguageCode language, IOException why)
    {
        lock (gate)
        {
            var before = leftOut.Count;
            foreach (var clip in why is ClipsMissingException missing ? missing.Clips : [""])
            {
                leftOut.TryAdd((language, clip), why.Message);
            }

            TellLeftOut(before);
        }
    }

    // What was missing in another sentence is missing still.
    private void Said(Sentence sentence)
    {
        lock (gate)
        {
            var before = leftOut.Count;
            foreach (var clip in before > 0 ? sentence.Tokens.Select(token => token.Name).Append("") : [])
            {
                leftOut.Remove((sentence.Language, clip));
            }

            TellLeftOut(before);
        }
    }

    private void TellLeftOut(int before)
    {
        if (leftOut.Count != before)
        {
            trouble(FaultCode.VoiceLeftOut, leftOut.Count == 0 ? null : string.Join("; ", leftOut.GroupBy(left => left.Key.Language).Select(language =>
                $"{language.Key}: " + string.Join(", ", language.Select(left => left.Key.Clip.Length == 0 ? left.Value : $"no clip of {left.Key.Clip}")))));
        }
    }

    private static TimeSpan Silence(Token token) => token.After switch
    {
        Breath.Comma => AfterComma,
        Breath.FullStop => AfterSentence,
        _ => AfterWord,
    };

    private sealed class ClipsMissingException(ImmutableArray<string> clips) : IOException($"no clip of {string.Join(", ", clips)}")
    {
        public ImmutableArray<string> Clips { get; } = clips;
    }
}
