using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace MotCua.CloudBridge.Commands;

/// <summary>Where pages hand wishes in for the one loop that stores and sends. Any thread.</summary>
/// <param name="notStored">What is answered at once when the queue is full.</param>
public abstract class WishDoor<TWish, TOutcome>(TOutcome notStored)
{
    // 64: an operator who gives every centre of a province the same word, with a few requests at once; of configurations that is 4 MB.
    private readonly Channel<PendingWish<TWish, TOutcome>> wishes =
        Channel.CreateBounded<PendingWish<TWish, TOutcome>>(new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Raised when a wish came in; handlers only set a signal.</summary>
    public event Action? Came;

    /// <summary>Hands in a wish and waits until it is stored or not.</summary>
    /// <exception cref="OperationCanceledException">The caller waits no longer; it may be stored all the same.</exception>
    public async Task<TOutcome> GiveAsync(TWish wish, CancellationToken stop)
    {
        var pending = new PendingWish<TWish, TOutcome>(wish);
        if (!wishes.Writer.TryWrite(pending))
        {
            return notStored;
        }

        Came?.Invoke();
        return await pending.Outcome.Task.WaitAsync(stop);
    }

    internal bool TryTake([NotNullWhen(true)] out PendingWish<TWish, TOutcome>? pending) => wishes.Reader.TryRead(out pending);
}

internal sealed record PendingWish<TWish, TOutcome>(TWish Wish)
{
    public TaskCompletionSource<TOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
