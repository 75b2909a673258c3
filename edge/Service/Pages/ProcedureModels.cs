namespace MotCua.Edge.Pages;

/// <param name="Fitting">How many fit at all.</param>
/// <param name="Procedures">The best of them.</param>
/// <param name="Known">How many the centre's list has.</param>
public sealed record ProceduresAnswer(int Fitting, IReadOnlyList<ProcedureBrief> Procedures, int Known);

/// <param name="Name">Vietnamese, as the province publishes it.</param>
/// <param name="Field">Vietnamese: "Chứng thực".</param>
public sealed record ProcedureBrief(string Code, string Name, string Field);

/// <summary>All that the sheet of a procedure says.</summary>
/// <param name="Service">The service whose ticket it wants; null where the centre gives none for it.</param>
/// <param name="ServiceName">Vietnamese.</param>
/// <param name="Papers">What to bring, a line each.</param>
/// <param name="Fee">In words.</param>
/// <param name="Days">How long it takes, in words.</param>
/// <param name="Basis">The law behind it.</param>
public sealed record ProcedureAnswer(
    string Code, string Name, string Field, string? Service, string? ServiceName, IReadOnlyList<string> Papers, string Fee, string Days, string Basis);
