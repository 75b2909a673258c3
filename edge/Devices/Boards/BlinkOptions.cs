namespace MotCua.Edge.Devices.Boards;

/// <summary>How a board makes people look up at a new call: its ticket goes dark for moments, its counter stays.</summary>
public sealed record BlinkOptions
{
    public static BlinkOptions Default { get; } = new();

    /// <summary>For boards that never blink.</summary>
    public static BlinkOptions Never { get; } = new() { For = TimeSpan.Zero };

    /// <summary>How long a new call blinks. Default 5 s; zero: never.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Lit part of a blink. A new call starts lit. Default 700 ms, long enough to read it.</summary>
    public TimeSpan Lit { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Dark part of a blink. Default 300 ms.</summary>
    public TimeSpan Dark { get; init; } = TimeSpan.FromMilliseconds(300);
}
