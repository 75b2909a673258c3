using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Cameras;

/// <summary>The faults of cameras. What to do about each stands in the fault catalogue, in the words of a clerk.</summary>
public static class CameraFaults
{
    /// <summary>Nothing answers at its address.</summary>
    public static FaultCode Unreachable { get; } = new("camera.unreachable");

    /// <summary>Something takes the connection, or sent pictures before, and says nothing now.</summary>
    public static FaultCode NoAnswer { get; } = new("camera.no-answer");

    public static FaultCode LoginRefused { get; } = new("camera.login-refused");

    public static FaultCode NoSuchStream { get; } = new("camera.no-such-stream");

    /// <summary>What answers is no camera, or breaks its own protocol.</summary>
    public static FaultCode BadAnswer { get; } = new("camera.bad-answer");

    /// <summary>It is connected and sends no picture.</summary>
    public static FaultCode NoPicture { get; } = new("camera.no-picture");

    public static FaultCode CodecUnsupported { get; } = new("camera.codec-unsupported");

    public static FaultCode DecoderAbsent { get; } = new("camera.decoder-absent");

    public static FaultCode DecoderFailed { get; } = new("camera.decoder-failed");

    public static FaultCode Frozen { get; } = new("camera.picture-frozen");

    public static FaultCode Black { get; } = new("camera.picture-black");

    public static FaultCode White { get; } = new("camera.picture-white");

    public static FaultCode Covered { get; } = new("camera.lens-covered");

    public static FaultCode Blurred { get; } = new("camera.picture-blurred");

    public static FaultCode Moved { get; } = new("camera.view-moved");

    public static FaultCode NoSoundTrack { get; } = new("camera.no-sound-track");

    /// <summary>The sound is there, in a codec that is not judged.</summary>
    public static FaultCode SoundCodec { get; } = new("camera.sound-codec");

    /// <summary>Its own service (ONVIF) does not accept the login.</summary>
    public static FaultCode OnvifRefused { get; } = new("camera.onvif-refused");

    /// <summary>Its own service does not answer, or answers rubbish.</summary>
    public static FaultCode OnvifFailed { get; } = new("camera.onvif-failed");

    public static FaultCode ClockWrong { get; } = new("camera.clock-wrong");

    public static FaultCode Silent { get; } = new("camera.sound-silent");

    /// <summary>Its newest recording is too old, or there is none.</summary>
    public static FaultCode NotRecording { get; } = new("camera.not-recording");

    /// <summary>Its recorder says nothing of it.</summary>
    public static FaultCode RecordingUnknown { get; } = new("camera.recording-unknown");
}
