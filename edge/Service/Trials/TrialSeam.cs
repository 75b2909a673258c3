namespace MotCua.Edge.Trials;

/// <summary>What a centre needs to take configurations of the province.</summary>
/// <param name="Starting">What this start runs by.</param>
/// <param name="LocalHash">Asks for the hash of the box's own file as it stands now; null when it cannot be read.</param>
public sealed record TrialSeam(TrialBook Book, StartingConfiguration Starting, Func<string?> LocalHash);
