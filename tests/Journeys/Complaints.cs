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

    /// <summary>Nothing but refusals, which the browser itself notes.</summary>
    public void AreRefusalsOnly(bool edgeWasAway) => Assert.DoesNotContain(all, text =>
        !text.Contains("the server responded with a status of 4", StringComparison.Ordinal) && !(edgeWasAway && text.Contains("net::ERR_", StringComparison.Ordinal)));

    /// <param name="edgeWasAway">The browser itself notes each failed attempt to reconnect; a page cannot prevent that.</param>
    /// <param name="refused">The same of each answer that is a refusal.</param>
    public void AreNone(bool edgeWasAway = false, bool refused = false) =>
        Assert.DoesNotContain(all, text => !(edgeWasAway && text.Contains("net::ERR_", StringComparison.Ordinal)) && !(refused && text.Contains("the server responded with a status of 4", StringComparison.Ordinal)));
}
