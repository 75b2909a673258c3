using System.Text.Json;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Commands;

namespace MotCua.Edge.Commands;

/// <summary><c>appointments</c>: the centre's bookings of a stretch of time become those of the list. Each goes through the queue's own rules, as if a clerk had booked it.</summary>
internal sealed class AppointmentsKind(EdgeLoop loop, DayStatistics day) : ICommandKind
{
    private const int MostNamed = 5;

    private readonly Dictionary<CommandId, Work> begun = [];

    public string Name => CommandKinds.Appointments;

    public string? Check(JsonElement body) => CommandKinds.TryRead<AppointmentsBody>(body, out var reason) is { } list ? list.Problem() : $"Nội dung lệnh lịch hẹn không đúng: {reason}";

    public string? Begin(CommandId id, JsonElement body)
    {
        if (CommandKinds.TryRead<AppointmentsBody>(body, out var reason) is not { } list)
        {
            return reason;
        }

        var work = new Work();
        var held = loop.Durable.State.Queue.Appointments;
        var here = day.AppointmentsKept();
        var wanted = list.Appointments.ToDictionary(one => new AppointmentId(one.Id));
        foreach (var (old, booked) in held.Where(one => one.Value.Slot >= list.From && one.Value.Slot < list.To && !wanted.ContainsKey(one.Key)))
        {
            work.Cancelled.Add((old, Submit(new CancelAppointment(old))));
        }

        foreach (var (wish, slot) in wanted)
        {
            var now = new Appointment(new ServiceCode(slot.Service), slot.Slot);
            if (held.GetValueOrDefault(wish) == now || here.Contains(wish.Value))
            {
                // Who is here already has a ticket; booked anew, the same slot would give a second one.
                work.Kept++;
                continue;
            }

            // The loop takes them in this order. A booking that is refused leaves the old one cancelled: the province says that it holds no longer.
            var before = held.ContainsKey(wish) ? Submit(new CancelAppointment(wish)) : null;
            (before is null ? work.Booked : work.Changed).Add((wish, Submit(new BookAppointment(wish, now.Service, now.Slot))));
        }

        // Kept until then, since the journal may take the answer only the second time.
        foreach (var over in begun.Where(one => one.Value.All.All(two => two.Answer.IsCompleted)).Take(Math.Max(0, begun.Count - CommandJudge.MostOpen)).ToList())
        {
            begun.Remove(over.Key);
        }

        begun[id] = work;
        return null;
    }

    public CommandProgress Look(CommandId id)
    {
        if (!begun.TryGetValue(id, out var work))
        {
            return CommandProgress.Interrupted with { Reason = "Máy tại trung tâm khởi động lại trong lúc ghi lịch hẹn; gửi lại danh sách." };
        }

        var all = work.All.ToList();
        var done = all.Count(one => one.Answer.IsCompleted);
        if (done < all.Count)
        {
            return new CommandProgress(CommandState.Running, "Đang ghi lịch hẹn.", done, all.Count);
        }

        var lacking = all.Select(one => (one.Id, Why: WhyNot(one.Answer))).Where(one => one.Why is not null).ToList();
        var summary = $"Lịch hẹn: {Good(work.Booked)} mới, {Good(work.Changed)} đổi, {Good(work.Cancelled)} hủy, {work.Kept} giữ nguyên.";
        return lacking.Count == 0 ? new CommandProgress(CommandState.Done, summary) : new CommandProgress(
            CommandState.Failed,
            $"{summary} Không nhận {lacking.Count}: {string.Join("; ", lacking.Take(MostNamed).Select(one => $"{one.Id} ({one.Why!.TrimEnd('.')})"))}{(lacking.Count > MostNamed ? " …" : ".")}");
    }

    private Task<Outcome> Submit(QueueCommand command) => loop.TrySubmit(command, out var answer) ? answer
        : Task.FromResult<Outcome>(new Outcome.NotDurable("Máy đang bận; gửi lại."));

    private static int Good(List<(AppointmentId Id, Task<Outcome> Answer)> answers) => answers.Count(one => WhyNot(one.Answer) is null);

    private static string? WhyNot(Task<Outcome> answer) => answer switch
    {
        { IsCompletedSuccessfully: false } => "lỗi phần mềm",
        { Result: Outcome.Refused refused } => refused.Reason,
        { Result: Outcome.NotDurable failed } => failed.Reason,
        _ => null,
    };

    private sealed class Work
    {
        public List<(AppointmentId Id, Task<Outcome> Answer)> Booked { get; } = [];

        public List<(AppointmentId Id, Task<Outcome> Answer)> Changed { get; } = [];

        public List<(AppointmentId Id, Task<Outcome> Answer)> Cancelled { get; } = [];

        public int Kept { get; set; }

        public IEnumerable<(AppointmentId Id, Task<Outcome> Answer)> All => [.. Cancelled, .. Changed, .. Booked];
    }
}
