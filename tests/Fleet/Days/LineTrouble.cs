namespace MotCua.Fleet.Days;

/// <summary>When a line is cut: of one centre, or of a whole district on one cable. Whoever asks with the same seed and number hears the same, so that all of a district go together.</summary>
internal sealed class LineTrouble
{
    private readonly Random chance;
    private readonly double daysBetween;
    private readonly double minutes;

    private LineTrouble(Random chance, DateTimeOffset begin, double daysBetween, double minutes)
    {
        (this.chance, this.daysBetween, this.minutes) = (chance, daysBetween, minutes);
        Next = begin + TimeSpan.FromDays(chance.Exponential() * daysBetween);
    }

    /// <summary>When the line changes next.</summary>
    public DateTimeOffset Next { get; private set; }

    public bool IsCut { get; private set; }

    public static LineTrouble OfCentre(int seed, int number, DateTimeOffset begin) => new(DayChance.Of(seed, number, "line"), begin, 2, 8);

    public static LineTrouble OfDistrict(int seed, int district, DateTimeOffset begin) => new(DayChance.Of(seed, district, "district"), begin, 4, 15);

    public void Change()
    {
        IsCut = !IsCut;
        Next += IsCut ? TimeSpan.FromMinutes(Math.Min(chance.LogNormal(minutes, 0.7), 600)) : TimeSpan.FromDays(chance.Exponential() * daysBetween);
    }
}
