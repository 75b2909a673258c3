namespace MotCua.Fleet.Centres;

/// <summary>The clock of a virtual centre's box: stands where its days have come to, and only goes forward.</summary>
internal sealed class WorldClock : TimeProvider
{
    // The box had been on for a while, so that no event is of moment zero.
    private static readonly TimeSpan SinceBoot = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset begin;

    public WorldClock(DateTimeOffset begin) => Now = this.begin = begin;

    public DateTimeOffset Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => (Now - begin + SinceBoot).Ticks;

    public void MoveTo(DateTimeOffset moment) => Now = moment > Now ? moment : Now;
}
