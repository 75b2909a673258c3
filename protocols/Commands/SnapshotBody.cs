using MotCua.Protocols.Snapshots;

namespace MotCua.Protocols.Commands;

/// <summary>Body of <c>snapshot</c>: one picture of one camera. The centre writes all of it into its journal before it takes the picture; who asked, and in which words, stays at the province.</summary>
/// <param name="Camera">Device name of the camera.</param>
/// <param name="Reason">One of <see cref="SnapshotReason.OfCommands"/>.</param>
/// <param name="Role">One of <see cref="SnapshotRole.All"/>.</param>
/// <param name="TtlMinutes">How long the picture may be kept, 1 minute to 7 days; a day unless told.</param>
/// <param name="Blur">Nobody shall be known on it.</param>
public sealed record SnapshotBody(string Camera, string Reason, string Role, int TtlMinutes = SnapshotBody.UsualTtlMinutes, bool Blur = true)
{
    public const int UsualTtlMinutes = 24 * 60;

    public const int MostTtlMinutes = 7 * 24 * 60;

    /// <summary>What is wrong with it, Vietnamese; null when nothing. Whether the centre has the camera is the centre's question.</summary>
    public string? Problem() => this switch
    {
        _ when Camera.Length is 0 or > 64 || Camera.Any(char.IsControl) => "Chụp ảnh: camera là tên thiết bị của một camera.",
        _ when !SnapshotReason.OfCommands.Contains(Reason, StringComparer.Ordinal) => $"Chụp ảnh: reason là {string.Join(", ", SnapshotReason.OfCommands)}.",
        _ when !SnapshotRole.All.Contains(Role, StringComparer.Ordinal) => $"Chụp ảnh: role là {string.Join(", ", SnapshotRole.All)}.",
        _ when TtlMinutes is < 1 or > MostTtlMinutes => $"Chụp ảnh: ttlMinutes từ 1 đến {MostTtlMinutes} (7 ngày).",
        _ => null,
    };
}
