using System.Collections.Frozen;
using System.Collections.Immutable;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Assembly;

/// <summary>What speech takes from the world outside.</summary>
/// <param name="Engines">In the order in which they are asked.</param>
/// <param name="Voices">Folder of the voice packs beside the centre's file.</param>
/// <param name="Store">Sounds kept on the card; null keeps none.</param>
/// <param name="Recorded">Folder of those recorded on this box; null where nothing can be recorded.</param>
public sealed record SpeechSeam(ImmutableArray<ISpeechEngine> Engines, string Voices, SoundStore? Store, string? Recorded = null)
{
    internal VoiceLibrary Library { get; } = new(Voices, Recorded);
}

/// <summary>Puts a centre's voice together.</summary>
internal static class SpeechParts
{
    /// <summary>The device under which faults of packs and of the order of engines are told; "speech" stands for speaking itself.</summary>
    public const string Device = "voice";

    /// <param name="config">The centre's file; paths in it are relative to it.</param>
    /// <param name="sounds">Folder for sounds on the card.</param>
    /// <param name="recorded">Folder of the packs recorded on this box; null: none.</param>
    /// <param name="patience">How long the program of <c>speech.command</c> may take for a sentence; null: as in the hall.</param>
    public static SpeechSeam Real(SpeechOptions options, string config, string sounds, string? recorded, TimeProvider time, TimeSpan? patience = null)
    {
        var store = options.CacheMegabytes > 0 ? new SoundStore(sounds, (long)options.CacheMegabytes << 20, time) : null;
        ImmutableArray<ISpeechEngine> engines = [ProgramEngine.Espeak(options.Espeak, time, store)];
        if (options.Command is { } command)
        {
            engines = engines.Insert(0, new ProgramEngine(options.CommandLanguages.ToFrozenDictionary(language => language, language => Program(command, language)), new ProgramBounds { Deadline = patience ?? new ProgramBounds().Deadline }, time, store));
        }

        return new SpeechSeam(engines, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(config))!, options.VoicesFolder), store, recorded);
    }

    public static VoiceComposer Voice(SpeechOptions options, SpeechSeam seam, TimeProvider time, Action<FaultCode, string?> trouble, TimeSpan? patience = null) =>
        new(Engine(seam, time, trouble, patience), seam.Library.InUse(options.Voices, trouble), new ClipReader(time, seam.Store), trouble);

    public static EngineChain Engine(SpeechSeam seam, TimeProvider time, Action<FaultCode, string?> trouble, TimeSpan? patience = null) =>
        new(seam.Engines, time, why => trouble(FaultCode.VoiceStandIn, why), patience);

    public static CallScripts Scripts(SpeechOptions options) => new(options.Languages, options.Style, options.Chime, options.Repeat);

    private static SpeechProgram Program(ImmutableArray<string> command, LanguageCode language) => new(
        command[0], [.. command.Skip(1).Select(word => word.Replace("{language}", language.Value, StringComparison.Ordinal))], "Check speech.command in centre.yaml.");
}
