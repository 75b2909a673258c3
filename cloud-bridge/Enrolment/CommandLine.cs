namespace MotCua.CloudBridge.Enrolment;

/// <summary>Words and options of a command: <c>--name value</c>, everything else is a word.</summary>
internal sealed record CommandLine(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options)
{
    /// <returns>Null when an option is not known, is said twice or lacks its value.</returns>
    public static CommandLine? TryRead(IReadOnlyList<string> args, params ReadOnlySpan<string> known)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
            }
            else if (!known.Contains(args[i][2..]) || i + 1 == args.Count || args[i + 1].Length == 0 || !options.TryAdd(args[i][2..], args[++i]))
            {
                return null;
            }
        }

        return new CommandLine(words, options);
    }

    public string? this[string option] => Options.GetValueOrDefault(option);
}
