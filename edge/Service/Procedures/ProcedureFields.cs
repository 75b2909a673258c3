using System.Collections.Immutable;
using MotCua.Edge.Configuration;
using MotCua.Edge.Queue;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MotCua.Edge.Procedures;

/// <summary>One procedure as it stands in the file. Reading a wrong field notes an error and goes on, so that all of them are told at once.</summary>
internal sealed class ProcedureFields
{
    private const int MostPapers = 20;
    private const int MostWords = 20;
    private const int LongestPaper = 200;

    private static readonly string[] Known = ["code", "name", "field", "service", "papers", "fee", "days", "basis", "words"];

    private readonly Dictionary<string, Field> fields = new(StringComparer.Ordinal);
    private readonly string path;
    private readonly List<ConfigurationError> errors;

    private ProcedureFields(int line, string path, List<ConfigurationError> errors) => (Line, this.path, this.errors) = (line, path, errors);

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <returns>Null for what is no group of fields; its error is noted.</returns>
    public static ProcedureFields? Read(IParser parser, string path, List<ConfigurationError> errors)
    {
        var line = (int)(parser.Current?.Start.Line ?? 1);
        if (!parser.TryConsume<MappingStart>(out _))
        {
            errors.Add(new ConfigurationError(line, path, (parser.Current as Scalar)?.Value is { Length: > 0 } text ? Short(text) : "(không phải nhóm)", "một thủ tục với các mục code, name, papers …"));
            parser.SkipThisAndNestedEvents();
            return null;
        }

        var read = new ProcedureFields(line, path, errors);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            read.ReadField(parser);
        }

        return read;
    }

    /// <returns>Null when a field is wrong or missing; the errors are noted.</returns>
    public Procedure? ToProcedure(IReadOnlyCollection<ServiceCode> services)
    {
        var before = errors.Count;
        const string Code = "mã thủ tục: 1–48 ký tự a–z, 0–9, '.', '-', như chung-thuc-ban-sao hoặc 2.000815";
        var service = $"mã lĩnh vực của centre.yaml, một trong: {string.Join(", ", services)}; bỏ mục này nếu trung tâm không cấp số cho thủ tục";
        var code = Text("code", Code, ProcedureCode.IsValid);
        var (name, field) = (Line1("name", 300), Line1("field", 60));
        var of = fields.ContainsKey("service") ? Text("service", service, text => ServiceCode.IsValid(text) && services.Contains(new ServiceCode(text))) : null;
        var papers = List("papers", MostPapers, LongestPaper, required: true);
        var (fee, days, basis) = (Line1("fee", 300), Line1("days", 200), Line1("basis", 300));
        var words = List("words", MostWords, 60, required: false);
        return errors.Count == before
            ? new Procedure(new ProcedureCode(code!), name!, field!, of is null ? null : new ServiceCode(of), papers, fee!, days!, basis!, words)
            : null;
    }

    private void ReadField(IParser parser)
    {
        var (key, line) = ((parser.Current as Scalar)?.Value, (int)(parser.Current?.Start.Line ?? 1));
        parser.SkipThisAndNestedEvents();
        var at = (int)(parser.Current?.Start.Line ?? 1);
        if (key is null || !Known.Contains(key))
        {
            errors.Add(new ConfigurationError(line, path, key is null ? "(nhóm)" : Short(key), $"một trong: {string.Join(", ", Known)}"));
            parser.SkipThisAndNestedEvents();
            return;
        }

        Field read;
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            read = new Field(at, scalar.Value, null);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<(int, string?)>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                // What is too much is not kept; how much it was is told.
                items.Add(((int)parser.Current!.Start.Line, items.Count <= MostPapers ? (parser.Current as Scalar)?.Value : ""));
                parser.SkipThisAndNestedEvents();
            }

            read = new Field(at, null, items);
        }
        else
        {
            read = new Field(at, null, null);
            parser.SkipThisAndNestedEvents();
        }

        if (!fields.TryAdd(key, read))
        {
            Fail(line, key, "(hai lần)", "mỗi mục một lần");
        }
    }

    private string? Line1(string name, int longest) => Text(name, $"1–{longest} ký tự trên một dòng", text => IsLine(text, longest))?.Trim();

    private string? Text(string name, string expected, Func<string, bool> fits)
    {
        if (!fields.TryGetValue(name, out var field))
        {
            Fail(Line, name, "(thiếu)", expected);
            return null;
        }

        if (field.Value is { } text && fits(text))
        {
            return text;
        }

        Fail(field.Line, name, field.Value is { } wrong ? Short(wrong) : field.Items is not null ? "(danh sách)" : "(nhóm)", expected);
        return null;
    }

    private ImmutableArray<string> List(string name, int most, int longest, bool required)
    {
        if (!fields.TryGetValue(name, out var field))
        {
            if (required)
            {
                Fail(Line, name, "(thiếu)", "danh sách, mỗi giấy tờ một dòng");
            }

            return [];
        }

        if (field.Items is not { Count: > 0 } items || items.Count > most)
        {
            Fail(field.Line, name, field.Items is null ? Short(field.Value ?? "(nhóm)") : $"{field.Items.Count} mục", $"danh sách 1–{most} mục");
            return [];
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Text is not { } text || !IsLine(text, longest))
            {
                Fail(items[i].Line, $"{name}[{i}]", Short(items[i].Text ?? "(nhóm)"), $"1–{longest} ký tự trên một dòng");
            }
        }

        return [.. items.Select(item => item.Text?.Trim() ?? "")];
    }

    private void Fail(int line, string name, string wrong, string expected) => errors.Add(new ConfigurationError(line, $"{path}.{name}", wrong, expected));

    private static bool IsLine(string text, int longest) => text.Length <= longest && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private readonly record struct Field(int Line, string? Value, List<(int Line, string? Text)>? Items);
}
