namespace MotCua.Edge.Queue;

/// <summary>Every refusal of the queue: a stable code for programs, and a reason that a clerk or citizen understands.</summary>
public static class Refusals
{
    public static Refused UnknownService { get; } = new("unknown-service", "Trung tâm không có lĩnh vực này.");

    public static Refused TooManyWaiting { get; } = new("too-many-waiting", "Quá đông người chờ; vui lòng đến bàn hướng dẫn.");

    public static Refused NobodyWaiting { get; } = new("nobody-waiting", "Không còn công dân nào đang chờ.");

    public static Refused UnknownCounter(CounterId counter) => new("unknown-counter", $"Trung tâm không có quầy {counter}.");

    public static Refused CounterEmpty(CounterId counter) => new("counter-empty", $"Quầy {counter} không có lượt nào đang phục vụ.");
}
