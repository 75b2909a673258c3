namespace MotCua.Protocols.Snapshots;

/// <summary>Why a picture is taken: a closed list, so that nobody writes a name into a journal. What an operator says in his own words stays at the province.</summary>
public static class SnapshotReason
{
    /// <summary>Disturbance, theft, somebody in danger.</summary>
    public const string Security = "security";

    /// <summary>Fire, water, an accident.</summary>
    public const string Incident = "incident";

    /// <summary>Whether the camera itself sees what it should.</summary>
    public const string Device = "device";

    /// <summary>A complaint of a citizen or an official is to be verified.</summary>
    public const string Complaint = "complaint";

    /// <summary>Somebody at a counter pressed the emergency button; no command says so.</summary>
    public const string Emergency = "emergency";

    /// <summary>What a command may say.</summary>
    public static IReadOnlyList<string> OfCommands { get; } = [Security, Incident, Device, Complaint];

    public static bool IsKnown(string reason) => reason == Emergency || OfCommands.Contains(reason, StringComparer.Ordinal);
}

/// <summary>Who asks for a picture, by what he is there for and never by name.</summary>
public static class SnapshotRole
{
    /// <summary>Watches the centres of the province.</summary>
    public const string Operator = "operator";

    /// <summary>Answers for them.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>Keeps the devices running.</summary>
    public const string Technician = "technician";

    public static IReadOnlyList<string> All { get; } = [Operator, Supervisor, Technician];
}

/// <summary>How far a picture has come, as <c>camera.snapshot</c> says it.</summary>
public static class SnapshotPhase
{
    /// <summary>It is about to be taken: written down before anything else happens.</summary>
    public const string Asked = "asked";

    /// <summary>The broker has it.</summary>
    public const string Sent = "sent";

    /// <summary>There is none, or it is gone.</summary>
    public const string Failed = "failed";

    public static bool IsKnown(string phase) => phase is Asked or Sent or Failed;
}

/// <summary>What made a centre take a picture.</summary>
public static class SnapshotCause
{
    /// <summary>A signed command of the province.</summary>
    public const string Command = "command";

    /// <summary>The emergency button of a counter.</summary>
    public const string Emergency = "emergency";
}
