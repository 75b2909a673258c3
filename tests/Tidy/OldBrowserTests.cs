using System.Text.RegularExpressions;
using Xunit;

namespace MotCua.Tidy;

/// <summary>The pages of the televisions and of rating run in Chromium 68, which cheap ones of 2019 still have: what came later would leave the screen blank, and nobody there can see why.</summary>
public sealed partial class OldBrowserTests
{
    private const string Pages = "edge/Service/Pages/wwwroot/";

    /// <summary>What Chromium 68 does not know, with the version that brought it.</summary>
    private static readonly (string Ending, string Pattern, string What)[] Later =
    [
        (".js", @"\?\.(?!\d)", "optional chaining (80)"),
        (".js", @"\?\?", "the ?? operator (80)"),
        (".js", @"(\|\||&&|\?\?)=", "logical assignment (85)"),
        (".js", @"(?m)^\s*(export\s+)?class\s", "classes, whose fields came in 72; the page has none"),
        (".js", @"(?m)^((const|let|var)\s[^\n]*=\s*)?await\s", "await outside of a function (89)"),
        (".js", @"\b\d+_\d+\b", "separators in numbers (75)"),
        (".js", @"\.(flat|flatMap)\(", "flat and flatMap (69)"),
        (".js", @"\.(at|findLast|findLastIndex|toReversed|toSorted|toSpliced|with)\(", "newer methods of lists (92 and later)"),
        (".js", @"\.(matchAll|replaceAll)\(", "matchAll and replaceAll (73, 85)"),
        (".js", @"\bObject\.(fromEntries|hasOwn|groupBy)\b", "Object.fromEntries and later (73)"),
        (".js", @"\bPromise\.(allSettled|any|withResolvers)\b", "Promise.allSettled and later (76)"),
        (".js", @"\b(globalThis|structuredClone|queueMicrotask|reportError|requestIdleCallback)\b", "newer functions (71 and later)"),
        (".js", @"\.(replaceChildren|toggleAttribute|checkVisibility|requestVideoFrameCallback|getAnimations|inert)\b", "newer members of elements (69 and later)"),
        (".js", @"\bAbortSignal\.|\bimport\s*\.\s*meta\.resolve|\bWeakRef\b|\bFinalizationRegistry\b|\bBigInt64Array\b", "newer objects (84 and later)"),
        (".js", @"\b(hourCycle|dateStyle|timeStyle|Intl\.(ListFormat|RelativeTimeFormat|Segmenter|DisplayNames|PluralRules))\b", "newer parts of Intl (71 and later)"),
        (".js", @"\bimport\s[^;]*\b(with|assert)\s*\{", "attributes of imports (91)"),
        (".js", @"/[gimsuy]*[dv][gimsuy]*\.(exec|test)\(", "newer flags of regular expressions (90)"),
        (".css", @"\b(min|max|clamp)\(", "min(), max() and clamp() (79)"),
        (".css", @"(?m)(^|[\s;{])inset(-\w+)*\s*:", "inset (87)"),
        (".css", @"aspect-ratio\s*:\s*(auto|\d+(\.\d+)?\s*(/\s*\d+)?)\s*[;}]", "the property aspect-ratio (88)"),
        (".css", @"(?m)(^|[\s;{])(row-|column-)?gap\s*:", "gap, which flex boxes got in 84"),
        (".css", @":(is|where|has|focus-visible|user-valid)\b|:not\([^)]*,", "newer selectors (84 and later)"),
        (".css", @"(?m)^\s*@(container|layer|property|scope|supports\s+selector)", "newer rules (85 and later)"),
        (".css", @"\b\d*(d|s|l)v[hw]\b|\b\d+(cq[wh]|lh|rlh|cap|ic)\b", "newer units (108)"),
        (".css", @"\b(color-mix|oklch|oklab|lab|lch|hwb|light-dark)\(|rgba?\(\s*\d+\s+\d+", "newer colours (65 and later, not in all)"),
        (".css", @"(?m)(^|[\s;{])(translate|rotate|scale|overflow-clip-margin|content-visibility|accent-color|text-wrap|place-\w+|backdrop-filter)\s*:", "newer properties (76 and later)"),
        (".css", @"overflow(-[xy])?\s*:\s*(clip|overlay)|\b(margin|padding|border)-(inline|block)", "logical properties (87) and overflow: clip (90)"),
        (".css", @"&", "nested rules (112)"),
        (".html", @"\b(loading|fetchpriority|inert|popover|blocking|enterkeyhint)\s*=|<(dialog|search|template\s+shadowrootmode)\b|type=""importmap""", "newer elements and attributes (76 and later)"),
    ];

