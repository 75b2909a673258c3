namespace MotCua.Protocols.Configuration;

/// <summary>What became of a configuration of the province in a centre, as it travels.</summary>
public static class ConfigurationOutcome
{
    /// <summary>The centre starts anew with it and keeps the one before until it has proved good.</summary>
    public const string Tried = "tried";

    /// <summary>The centre ran under it and the province has acknowledged events of that time.</summary>
    public const string Kept = "kept";

    /// <summary>It has errors; nothing was changed.</summary>
    public const string Refused = "refused";

    /// <summary>It did not prove good: the one before is used again.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>People at the centre have edited its own file, or asked for it; that one is used until the province says something newer.</summary>
    public const string SetAside = "set-aside";

    public static bool IsKnown(string outcome) => outcome is Tried or Kept or Refused or RolledBack or SetAside;

    /// <summary>Somebody at the province has to give another one.</summary>
    public static bool IsFailure(string outcome) => outcome is Refused or RolledBack;
}
