using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace MotCua.Journeys;

/// <summary>Asks axe-core what keeps people from using a page: everything that it knows of WCAG 2.2, and the contrast of level AAA, 7:1.</summary>
internal static class AxeCheck
{
    private const string Ask = """
        async () => {
          const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'color-contrast-enhanced': { enabled: true } } });
          return JSON.stringify(found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')).concat(found.passes.length < 10 ? ['axe-core looked at nothing'] : []));
        }
        """;

    public static async Task FindsNothingAsync(IPage page)
    {
        // Not as a script of the page, whose policy allows no foreign one.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Repository.File("tests", "Journeys", "checks", "node_modules", "axe-core", "axe.min.js"), TestContext.Current.CancellationToken));
        Assert.Empty(JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Ask))!);
    }
}
