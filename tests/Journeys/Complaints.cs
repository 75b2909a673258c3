using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace MotCua.Journeys;

/// <summary>What the browser noted against a page: errors that nobody caught, and errors and warnings on its console.</summary>
internal sealed class Complaints
{
    private readonly ConcurrentQueue<string> all = [];

    public Complaints(IPage page)
    {
        page.PageError += (_, error) => all.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                all.Enqueue(message.Text);
            }
        };
    }

    /// <param name="edgeWasAway">The browser itself notes each failed attempt to reconnect; a page cannot prevent that.</param>
    public void AreNone(bool edgeWasAway = false) =>
        Assert.Empty(edgeWasAway ? all.Where(text => !text.Contains("net::ERR_", StringComparison.Ordinal)) : all);
}