    private static IEnumerable<TreeFile> Files => Tree.Files.Where(file => file.Folder == Pages + "tv" || file.Folder == Pages + "rate" || file.Path == Pages + "board.html" || file.Path == Pages + "rate.html");

    [Fact]
    public void The_pages_for_old_browsers_need_nothing_that_an_old_browser_lacks()
    {
        Assert.Contains(Files, file => file.Is(".js"));
        Assert.Contains(Files, file => file.Is(".css"));
        Assert.Contains(Files, file => file.Is(".html"));
        Expect.None(Files.SelectMany(Complaints));
    }

    [Fact]
    public void They_take_no_file_of_the_other_pages() =>
        Expect.None(
            from file in Files
            from Match name in Taken().Matches(file.Text)
            let target = name.Groups["file"].Value
            where !(target.StartsWith("/tv/", StringComparison.Ordinal) || target.StartsWith("/rate/", StringComparison.Ordinal) || target is "/favicon.svg" || (file.Is(".js") && target.StartsWith("./", StringComparison.Ordinal)))
            select $"{file.Path} takes {target}");

    [Theory]
    [InlineData("a.js", "const name = call?.number;")]
    [InlineData("a.js", "const name = call ?? null;")]
    [InlineData("a.js", "name ||= 'x';")]
    [InlineData("a.js", "class Call {\n  #number = 1;\n}")]
    [InlineData("a.js", "const answer = await fetch('/x');")]
    [InlineData("a.js", "await begin();")]
    [InlineData("a.js", "const most = 10_000;")]
    [InlineData("a.js", "rows.flat().length")]
    [InlineData("a.js", "calls.at(-1)")]
    [InlineData("a.js", "text.replaceAll('a', 'b')")]
    [InlineData("a.js", "Object.fromEntries(pairs)")]
    [InlineData("a.js", "globalThis.x = 1")]
    [InlineData("a.js", "rows.replaceChildren()")]
    [InlineData("a.js", "fetch('/x', { signal: AbortSignal.timeout(5) })")]
    [InlineData("a.css", ".a { width: min(1px, 2px); }")]
    [InlineData("a.css", ".a { inset: 0; }")]
    [InlineData("a.css", ".a { aspect-ratio: 16 / 9; }")]
    [InlineData("a.css", ".a { display: flex; gap: 4px; }")]
    [InlineData("a.css", ".a:is(.b) { color: red; }")]
    [InlineData("a.css", ".a:has(.b) { color: red; }")]
    [InlineData("a.css", ".a { height: 100dvh; }")]
    [InlineData("a.css", ".a { color: color-mix(in srgb, red, blue); }")]
    [InlineData("a.css", ".a { translate: 0 1px; }")]
    [InlineData("a.css", ".a {\n  & .b { color: red; }\n}")]
    [InlineData("a.html", "<img loading=\"lazy\">")]
    public void What_came_later_is_seen(string name, string text) => Assert.NotEmpty(Complaints(new TreeFile(name, text)));

    [Theory]
    [InlineData("a.js", "const word = open ? .5 : 1;\nconst two = open ?.5 : 1;\nasync function f() {\n  await g();\n}")]
    [InlineData("a.css", "@media (max-aspect-ratio: 16/9) { :root { --u: 1vh; } }\n.a { color: rgb(1, 2, 3); clip: rect(0 0 0 0); }")]
    public void What_it_knows_is_let_through(string name, string text) => Expect.None(Complaints(new TreeFile(name, text)));

    private static IEnumerable<string> Complaints(TreeFile file)
    {
        var text = Remark().Replace(file.Text, "");
        return Later.Where(row => file.Is(row.Ending) && Regex.IsMatch(text, row.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1))).Select(row => $"{file.Path}: {row.What}");
    }

    // What is only talked about is not used. Addresses hold "//" as well, but behind a colon.
    [GeneratedRegex(@"/\*.*?\*/|(?<![:\w])//[^\n]*", RegexOptions.Singleline, 1000)]
    private static partial Regex Remark();

    [GeneratedRegex("""(from|import|src=|href=)\s*\(?["'](?<file>[^"']+)["']""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Taken();
}
