using System.Threading.Channels;
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

/// <summary>Where pages hand configurations in for the one loop that stores and sends. Any thread.</summary>
public sealed class ConfigurationDoor
{
    // 64 texts of 64 KB: somebody who gives a province's centres theirs one after another. A full queue answers at once that nothing was stored.
    private readonly Channel<PendingConfiguration> wishes = Channel.CreateBounded<PendingConfiguration>(new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Raised when a wish came in; handlers only set a signal.</summary>
    public event Action? Came;

    /// <summary>Hands in a wish and waits until it is stored or not.</summary>
    /// <exception cref="OperationCanceledException">The caller waits no longer; it may be stored all the same.</exception>
    public async Task<ConfigurationWishOutcome> GiveAsync(ConfigurationWish wish, CancellationToken stop)
    {
        var pending = new PendingConfiguration(wish);
        if (!wishes.Writer.TryWrite(pending))
        {
            return new ConfigurationWishOutcome.NotStored();
        }

        Came?.Invoke();
        return await pending.Outcome.Task.WaitAsync(stop);
    }

    internal bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PendingConfiguration? pending) => wishes.Reader.TryRead(out pending);
}

internal sealed record PendingConfiguration(ConfigurationWish Wish)
{
    public TaskCompletionSource<ConfigurationWishOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
