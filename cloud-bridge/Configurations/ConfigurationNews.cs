using System.Text.Json;
using MotCua.CloudBridge.Store;
using MotCua.Protocols.Events;

namespace MotCua.CloudBridge.Configurations;

/// <summary>Reads out of logs what centres say of configurations. Pure.</summary>
public static class ConfigurationNews
{
    /// <summary>Of a centre in one group; an honest one has two or three, and only the newest count.</summary>
    public const int MostOfACentre = 8;

    public static IReadOnlyList<ConfigurationStep> In(IReadOnlyList<LogAppend> appends, DateTimeOffset now)
    {
        List<ConfigurationStep>? found = null;
        foreach (var append in appends)
        {
            foreach (var one in append.Events)
            {
                // Looked for before it is parsed: of a hundred thousand events a second hardly any is one.
                if (one.Span.IndexOf("\"configuration.changed\""u8) >= 0 && Read(one) is { } changed)
                {
                    (found ??= []).Add(new ConfigurationStep(append.Log.Centre, changed.Revision, changed.Outcome, NoteOf(changed), now));
                }
            }
        }

        return found is null ? [] : [.. found.GroupBy(step => step.Centre).SelectMany(steps => steps.TakeLast(MostOfACentre))];
    }

    private static ConfigurationChanged? Read(ReadOnlyMemory<byte> one)
    {
        try
        {
            return EventCodec.Read(one.Span).Data is ConfigurationChanged changed && changed.IsFitting() ? changed : null;
        }
        catch (JsonException)
        {
            return null; // The log keeps what this version does not understand.
        }
    }

    // Some engines keep no control character, and nobody can read them.
    private static string? NoteOf(ConfigurationChanged changed)
    {
        var lines = (changed.Reason is { } reason ? changed.Errors.Prepend(reason) : changed.Errors).Select(line => new string([.. line.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))])).ToList();
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }
}
