using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech.Proof;

namespace MotCua.Edge.Devices.Cameras.Hearing;

/// <summary>A camera's sound track as the microphone that hears whether calls sound. It listens while a call plays, and only for the pilot.</summary>
/// <param name="eye">Which watches the camera's sound; null while nobody does.</param>
public sealed class CameraMicrophone(DeviceId id, Func<StreamEye?> eye) : IMicrophone
{
    public DeviceId Id { get; } = id;

    /// <summary>Cameras put a second or two of sound together before they send it, and a decoder another half.</summary>
    public TimeSpan Delay { get; } = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public IListening Listen() => eye()?.Listen() ?? throw new IOException("Camera được chọn làm micrô không có luồng âm thanh (sound) đang được xem.");
}
