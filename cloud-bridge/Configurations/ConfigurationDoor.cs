using MotCua.CloudBridge.Commands;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Configurations;

/// <summary>What an operator wants, checked and not yet stored.</summary>
/// <param name="Text">The whole file; null: what was given before is taken back.</param>
public sealed record ConfigurationWish(CentreId Centre, string? Text, string Who, string Reason);

/// <summary>What became of a wish.</summary>
public abstract record ConfigurationWishOutcome
{
    private ConfigurationWishOutcome()
    {
    }

    /// <summary>Stored; the broker is given it at once.</summary>
    /// <param name="Revision">Of the configuration given, or of the one taken back.</param>
    public sealed record Stored(long Revision) : ConfigurationWishOutcome;

    /// <summary>There is none to take back.</summary>
    public sealed record Nothing : ConfigurationWishOutcome;

    public sealed record NotStored : ConfigurationWishOutcome;

    /// <summary>The store went away while it committed.</summary>
    public sealed record InDoubt : ConfigurationWishOutcome;
}

/// <summary>Where pages hand configurations in for the loop that stores and sends them.</summary>
public sealed class ConfigurationDoor() : WishDoor<ConfigurationWish, ConfigurationWishOutcome>(new ConfigurationWishOutcome.NotStored());
