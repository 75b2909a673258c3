using MotCua.Edge.Devices.Speech;

namespace MotCua.Edge.Devices.Cameras.Rtsp;

/// <summary>How a sound track is to be read.</summary>
/// <param name="Rate">Samples a second.</param>
/// <param name="Table">Sample of each code of G.711; null for AAC.</param>
/// <param name="Aac">Null for G.711.</param>
internal sealed record HeardTrack(int Rate, short[]? Table, AacTrack? Aac)
{
    /// <returns>Null for a track that is not understood here.</returns>
    public static HeardTrack? TryRead(MediaTrack track) =>
        track.ClockRate is < WavFile.MinSampleRate or > WavFile.MaxSampleRate ? null
        : SoundTrack.TableOf(track.Codec) is { } table ? new HeardTrack(track.ClockRate, table, null)
        : AacTrack.TryRead(track) is { } aac ? new HeardTrack(track.ClockRate, null, aac)
        : null;
}
