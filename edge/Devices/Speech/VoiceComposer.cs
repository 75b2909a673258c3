using MotCua.Edge.Queue;

namespace MotCua.Edge.Devices.Speech;

/// <summary>Puts announcements together.</summary>
public sealed class VoiceComposer(ISpeechEngine engine) : IVoice
{
    /// <inheritdoc/>
    public ValueTask<WavFile> RenderAsync(Announcement announcement, CancellationToken stop) =>
        engine.SynthesizeAsync(announcement.Text, LanguageCode.Vietnamese, stop);
}
