using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace MotCua.Edge.Configuration;

/// <summary>A node of the file with its path. Reading a wrong one notes an error and goes on, so that all errors are told at once.</summary>
internal sealed class YamlField(YamlNode node, string path, List<ConfigurationError> errors)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>Such as <c>devices.boards[1].i2c</c>.</summary>
    public string Path => path;

    public YamlField? Optional(string name)
    {
        asked.Add(name);
        return node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var child)
            ? new YamlField(child, path.Length == 0 ? name : $"{path}.{name}", errors)
            : null;
    }

    public YamlField? Required(string name, string expected)
    {
        var field = Optional(name);
        if (field is null)
        {
            errors.Add(new ConfigurationError(Line, path.Length == 0 ? name : $"{path}.{name}", "(thiếu)", expected));
        }

        return field;
    }

    /// <summary>The items of a list that has at least one; an empty one is an error as well.</summary>
    public IEnumerable<YamlField> SomeItems(string expected)
    {
        if (node is not YamlSequenceNode { Children.Count: 0 })
        {
            return Items(expected);
        }

        Fail(expected + ", ít nhất một mục");
        return [];
    }

    /// <summary>A single value, or the items of a list.</summary>
    public IEnumerable<YamlField> OneOrMore(string expected) => node is YamlScalarNode ? [this] : SomeItems(expected);

    public bool? YesOrNo() => Value<bool?>(
        text => text switch { "yes" or "true" => true, "no" or "false" => false, _ => throw new FormatException() },
        "yes hoặc no");

    /// <param name="most">A longer list is an error, and only so many are read.</param>
    public IEnumerable<YamlField> Items(string expected, int most)
    {
        if (node is YamlSequenceNode { Children.Count: var count } && count > most)
        {
            Note($"{count} mục", $"nhiều nhất {most} mục");
        }

        return Items(expected).Take(most);
    }

    public IEnumerable<YamlField> Items(string expected)
    {
        if (node is YamlSequenceNode list)
        {
            return [.. list.Children.Select((child, i) => new YamlField(child, $"{path}[{i}]", errors))];
        }

        Fail(expected);
        return [];
    }

    /// <summary>Reads a scalar through a parser that throws <see cref="ArgumentException"/> or <see cref="FormatException"/> for what does not fit.</summary>
    /// <param name="shown">Stands in the error in place of what is no good: for what may hold a password. Null to show it.</param>
    public T? Value<T>(Func<string, T> parse, string expected, string? shown = null)
    {
        if (node is YamlScalarNode { Value: { } text })
        {
            try
            {
                return parse(text);
            }
            catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
            {
                // Told below, in the words of the person who edits the file.
            }
        }

        if (shown is null)
        {
            Fail(expected);
        }
        else
        {
            Note(shown, expected);
        }

        return default;
    }

    public int? Integer(int from, int to, string expected) => Value<int?>(
        text =>
        {
            var value = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? int.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
            return value >= from && value <= to ? value : throw new FormatException();
        },
        expected);

    /// <summary>Reads a time such as <c>90s</c>, <c>30m</c> or <c>2h</c>.</summary>
    public TimeSpan? Duration(TimeSpan from, TimeSpan to) => Value<TimeSpan?>(
        text =>
        {
            var number = int.Parse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture);
            var value = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => throw new FormatException(),
            };
            return value >= from && value <= to ? value : throw new FormatException();
        },
        $"thời gian như 90s, 30m hoặc 2h, từ {Say(from)} đến {Say(to)}");

    public void Fail(string expected) => errors.Add(new ConfigurationError(Line, path, Found(), expected));

    /// <summary>Notes an error of the whole part, such as a name given twice.</summary>
    public void Note(string found, string expected) => errors.Add(new ConfigurationError(Line, path, found, expected));

    /// <summary>Notes every field that nobody asked for: nearly always a typing error.</summary>
    public void NothingElse()
    {
        foreach (var key in node is YamlMappingNode map ? map.Children.Keys.OfType<YamlScalarNode>() : [])
        {
            if (!asked.Contains(key.Value ?? ""))
            {
                errors.Add(new ConfigurationError((int)key.Start.Line, path, key.Value ?? "", $"một trong: {string.Join(", ", asked.Order(StringComparer.Ordinal))}"));
            }
        }
    }

    private static string Say(TimeSpan time) => time.TotalSeconds < 120 ? $"{time.TotalSeconds:F0}s" : time.TotalMinutes < 120 ? $"{time.TotalMinutes:F0}m" : $"{time.TotalHours:F0}h";

    /// <summary>From 1.</summary>
    public int Line => (int)node.Start.Line;

    private string Found() => node switch
    {
        YamlScalarNode scalar => scalar.Value is { Length: > 60 } longer ? longer[..60] + "…" : scalar.Value ?? "",
        YamlSequenceNode { Children.Count: 0 } => "(danh sách trống)",
        YamlSequenceNode => "(danh sách)",
        _ => "(nhóm)",
    };
}
