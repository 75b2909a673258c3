using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Announcing;

/// <summary>What became of a wish in the booth.</summary>
public abstract record BoothOutcome
{
    /// <param name="Sound">The take as it was kept, or what was asked to be heard; null where there is none.</param>
    public sealed record Done(WavFile? Sound = null) : BoothOutcome;

    /// <param name="Code">For programs.</param>
    /// <param name="Reason">For people, Vietnamese.</param>
    public sealed record Refused(string Code, string Reason) : BoothOutcome;
}

/// <summary>Where a commune records its own voice, word by word: makes packs, keeps takes, and has the hall spoken to with them from the next announcement on.</summary>
/// <remarks>One wish at a time; the next waits, so that the memory of one take is all that recording ever needs.</remarks>
internal sealed class VoiceBooth(
    SpeechOptions options, VoiceLibrary library, VoiceComposer hall, ISpeechEngine engine, ClipReader clips, SharedMicrophone? microphone, TimeProvider time, Action<FaultCode, string?> trouble)
    : IDisposable
{
    private static readonly BoothOutcome.Refused TooManyPacks = new("too-many-packs", $"Máy giữ nhiều nhất {VoiceLibrary.MostRecorded} gói giọng đọc tự ghi.");

    private readonly SemaphoreSlim one = new(1);

    public VoiceLibrary Library => library;

    /// <summary>The box has a microphone of its own.</summary>
    public bool HasMicrophone => microphone is not null;

    /// <summary>The centre's file names this pack, so that it is always spoken with.</summary>
    public bool IsNamed(string pack) => options.Voices.Contains(pack);

    /// <summary>The pack that speaks a language in the hall now; null: none does.</summary>
    public VoicePack? Speaking(LanguageCode language) => library.InUse(options.Voices, (_, _) => { }).FirstOrDefault(pack => pack.Language == language);

    /// <summary>Makes an empty pack. A language that no synthesiser speaks is spoken with it at once, since it has no other voice.</summary>
    public Task<BoothOutcome> CreateAsync(string? name, LanguageCode language, CancellationToken stop) => ChangeAsync(
        () =>
        {
            BoothOutcome? refused = name is null || !SpeechSection.IsName(name) ? new BoothOutcome.Refused("bad-name", "Tên gói giọng đọc gồm 1–40 ký tự a–z, 0–9 và dấu '-', như giong-muong.")
                : library.Has(name) ? new BoothOutcome.Refused("pack-exists", $"Đã có gói giọng đọc «{name}».")
                : library.Recorded.Count >= VoiceLibrary.MostRecorded ? TooManyPacks
                : null;
            if (refused is null)
            {
                library.Write(name!, language, use: SpokenLanguages.Find(language)!.IsOnlyRecorded);
            }

            return ValueTask.FromResult(refused ?? new BoothOutcome.Done());
        },
        stop);

    /// <summary>Has the hall spoken to with a pack that the centre's file does not name, or not any more.</summary>
    public Task<BoothOutcome> ChooseAsync(VoicePack pack, bool on, CancellationToken stop) => ChangeAsync(
        () =>
        {
            var refused = IsNamed(pack.Name) ? new BoothOutcome.Refused("named-in-file", "Gói này được chọn trong centre.yaml (mục speech.voice); sửa ở đó.") : NoRoomFor(pack);
            if (refused is null)
            {
                library.Write(pack.Name, pack.Language, on);
            }

            return ValueTask.FromResult<BoothOutcome>(refused is null ? new BoothOutcome.Done() : refused);
        },
        stop);

    /// <summary>Keeps a take that was recorded elsewhere.</summary>
    /// <param name="body">Reads the file, WAV or FLAC, once it is this take's turn; null: it was larger than <see cref="PackRecorder.MaxFileBytes"/>.</param>
    public Task<BoothOutcome> KeepAsync(VoicePack pack, string clip, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> body, CancellationToken stop) => ChangeAsync(
        async () => NoRoomFor(pack) ?? (await body(stop) is { } file ? Kept(pack, await RecorderOf(pack).KeepAsync(clip, file, stop)) : Say(TakeProblem.TooLarge)), stop);

    /// <summary>Records a take with the box's own microphone.</summary>
    /// <param name="length">1 to 12 s.</param>
    public Task<BoothOutcome> RecordAsync(VoicePack pack, string clip, TimeSpan length, CancellationToken stop) => ChangeAsync(
        async () =>
        {
            if (microphone is null)
            {
                return new BoothOutcome.Refused("no-microphone", "Máy chưa khai báo micrô (mục speech.microphone của centre.yaml).");
            }

            WavFile sound;
            try
            {
                sound = await microphone.RecordAsync(length, stop);
            }
            catch (MicrophoneBusyException)
            {
                return new BoothOutcome.Refused("microphone-busy", "Loa đang gọi số nên micrô bận; chờ đọc xong rồi ghi lại.");
            }
            catch (IOException e)
            {
                return new BoothOutcome.Refused("microphone-failed", $"Micrô của máy không ghi được: {e.Message}");
            }

            return NoRoomFor(pack) ?? Kept(pack, RecorderOf(pack).Keep(clip, sound));
        },
        stop);

    /// <summary>Takes a clip away that was recorded here.</summary>
    public Task<BoothOutcome> DeleteAsync(VoicePack pack, string clip, CancellationToken stop) => ChangeAsync(
        () => ValueTask.FromResult<BoothOutcome>(RecorderOf(pack).Delete(clip) ? new BoothOutcome.Done() : new BoothOutcome.Refused("unknown-clip", "Từ này chưa được ghi trên máy này.")), stop);

    /// <summary>Puts the take before the last one back.</summary>
    public Task<BoothOutcome> UndoAsync(VoicePack pack, string clip, CancellationToken stop) => ChangeAsync(
        () => ValueTask.FromResult<BoothOutcome>(RecorderOf(pack).Undo(clip) ? new BoothOutcome.Done() : new BoothOutcome.Refused("nothing-to-undo", "Từ này không có bản ghi trước để lấy lại.")), stop);

    public bool CanUndo(VoicePack pack, string clip) => library.CanRecord && RecorderOf(pack).CanUndo(clip);

    /// <summary>A clip as the hall hears it.</summary>
    public async Task<BoothOutcome> HearAsync(VoicePack pack, string clip, CancellationToken stop) =>
        pack.Files.TryGetValue(clip, out var path)
            ? await HeardAsync(async () => (await clips.ReadAsync(path, stop)).ToWav(), "bad-clip", "Không đọc được bản ghi này", stop)
            : new BoothOutcome.Refused("unknown-clip", "Từ này chưa được ghi.");

    /// <summary>A whole call in the pack's language, as the hall would hear it if this pack spoke.</summary>
    /// <param name="ticket">Such as A105.</param>
    /// <exception cref="ArgumentException">Not a ticket number, or not a counter.</exception>
    public async Task<BoothOutcome> TryAsync(VoicePack pack, string ticket, int counter, CancellationToken stop)
    {
        var language = SpokenLanguages.Find(pack.Language)!;
        var call = language.Call(ticket, counter, again: false, options.Style);
        var missing = call.Tokens.Where(token => !pack.Files.ContainsKey(token.Name)).Select(token => $"«{token.Words}»").Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0 && language.IsOnlyRecorded)
        {
            return new BoothOutcome.Refused("clips-missing", $"Chưa đọc được câu này, còn thiếu: {string.Join(", ", missing)}.");
        }

        var voice = new VoiceComposer(engine, [pack], clips, (_, _) => { });
        return await HeardAsync(
            () => voice.RenderAsync(Announcement.Of(null, new Script([call], options.Chime), long.MaxValue), stop), "cannot-be-said", "Chưa đọc được câu này", stop);
    }

    /// <summary>Something can be said in this language: with recorded words, or by a synthesiser.</summary>
    public bool CanSay(LanguageCode language) => Speaking(language) is not null || (!SpokenLanguages.Find(language)!.IsOnlyRecorded && engine.Speaks(language));

    /// <summary>A text of ours as a synthesiser reads it, for one person in front of a screen and not for the hall.</summary>
    public Task<BoothOutcome> ReadAsync(Script script, CancellationToken stop) => HeardAsync(
        () => new VoiceComposer(engine, [], clips, (_, _) => { }).RenderAsync(Announcement.Of(null, script, long.MaxValue), stop), "cannot-be-said", "Máy chưa đọc được", stop);

    public void Dispose() => one.Dispose();

    private async Task<BoothOutcome> ChangeAsync(Func<ValueTask<BoothOutcome>> change, CancellationToken stop)
    {
        if (!library.CanRecord)
        {
            return new BoothOutcome.Refused("not-recordable", "Máy này không có thư mục để ghi giọng đọc.");
        }

        await one.WaitAsync(stop);
        try
        {
            var outcome = await change();
            if (outcome is BoothOutcome.Done)
            {
                hall.Use(library.InUse(options.Voices, trouble));
            }

            return outcome;
        }
        catch (IOException e)
        {
            return new BoothOutcome.Refused("not-durable", $"Không ghi được vào thẻ nhớ, bản ghi cũ vẫn còn nguyên: {e.Message}");
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<BoothOutcome> HeardAsync(Func<ValueTask<WavFile>> sound, string code, string problem, CancellationToken stop)
    {
        await one.WaitAsync(stop);
        try
        {
            return new BoothOutcome.Done(await sound());
        }
        catch (IOException e)
        {
            return new BoothOutcome.Refused(code, $"{problem}: {e.Message}");
        }
        finally
        {
            one.Release();
        }
    }

    private PackRecorder RecorderOf(VoicePack pack) => new(library.FolderOf(pack.Name), SpokenLanguages.Find(pack.Language)!, time);

    private bool IsRecordedHere(VoicePack pack) => library.Recorded.Contains(pack.Name, StringComparer.Ordinal);

    private BoothOutcome.Refused? NoRoomFor(VoicePack pack) => IsRecordedHere(pack) || library.Recorded.Count < VoiceLibrary.MostRecorded ? null : TooManyPacks;

    // What lies beside the centre's file becomes a pack of this box with its first take.
    private BoothOutcome Kept(VoicePack pack, TakeOutcome take)
    {
        if (take is TakeOutcome.Kept kept)
        {
            if (!IsRecordedHere(pack))
            {
                library.Write(pack.Name, pack.Language, use: false);
            }

            return new BoothOutcome.Done(kept.Sound);
        }

        return Say(((TakeOutcome.Refused)take).Problem);
    }

    private static BoothOutcome.Refused Say(TakeProblem problem) => problem switch
    {
        TakeProblem.UnknownClip => new("unknown-clip", "Thứ tiếng của gói không có từ này."),
        TakeProblem.NotASound => new("not-a-sound", $"Không đọc được tệp này. Cần WAV hoặc FLAC, dài không quá {PackRecorder.LongestTake.TotalSeconds:0} giây."),
        TakeProblem.Silent => new("silent", "Không nghe thấy tiếng nói. Kiểm tra micrô rồi ghi lại."),
        TakeProblem.TooQuiet => new("too-quiet", "Tiếng nhỏ quá. Nói to hơn hoặc lại gần micrô, rồi ghi lại."),
        TakeProblem.Clipped => new("clipped", "Tiếng to quá nên bị vỡ. Nói nhỏ hơn, lùi xa micrô hoặc giảm mức thu, rồi ghi lại."),
        TakeProblem.TooShort => new("too-short", "Bản ghi ngắn quá, chưa thành từ. Ghi lại."),
        TakeProblem.TooLong => new("too-long", $"Bản ghi dài quá: phần có tiếng nói nhiều nhất {PackRecorder.Longest.TotalSeconds:0} giây, cả bản ghi nhiều nhất {PackRecorder.LongestTake.TotalSeconds:0} giây."),
        TakeProblem.TooLarge => new("too-large", $"Tệp lớn quá; nhiều nhất {PackRecorder.MaxFileBytes >> 20} MB."),
        _ => throw new System.Diagnostics.UnreachableException(problem.ToString()),
    };
}
