using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Speech;

/// <summary>What became of an announcement.</summary>
/// <param name="Sounded">How much of it the speaker really played; null when it was not begun.</param>
/// <param name="Heard">Whether a microphone heard it; null when none listened or its answer says nothing.</param>
public readonly record struct SpeechReceipt(Delivery Delivery, TimeSpan? Sounded = null, bool? Heard = null);

/// <summary>Where the voice answers, once for each announcement. Called from any thread; returns at once and never throws.</summary>
public interface ISpeechReceipts
{
    void Said(Announcement announcement, DeviceId speaker, SpeechReceipt receipt);
}

/// <summary>What people see while they listen, so that voice and boards never say different things. Called from any thread; returns at once and never throws.</summary>
public interface ISpeechStage
{
    /// <summary>Whether the call still holds: its ticket is at its counter. Calling somebody to a counter that serves another misleads.</summary>
    bool Stands(CallId call);

    /// <summary>The call is being spoken now and stands first on every board; null: none is, and the newest stands first again.</summary>
    void Spotlight(CallId? call);
}
