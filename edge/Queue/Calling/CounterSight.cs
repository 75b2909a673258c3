using System.Globalization;

namespace MotCua.Edge.Queue;

/// <summary>What a clerk saw of a counter when a button was pressed: its ticket and how far that is, what could be taken back, whether it pauses. Opaque; 1 to 80 visible ASCII characters.</summary>
/// <remarks>It says nothing of the lines: someone who takes a number must not void the press of every clerk.</remarks>
public readonly record struct CounterSight
{
    public string Value { get; }

    public CounterSight(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException("A sight of a counter has 1 to 80 visible characters.", nameof(value));

    public static bool IsValid(string value) => value.Length is >= 1 and <= 80 && value.All(c => c is > ' ' and <= '~' and not '"');

    /// <summary>The counter as it stands.</summary>
    public static CounterSight Of(QueueState state, CounterId counter)
    {
        var here = state.AtCounters.TryGetValue(counter, out var ticket)
            ? string.Create(CultureInfo.InvariantCulture, $"{ticket.Number}.{ticket.Stage}.{ticket.Calls}") : "-";
        var last = state.Undo.TryGetValue(counter, out var undo) ? $"{undo.Action}.{undo.Before.Number}" : "-";
        return new CounterSight($"{here}/{last}/{(state.PausedCounters.ContainsKey(counter) ? "paused" : "open")}");
    }

    public override string ToString() => Value;
}
