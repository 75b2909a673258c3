namespace MotCua.Edge.Queue;

/// <summary>Says why a ticket is called now, in one sentence for staff; one more where it may be of an earlier day.</summary>
public static class Explanation
{
    /// <param name="at">The counter that calls.</param>
    public static string Of(QueueState state, Ticket ticket, CallGrounds grounds, CounterId at) =>
        ticket.Doubtful ? $"{Call(state, ticket, grounds, at)} Lấy số khi máy chưa biết giờ, trước lần bật máy sau cùng: có thể là số của hôm trước." : Call(state, ticket, grounds, at);

    private static string Call(QueueState state, Ticket ticket, CallGrounds grounds, CounterId at) => grounds.Kind switch
    {
        CallKind.Priority when grounds.Priority is { } group => $"Ưu tiên: {PriorityTable.LabelOf(state.Plan, group)}{Past(grounds)}.",
        CallKind.Due => $"Đã bị vượt {ticket.Overtaken} lượt nên được gọi trước{Past(grounds)}.",
        CallKind.Appointment => $"Đúng lịch hẹn lúc {BusinessDate.Local(ticket.Slot!.Value):HH:mm}{Past(grounds)}.",
        CallKind.Returned => $"Quay lại hàng chờ và giữ chỗ cũ{Past(grounds)}.",
        CallKind.Direct when ticket.Direct is { } to && to != at => $"Đã chuyển đến quầy {to} ({grounds.Because}), nhưng {Absent(state, to)} nên quầy khác gọi{Past(grounds)}.",
        CallKind.Direct => $"Chuyển thẳng đến quầy này: {grounds.Because}{Past(grounds)}.",
        CallKind.Chosen => $"Cán bộ chọn số: {grounds.Because}{Past(grounds)}.",
        _ => "Theo thứ tự lấy số.",
    };

    private static string Absent(QueueState state, CounterId counter) =>
        state.Plan.Counters.ContainsKey(counter) ? $"quầy {counter} tạm ngừng" : $"trung tâm không còn quầy {counter}";

    private static string Past(CallGrounds grounds) => grounds.Passed == 0 ? "" : $", vượt {grounds.Passed} lượt";
}
