using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;

namespace MotCua.CloudBridge.Configurations;

/// <summary>What an operator asks for.</summary>
/// <param name="Text">All of <c>centre.yaml</c> for that centre, at most 65,536 bytes.</param>
/// <param name="Who">Who gives it, 1 to 80 characters.</param>
/// <param name="Reason">Why, 3 to 200 characters; it stands in the audit.</param>
public sealed record ConfigurationRequest(string? Text, string? Who, string? Reason);

/// <summary>What an operator takes back.</summary>
/// <param name="Who">Who takes it back, 1 to 80 characters.</param>
/// <param name="Reason">Why, 3 to 200 characters; it stands in the audit.</param>
public sealed record WithdrawRequest(string? Who, string? Reason);

/// <summary>Checks what can be checked without the edge program: that it is a text, fits a token and is meant for this centre. Everything else the centre itself tells, line by line, before it tries anything. Pure.</summary>
public static partial class ConfigurationRequests
{
    // Names of a token beside its text.
    private const int AroundText = 1024;

    /// <param name="problem">What is wrong, Vietnamese; empty on success.</param>
    /// <returns>Null when it cannot be given.</returns>
    public static ConfigurationWish? TryRead(CentreId centre, ConfigurationRequest request, out string problem)
    {
        problem = PeopleProblem(request.Who, request.Reason) ?? request.Text switch
        {
            null => "text: toàn bộ nội dung centre.yaml.",
            var text when string.IsNullOrWhiteSpace(text) => "text: tệp trống.",
            var text when !IsText(text) => "text: tệp không phải văn bản UTF-8, hoặc có ký tự điều khiển.",
            var text when Encoding.UTF8.GetByteCount(text) is var bytes && bytes > DesiredConfiguration.MaxTextBytes => $"text: {bytes} byte; nhiều nhất {DesiredConfiguration.MaxTextBytes} byte.",
            var text when (Encoding.UTF8.GetByteCount(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)) * 4L / 3) + AroundText > DesiredConfiguration.MaxBytes => "text: có quá nhiều ký tự phải mã hóa; bỏ bớt ký tự lạ.",
            var text when CentreLine().Match(text) is { Success: true } line && line.Groups["id"].Value != centre.Value => $"Tệp này của trung tâm «{line.Groups["id"].Value}», không phải của «{centre}».",
            var text when !CentreLine().IsMatch(text) => $"Tệp không có dòng «centre: {centre}».",
            _ => "",
        };
        return problem.Length > 0 ? null : new ConfigurationWish(centre, request.Text, request.Who!.Trim(), request.Reason!.Trim());
    }

    /// <inheritdoc cref="TryRead(CentreId, ConfigurationRequest, out string)"/>
    public static ConfigurationWish? TryRead(CentreId centre, WithdrawRequest request, out string problem)
    {
        problem = PeopleProblem(request.Who, request.Reason) ?? "";
        return problem.Length > 0 ? null : new ConfigurationWish(centre, null, request.Who!.Trim(), request.Reason!.Trim());
    }

    private static string? PeopleProblem(string? who, string? reason) => (who, reason) switch
    {
        _ when !IsWords(who, 1, 80) => "who: cho biết ai gửi, 1–80 ký tự trên một dòng.",
        _ when !IsWords(reason, 3, 200) => "reason: cho biết lý do, 3–200 ký tự trên một dòng.",
        _ => null,
    };

    // A byte that is no UTF-8 comes out of reading as U+FFFD; half of a pair never was a letter.
    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if ((char.IsControl(text[i]) && text[i] is not ('\n' or '\r' or '\t')) || text[i] == '\uFFFD')
            {
                return false;
            }

            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWords(string? text, int least, int most) => text is not null && text.Trim().Length >= least && text.Length <= most && !text.Any(char.IsControl);

    [GeneratedRegex("""^centre[ \t]*:[ \t]*["']?(?<id>[^"'\s#]+)""", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CentreLine();
}
