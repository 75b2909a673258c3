namespace MotCua.Protocols.Events;

/// <summary>How much the buttons of a centre were used, for ageing. At most one an hour, and none while nobody presses.</summary>
/// <param name="Buttons">Every button of the configuration, by name.</param>
public sealed record ButtonsCounted(IReadOnlyList<ButtonCount> Buttons) : EventData
{
    public bool Equals(ButtonsCounted? other) => other is not null && Buttons.SequenceEqual(other.Buttons);

    public override int GetHashCode() => Buttons.Count;
}

/// <summary>A button since its installation.</summary>
/// <param name="Device">Name as wired; a button that was replaced counts from zero under a new name.</param>
/// <param name="Presses">Short presses.</param>
/// <param name="Holds">Held presses.</param>
/// <param name="Bounces">Edges that made no lasting change: a worn contact has many for each press.</param>
/// <param name="LastAt">Wall time of the last press; null when there was none.</param>
/// <param name="OthersSince">Presses of the other buttons since then.</param>
public sealed record ButtonCount(string Device, long Presses, long Holds, long Bounces, DateTimeOffset? LastAt, long OthersSince);
