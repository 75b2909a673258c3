namespace MotCua.Edge.SelfTest;

/// <summary>How a device did in a test.</summary>
public enum SelfTestVerdict
{
    Ok,
    Failed,

    /// <summary>Nobody pressed it, a call came first, or it is not set up: nothing is known of it.</summary>
    NotTried,
}

/// <param name="Code">Of the fault catalogue; null when nothing failed.</param>
/// <param name="Text">What came out, Vietnamese, for an untrained clerk.</param>
public sealed record SelfTestResult(SelfTestVerdict Verdict, string? Code, string Text);

/// <summary>The trial of one device. A new kind of device is one class and one line in <see cref="SelfTestSteps"/>.</summary>
/// <remarks>The loop of the test calls it, one call at a time; each returns at once. What throws counts as failed, and the walk goes on.</remarks>
public interface ISelfTestStep
{
    /// <summary>Name of the device as in the file, or of the part of the program.</summary>
    string Device { get; }

    /// <summary>What a person reads while it is tried, Vietnamese.</summary>
    string Saying { get; }

    /// <summary>Whether the loudspeaker says it as well; a step that needs no person's eyes or hands is silent.</summary>
    bool IsSpoken { get; }

    /// <summary>It takes no longer; then <see cref="AtLimit"/> is the result.</summary>
    TimeSpan Limit { get; }

    SelfTestResult AtLimit { get; }

    /// <summary>Begins, or begins anew after a call went first.</summary>
    void Begin();

    /// <param name="tried">Since <see cref="Begin"/>.</param>
    /// <returns>Null while nothing is known.</returns>
    SelfTestResult? Look(TimeSpan tried);

    /// <summary>Leaves the device as service needs it.</summary>
    void End();
}
