using System.Collections.Frozen;
using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>The voice packs of a box. They lie in two folders: beside the centre's file, where the service may not write, and in the service's own folder, where they are recorded.</summary>
/// <remarks>A pack may lie in both; a clip recorded here then stands in front of the one beside the file, and gives way to it again when it is taken away.</remarks>
/// <param name="beside">The folder beside the centre's file; need not exist.</param>
/// <param name="recorded">The service's own; null where nothing can be recorded.</param>
internal sealed class VoiceLibrary(string beside, string? recorded)
{
    /// <summary>Packs that are recorded here: some dozen megabytes each, at the very most sixty.</summary>
    public const int MostRecorded = 8;

    /// <summary>A folder with more packs than these is another one.</summary>
    private const int MostListed = 64;

    public bool CanRecord => recorded is not null;

    /// <summary>Names of all packs, in order.</summary>
    public IReadOnlyList<string> Names => [.. In(beside).Concat(In(recorded)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostListed)];

    /// <summary>Names of those that are recorded here.</summary>
    public IReadOnlyList<string> Recorded => [.. In(recorded).Order(StringComparer.Ordinal)];

    public bool Has(string name) => IsIn(beside, name) || IsIn(recorded, name);

    /// <summary>Where clips of a pack are recorded.</summary>
    /// <param name="name">As <see cref="SpeechSection.ReadName"/> lets it in.</param>
    /// <exception cref="InvalidOperationException">Nothing can be recorded on this box.</exception>
    public string FolderOf(string name) => Path.Combine(recorded ?? throw new InvalidOperationException("Nothing can be recorded here."), SpeechSection.ReadName(name));

    /// <exception cref="ConfigurationException">The pack cannot be used; it lists every error.</exception>
    public VoicePack Read(string name)
    {
        var given = IsIn(beside, name) || !IsIn(recorded, name) ? VoicePackFile.Read(Path.Combine(beside, name)) : null;
        var own = IsIn(recorded, name) ? VoicePackFile.Read(FolderOf(name)) : null;
        if (given is null || own is null)
        {
            return own ?? given! with { IsChosen = false }; // Only what stands here is chosen here; what lies beside the file is named in the file.
        }

        return given.Language != own.Language
            ? throw new ConfigurationException(Path.Combine(FolderOf(name), VoicePackFile.Name), [new ConfigurationError(1, "language", own.Language.Value, given.Language.Value)])
            : own with { Files = given.Files.Where(clip => !own.Files.ContainsKey(clip.Key)).Concat(own.Files).ToFrozenDictionary() };
    }

    /// <summary>Whether the clip that a pack plays was recorded on this box.</summary>
    public bool IsRecorded(VoicePack pack, string clip) => recorded is not null && pack.Files.TryGetValue(clip, out var path) && Path.GetDirectoryName(path) == FolderOf(pack.Name);

    /// <summary>What the hall is spoken to with: the packs that the centre's file names, in its order, and then those chosen on this box.</summary>
    /// <param name="named">By the centre's file.</param>
    /// <param name="trouble">Told of packs that cannot be used or are not whole, and null when there are none.</param>
    public ImmutableArray<VoicePack> InUse(ImmutableArray<string> named, Action<FaultCode, string?> trouble)
    {
        List<VoicePack> packs = [];
        List<string> bad = [];
        foreach (var name in named.Concat(Recorded.Except(named, StringComparer.Ordinal)))
        {
            try
            {
                var pack = Read(name);
                if (pack.IsChosen || named.Contains(name))
                {
                    packs.Add(pack);
                }
            }
            catch (ConfigurationException e)
            {
                bad.Add($"{name}: {e.Errors[0]}");
            }
        }

        var lacking = packs.Select(pack => (pack.Name, Clips: pack.Lacking.Select(clip => clip.Name).ToList())).Where(pack => pack.Clips.Count > 0).ToList();
        trouble(FaultCode.VoicePackBad, bad.Count == 0 ? null : string.Join("; ", bad));
        trouble(FaultCode.VoiceClipsMissing, lacking.Count == 0 ? null : string.Join("; ", lacking.Select(pack => $"{pack.Name}: {string.Join(", ", pack.Clips)}")));
        return [.. packs];
    }

    /// <summary>Makes an empty pack, or writes anew whether one is chosen.</summary>
    /// <exception cref="IOException">The card took it not.</exception>
    public void Write(string name, LanguageCode language, bool use) => VoicePackFile.Write(FolderOf(name), language, use);

    private static bool IsIn(string? folder, string name) => folder is { Length: > 0 } && File.Exists(Path.Combine(folder, name, VoicePackFile.Name));

    private static IEnumerable<string> In(string? folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateDirectories(folder).Take(MostListed).Select(path => Path.GetFileName(path)).Where(name => SpeechSection.IsName(name) && IsIn(folder, name))]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // Nobody may look into it, or the card is broken: what the file names is told when it is read.
        }
    }
}
