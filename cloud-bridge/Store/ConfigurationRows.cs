using MotCua.Protocols;
using MotCua.Protocols.Configuration;

namespace MotCua.CloudBridge.Store;

/// <summary>A configuration as an operator gave it for a centre.</summary>
/// <param name="Revision">As in <see cref="DesiredConfiguration"/>.</param>
/// <param name="Text">All of <c>centre.yaml</c>; empty where it was not asked for.</param>
/// <param name="Who">Whoever gave it, as he says himself.</param>
/// <param name="Reason">Why, in his words.</param>
public sealed record GivenConfiguration(CentreId Centre, long Revision, string Hash, string Text, string Who, string Reason, DateTimeOffset Given);

/// <summary>Something became of a configuration. What the centre says counts as it comes; what the bridge did counts only before the centre has said anything.</summary>
/// <param name="State">One of <see cref="ConfigurationStages"/>.</param>
/// <param name="Note">What the centre says to it, a line each; null when nothing.</param>
/// <param name="At">When the bridge learned of it.</param>
public sealed record ConfigurationStep(CentreId Centre, long Revision, string State, string? Note, DateTimeOffset At);

/// <summary>Nothing is kept for the centre at the broker any more. What it runs by, it runs by.</summary>
/// <param name="UpTo">The newest revision that is meant: one that another bridge has taken in meanwhile stays.</param>
public sealed record ConfigurationWithdrawal(CentreId Centre, string Who, string Reason, DateTimeOffset At, long UpTo = long.MaxValue);

/// <summary>All that one group changes of configurations; each line of it that a person gave is written into the audit as well.</summary>
public sealed record ConfigurationWrites(IReadOnlyList<GivenConfiguration> Given, IReadOnlyList<ConfigurationWithdrawal> Withdrawn, IReadOnlyList<ConfigurationStep> Steps)
{
    public static ConfigurationWrites None { get; } = new([], [], []);
}

/// <summary>A configuration with all that became of it.</summary>
/// <param name="IsWanted">It is what the province wants of the centre now.</param>
/// <param name="History">The states it had, oldest first.</param>
public sealed record ConfigurationRecord(GivenConfiguration Given, bool IsWanted, string State, string? Note, DateTimeOffset At, IReadOnlyList<ConfigurationMoment> History);

public sealed record ConfigurationMoment(string State, string? Note, DateTimeOffset At);

/// <summary>What the province wants of a centre now.</summary>
public sealed record WantedConfiguration(CentreId Centre, long Revision, string Hash, string State);

/// <summary>The states of a configuration as the bridge tells them, beside those of <see cref="ConfigurationOutcome"/>.</summary>
public static class ConfigurationStages
{
    /// <summary>Stored, and not at the broker yet.</summary>
    public const string Waiting = "waiting";

    /// <summary>The broker holds it for the centre, which has not said anything of it.</summary>
    public const string Sent = "sent";

    /// <summary>A newer one was given before the centre said anything.</summary>
    public const string Superseded = "superseded";

    /// <summary>It was taken back before the centre said anything.</summary>
    public const string Withdrawn = "withdrawn";
}
