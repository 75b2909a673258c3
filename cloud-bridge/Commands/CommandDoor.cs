using System.Threading.Channels;
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

/// <summary>Where pages hand commands in for the one loop that stores and sends. Any thread.</summary>
public sealed class CommandDoor
{
    // 64: an operator who gives every centre of a province the same word, with a few requests at once. A full queue answers at once that nothing was stored.
    private readonly Channel<PendingWish> wishes = Channel.CreateBounded<PendingWish>(new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Raised when a wish came in; handlers only set a signal.</summary>
    public event Action? Came;

    /// <summary>Hands in a wish and waits until it is stored or not.</summary>
    /// <exception cref="OperationCanceledException">The caller waits no longer; it may be stored all the same.</exception>
    public async Task<WishOutcome> GiveAsync(CommandWish wish, CancellationToken stop)
    {
        var pending = new PendingWish(wish);
        if (!wishes.Writer.TryWrite(pending))
        {
            return new WishOutcome.NotStored();
        }

        Came?.Invoke();
        return await pending.Outcome.Task.WaitAsync(stop);
    }

    internal bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PendingWish? pending) => wishes.Reader.TryRead(out pending);
}

internal sealed record PendingWish(CommandWish Wish)
{
    public TaskCompletionSource<WishOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
