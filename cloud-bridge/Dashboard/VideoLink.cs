using System.Text.RegularExpressions;

namespace MotCua.CloudBridge.Dashboard;

/// <summary>Where the province's own video system shows a camera at a time: an address with <c>{centre}</c>, <c>{camera}</c> and <c>{time}</c> in its path or query. No video passes through us; a page only links there.</summary>
public sealed partial class VideoLink
{
    private const int Longest = 500;

    private VideoLink(string template) => Template = template;

    /// <summary>As it was written. Whoever fills it escapes what is put in.</summary>
    public string Template { get; }

    /// <returns>Null when it is none: not http or https, a place to fill in its host, or one that nobody fills.</returns>
    public static VideoLink? TryRead(string text)
    {
        var (one, other) = (Filled(text, "a"), Filled(text, "b"));
        return text.Length <= Longest && !text.Any(char.IsControl) && one is not null && other is not null && one.Authority == other.Authority && one.Scheme == other.Scheme
            && one.Scheme is "http" or "https" && one.UserInfo.Length == 0 && Places().Matches(text).All(place => place.Value is "{centre}" or "{camera}" or "{time}") ? new VideoLink(text) : null;
    }

    private static Uri? Filled(string text, string with) => Uri.TryCreate(Places().Replace(text, with), UriKind.Absolute, out var url) ? url : null;

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Places();
}
