using System.Collections.Immutable;

namespace MotCua.Edge.Devices.Printing.Slip;

/// <summary>What a ticket tells the citizen. It names nobody and says no reason of a priority.</summary>
/// <param name="Place">The commune or ward: "Phường Việt Trì".</param>
/// <param name="Number">As called: <c>A105</c>.</param>
/// <param name="Service">Vietnamese: "Chứng thực".</param>
public sealed record TicketSlip(string Place, string Number, string Service)
{
    /// <summary>How many are called before it; null where that is not known any more.</summary>
    public int? Ahead { get; init; }

    /// <summary>Null: nothing is said of the wait.</summary>
    public SlipWait? Wait { get; init; }

    /// <summary>Null while the clock is not trusted: a wrong time is worse than none.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>A neutral mark, the same for every group.</summary>
    public bool Priority { get; init; }

    /// <summary>2 for the first print after the original.</summary>
    public int Copy { get; init; } = 1;

    /// <summary>Address of the citizen's page, as the QR code says it; null for none.</summary>
    public string? Follow { get; init; }

    /// <summary>What the citizen comes for, where that was looked up; null for a service alone.</summary>
    public string? Procedure { get; init; }

    /// <summary>Papers that the service or the procedure needs, a line each.</summary>
    public ImmutableArray<string> Checklist { get; init; } = [];

    /// <summary>Below everything, such as the notice of the cameras.</summary>
    public string? Footer { get; init; }
}

/// <summary>A forecast in whole minutes; both zero: called at once.</summary>
public readonly record struct SlipWait(int From, int To);
