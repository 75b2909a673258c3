using System.Globalization;

namespace MotCua.CloudBridge.Store;

/// <summary>A place in the order in which the bridge committed; a reader that goes on from one misses nothing, whichever epoch it arrives in.</summary>
/// <param name="Row">Bridge-wide number of the stored stretch, from 1; 0 is before the first.</param>
/// <param name="Taken">Events of that stretch that the reader already has.</param>
public readonly record struct EventPosition(long Row, int Taken)
{
    /// <summary>Before the first event.</summary>
    public static EventPosition Start => default;

    /// <param name="text">As <see cref="ToString"/> writes it: two decimal numbers with a dot between, such as <c>812.40</c>.</param>
    public static bool TryParse(string text, out EventPosition position)
    {
        position = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1 || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            || !int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var taken))
        {
            return false;
        }

        position = new EventPosition(row, taken);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row}.{Taken}");
}

/// <param name="Events">Exact canonical bytes of each event.</param>
/// <param name="Next">Where to go on; the position that was asked for when nothing is newer.</param>
public sealed record EventPage(IReadOnlyList<ReadOnlyMemory<byte>> Events, EventPosition Next);
