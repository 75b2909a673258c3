namespace MotCua.Edge.Pages;

/// <summary>A request whose answer got lost may be sent again with the same <c>Idempotency-Key</c>: it is done once and answered twice.</summary>
/// <remarks>In memory only. After a start of the program, what the request had seen of its counter no longer holds, so it is refused and not done again.</remarks>
internal sealed class Repeats
{
    /// <summary>Presses of a busy centre in some minutes; a page sends a request again within seconds.</summary>
    public const int Most = 256;

    private const int LongestKey = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Lazy<Task<IResult>>> answers = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <param name="run">Must not stop when the caller leaves, if the request has a key: somebody else may wait for the same answer.</param>
    public async Task<IResult> OnceAsync(HttpContext context, Func<CancellationToken, Task<IResult>> run)
    {
        if (context.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 and <= LongestKey } key])
        {
            return await run(context.RequestAborted);
        }

        var name = $"{context.Request.Path}?{key}";
        Lazy<Task<IResult>>? answer;
        lock (gate)
        {
            if (!answers.TryGetValue(name, out answer))
            {
                answers[name] = answer = new Lazy<Task<IResult>>(() => run(CancellationToken.None));
                order.Enqueue(name);
                if (order.Count > Most)
                {
                    answers.Remove(order.Dequeue());
                }
            }
        }

        // Outside of the lock: the card may take its time.
        var result = await answer.Value.WaitAsync(context.RequestAborted);
        if (result is IStatusCodeHttpResult { StatusCode: StatusCodes.Status503ServiceUnavailable })
        {
            // The card refused, so nothing happened: the same request may be tried again.
            lock (gate)
            {
                // Meanwhile a repetition may have begun anew.
                if (answers.TryGetValue(name, out var now) && ReferenceEquals(now, answer))
                {
                    answers.Remove(name);
                }
            }
        }

        return result;
    }
}
