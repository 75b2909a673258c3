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

/// <summary>A picture was asked for: written before it is taken, and once more when it has left or there will be none. The picture itself is in no journal, and neither is a name.</summary>
/// <param name="Id">Of the command, or of the emergency; the same in the topic of the picture.</param>
/// <param name="Phase"><c>asked</c>, then <c>sent</c> when the broker has it, or <c>failed</c>.</param>
/// <param name="Cause"><c>command</c> or <c>emergency</c>.</param>
/// <param name="Reason"><c>security</c>, <c>incident</c>, <c>device</c>, <c>complaint</c> or <c>emergency</c>.</param>
/// <param name="Role">Of whoever commanded it: <c>operator</c>, <c>supervisor</c> or <c>technician</c>; null of an emergency.</param>
/// <param name="Counter">Where the emergency button was pressed; null of a command.</param>
/// <param name="Blur">Nobody can be known on it.</param>
/// <param name="TtlMinutes">How long it may be kept.</param>
/// <param name="Note">Of <c>failed</c>: why, Vietnamese.</param>
public sealed record CameraSnapshot(string Id, string Camera, string Phase, string Cause, string Reason, string? Role, int? Counter, bool Blur, int TtlMinutes, string? Note) : EventData;
