namespace MotCua.Edge.Pages;

/// <summary>What every stream of server-sent events has in common.</summary>
internal static class Streaming
{
    /// <summary>Cancelled when the listener leaves, or when the service stops: a stop would otherwise wait for listeners that never leave.</summary>
    public static CancellationTokenSource EndOf(HttpContext context) => CancellationTokenSource.CreateLinkedTokenSource(
        context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    /// <summary>Sends the headers at once, so that a page knows it is connected before anything happens.</summary>
    public static async Task BeginAsync(HttpResponse response, CancellationToken stop)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync("retry: 1000\n\n", stop);
        await response.Body.FlushAsync(stop);
    }
}
