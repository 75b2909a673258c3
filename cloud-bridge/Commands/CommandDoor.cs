using MotCua.CloudBridge.Store;
using MotCua.Protocols;

namespace MotCua.CloudBridge.Commands;

/// <summary>What an operator wants a centre to do, checked and not yet stored.</summary>
/// <param name="Body">JSON object.</param>
/// <param name="Life">How long it may wait to be begun.</param>
public sealed record CommandWish(CentreId Centre, string Kind, string Body, TimeSpan Life, string Who, string Reason);

/// <summary>What became of a wish.</summary>
public abstract record WishOutcome
{
    private WishOutcome()
    {
    }

    /// <summary>Stored; it is sent as soon as the centre is there.</summary>
    public sealed record Stored(CommandKey Key) : WishOutcome;

    /// <summary>The centre, or the province, has too many that nobody answered.</summary>
    public sealed record TooMany : WishOutcome;

    /// <summary>Nothing was stored and nothing is sent.</summary>
    public sealed record NotStored : WishOutcome;
}

/// <summary>Where pages hand commands in for the loop that stores and sends them.</summary>
public sealed class CommandDoor() : WishDoor<CommandWish, WishOutcome>(new WishOutcome.NotStored());
