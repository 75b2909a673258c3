using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Protocols.Commands;

namespace MotCua.Edge.Commands;

/// <summary>One list on its way into the queue, a step at a time: what is not in it is cancelled, what is there already stays, what moved is cancelled and, only then, booked anew.</summary>
/// <remarks>A citizen who checks in meanwhile has a ticket: the cancellation is refused, and nothing is booked in its place. Used by the desk's loop alone.</remarks>
internal sealed class AppointmentsWork(AppointmentsBody list, EdgeLoop loop, DayStatistics day)
{
    // The writer has a queue for citizens and clerks too; a list takes no more than these places of it.
    private const int AtOnce = 32;

    private readonly Queue<Step> waiting = new();
    private readonly List<(Step Step, Task<Outcome> Answer)> running = [];
    private bool begun;

    private enum Part
    {
        Cancel,
        MoveOut,
        MoveIn,
        Book,
    }

    public bool IsOver => begun && waiting.Count == 0 && running.Count == 0;

    public int Steps { get; private set; }

    public int Done { get; private set; }

    public int Booked { get; private set; }

    public int Changed { get; private set; }

    public int Cancelled { get; private set; }

    public int Kept { get; private set; }

    public List<(AppointmentId Id, string Why)> Lacking { get; } = [];

    public void Advance()
    {
        if (!begun)
        {
            begun = true;
            Plan();
        }

        foreach (var one in running.Where(one => one.Answer.IsCompleted).ToList())
        {
            running.Remove(one);
            Ended(one.Step, WhyNot(one.Answer));
        }

        while (running.Count < AtOnce && waiting.TryPeek(out var next) && loop.TrySubmit(next.Command, out var answer))
        {
            running.Add((waiting.Dequeue(), answer));
        }
    }

    private void Plan()
    {
        var held = loop.Durable.State.Queue.Appointments;
        var here = day.AppointmentsKept();
        var wanted = list.Appointments.ToDictionary(one => new AppointmentId(one.Id));
        foreach (var old in held.Where(one => one.Value.Slot >= list.From && one.Value.Slot < list.To && !wanted.ContainsKey(one.Key)))
        {
            Add(new Step(Part.Cancel, old.Key, new CancelAppointment(old.Key), null));
        }

        foreach (var (id, slot) in wanted)
        {
            var book = new BookAppointment(id, new ServiceCode(slot.Service), slot.Slot);
            if (held.GetValueOrDefault(id) == new Appointment(book.Service, book.Slot) || here.Contains(id.Value))
            {
                Kept++;
            }
            else
            {
                Add(held.ContainsKey(id) ? new Step(Part.MoveOut, id, new CancelAppointment(id), book) : new Step(Part.Book, id, book, null));
            }
        }
    }

    private void Add(Step step)
    {
        waiting.Enqueue(step);
        Steps++;
    }

    private void Ended(Step step, string? why)
    {
        Done++;
        if (why is not null)
        {
            Lacking.Add((step.Id, why));
            return;
        }

        switch (step.Part)
        {
            case Part.Cancel:
                Cancelled++;
                break;
            case Part.MoveOut:
                Add(new Step(Part.MoveIn, step.Id, step.Then!, null));
                break;
            case Part.MoveIn:
                Changed++;
                break;
            case Part.Book:
                Booked++;
                break;
        }
    }

    private static string? WhyNot(Task<Outcome> answer) => answer switch
    {
        { IsCompletedSuccessfully: false } => "lỗi phần mềm",
        { Result: Outcome.Refused refused } => refused.Reason,
        { Result: Outcome.NotDurable failed } => failed.Reason,
        _ => null,
    };

    private sealed record Step(Part Part, AppointmentId Id, QueueCommand Command, QueueCommand? Then);
}
