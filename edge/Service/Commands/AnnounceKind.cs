using System.Text.Json;
using MotCua.Edge.Announcing;
using MotCua.Protocols.Commands;

namespace MotCua.Edge.Commands;

/// <summary><c>announce</c>: a text of the province, said as a clerk's is, and taken back by the clerk like one.</summary>
internal sealed class AnnounceKind(CentreTexts texts) : ICommandKind
{
    public string Name => CommandKinds.Announce;

    public string? Check(JsonElement body) => CommandKinds.TryRead<AnnounceBody>(body, out var reason) is { } wish
        ? texts.Check(wish.Text, guidance: null, wish.At)?.Reason
        : $"Nội dung lệnh phát loa không đúng: {reason}";

    public string? Begin(CommandId id, JsonElement body) => CommandKinds.TryRead<AnnounceBody>(body, out var reason) is { } wish
        ? texts.Add(wish.Text, guidance: null, wish.At, TextOf(id)) is TextOutcome.Refused refused ? refused.Reason : null
        : reason;

    // A scheduled text outlives a restart by itself; one that was said or waited in that moment does not.
    public CommandProgress Look(CommandId id) => texts.All.FirstOrDefault(text => text.Id == TextOf(id)) is not { } text ? CommandProgress.Interrupted : text.State switch
    {
        "scheduled" => new(CommandState.Running, "Đang chờ đến giờ hẹn."),
        "waiting" => new(CommandState.Running, "Đang chờ loa hoặc đang đọc."),
        "done" => new(CommandState.Done, "Loa đã đọc xong."),
        "muted" => new(CommandState.Failed, "Đang trong giờ im lặng nên loa không đọc."),
        "expired" => new(CommandState.Failed, "Đã quá giờ nên loa không đọc."),
        "cancelled" => new(CommandState.Failed, "Cán bộ tại trung tâm đã dừng thông báo."),
        _ => new(CommandState.Failed, "Loa không đọc được; xem lỗi của loa."),
    };

    private static string TextOf(CommandId id) => $"tinh-{id}";
}
