using System.Collections.Immutable;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Procedures;

/// <summary>A procedure ("thủ tục hành chính") as its sheet tells it. All texts are Vietnamese.</summary>
/// <param name="Name">As the province publishes it: "Chứng thực bản sao từ bản chính…".</param>
/// <param name="Field">Its field ("lĩnh vực"): "Chứng thực".</param>
/// <param name="Service">The service whose ticket it wants; null where the centre gives none for it.</param>
/// <param name="Papers">What to bring, a line each.</param>
/// <param name="Fee">Such as "Không".</param>
/// <param name="Days">How long it takes, in words.</param>
/// <param name="Basis">The law behind it.</param>
/// <param name="Words">What people call it besides: "sao y", "công chứng".</param>
public sealed record Procedure(
    ProcedureCode Code, string Name, string Field, ServiceCode? Service, ImmutableArray<string> Papers, string Fee, string Days, string Basis, ImmutableArray<string> Words);
