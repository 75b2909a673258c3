namespace MotCua.Protocols.Events;

/// <summary>A stream of a camera is not to be had. Events of cameras name nobody, show nothing and hold no text that a camera could have read.</summary>
/// <param name="Camera">Device name.</param>
/// <param name="Role"><c>record</c>, <c>detect</c> or <c>sound</c>: what the stream is for; <c>recording</c>: what a recorder keeps of it.</param>
/// <param name="Fault">Code of the fault catalogue.</param>
public sealed record CameraOffline(string Camera, string Role, string Fault) : EventData;

/// <summary>A stream that was not to be had is there again.</summary>
/// <param name="Seconds">How long it was away.</param>
public sealed record CameraOnline(string Camera, string Role, long Seconds) : EventData;

/// <summary>Nobody knows any more whether what began at a camera goes on: it is not watched any more, or the box began anew and has forgotten what the picture is compared with. It counts as over.</summary>
/// <param name="Camera">Device name.</param>
/// <param name="Role"><c>record</c>, <c>detect</c>, <c>sound</c>, <c>recording</c> or <c>service</c>, the camera's own word: which part of the watch it is about.</param>
public sealed record CameraUnsure(string Camera, string Role) : EventData;

/// <summary>Something hides what a camera should see.</summary>
/// <param name="Phase"><c>start</c>, <c>update</c> when it looks different now, or <c>end</c>.</param>
/// <param name="Look"><c>covered</c>, <c>black</c> or <c>white</c>.</param>
/// <param name="Seconds">Since its start.</param>
public sealed record CameraCovered(string Camera, string Phase, string Look, long Seconds) : EventData;

/// <summary>A camera sends the same picture again and again.</summary>
/// <param name="Phase"><c>start</c> or <c>end</c>.</param>
/// <param name="Seconds">Since its start.</param>
public sealed record CameraFrozen(string Camera, string Phase, long Seconds) : EventData;

/// <summary>A camera's picture lost its fine lines.</summary>
/// <inheritdoc cref="CameraFrozen"/>
public sealed record CameraBlurred(string Camera, string Phase, long Seconds) : EventData;

/// <summary>A camera looks elsewhere than it did.</summary>
/// <inheritdoc cref="CameraFrozen"/>
public sealed record CameraMoved(string Camera, string Phase, long Seconds) : EventData;

/// <summary>A camera's clock is wrong: its recordings bear a false time.</summary>
/// <param name="Phase"><c>start</c>, <c>update</c> when it is off by another amount, or <c>end</c>.</param>
/// <param name="DriftSeconds">How far it is ahead of the centre's clock; negative when it is behind.</param>
/// <param name="Seconds">Since its start.</param>
public sealed record CameraClock(string Camera, string Phase, long DriftSeconds, long Seconds) : EventData;

/// <summary>A camera's own word that something happens before it. Who or what it is nobody asks.</summary>
/// <param name="Phase"><c>start</c>, <c>update</c> every ten minutes while it lasts, or <c>end</c> a minute after the last sign.</param>
/// <param name="Cause"><c>motion</c>, <c>sound</c> or <c>input</c>, a contact that is wired to the camera.</param>
/// <param name="Seconds">Since its start.</param>
public sealed record CameraMotion(string Camera, string Phase, string Cause, long Seconds) : EventData;

/// <summary>A camera's own word that somebody meddles with it.</summary>
/// <param name="Phase">As of <see cref="CameraMotion"/>.</param>
/// <param name="Seconds">Since its start.</param>
public sealed record CameraTamper(string Camera, string Phase, long Seconds) : EventData;

/// <summary>A camera that should hear does not.</summary>
/// <param name="Phase"><c>start</c>, <c>update</c> when it is for another reason now, or <c>end</c>.</param>
/// <param name="Cause"><c>no-track</c> when no sound is sent, <c>silent</c> when there is nothing in it.</param>
/// <param name="Seconds">Since its start.</param>
public sealed record CameraDeaf(string Camera, string Phase, string Cause, long Seconds) : EventData;
