using System.Collections.Concurrent;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Commands;

/// <summary>Carries out what the province commands: verified, each once, written down before it is acted upon, and answered.</summary>
/// <remarks>
/// <code>
///   word ─► signature, audience, had before?, expired?, possible? ─► file of the word ─► journal: accepted ─► journal: running ─► begin … end ─► journal: done or failed
/// </code>
/// A box that goes off after "accepted" begins after its next start; one that goes off after "running" tells that nobody knows how far it came, since beginning again might do it twice.
/// One loop steps; the uplink and the writer hand in from their own threads.
/// </remarks>
public sealed class CommandDesk : ISteppedLoop, ICommitSink
{
    private const string Forged = "command.forged";
    private const string Flooded = "command.flooded";

    /// <summary>Commands that wait for somebody to know the time; the province sends again what found no room.</summary>
    private const int MostHeld = 8;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly CentreId centre;
    private readonly ProvinceKey province;
    private readonly IReadOnlyList<ICommandKind> kinds;
    private readonly EdgeLoop loop;
    private readonly CommandFiles files;
    private readonly ProvinceClock clock;
    private readonly TimeProvider time;
    private readonly CommandPost post;
    private readonly Suspicion forged;
    private readonly Suspicion flooded;
    private readonly Dictionary<string, CommandOrder> orders = new(StringComparer.Ordinal);
    private readonly List<(Command Command, ReadOnlyMemory<byte> Token)> held = [];
    private long turns;
    private readonly ConcurrentQueue<(CommandAnswered Answered, DateTimeOffset At)> durable = new();

    /// <param name="fault">Told a fault of the way in, by code, with its detail or null when it is over.</param>
    internal CommandDesk(
        CentreId centre, ProvinceKey province, IReadOnlyList<ICommandKind> kinds, EdgeLoop loop, CommandFiles files, ProvinceClock clock, TimeProvider time, Action<string, string?> fault)
    {
        (this.centre, this.province, this.kinds, this.loop, this.files, this.clock, this.time) = (centre, province, kinds, loop, files, clock, time);
        post = new CommandPost(time, Wake.Set);
        forged = new Suspicion(time, detail => fault(Forged, detail));
        flooded = new Suspicion(time, detail => fault(Flooded, detail));
        TakeUp();
    }

    public string Name => "commands";

    public WakeSignal Wake { get; } = new();

    /// <summary>Words on the topic of commands that were not the province's to this centre, since the start.</summary>
    public long Refused => forged.Count;

    internal CommandPost Post => post;

    private CommandMemory Memory => loop.Durable.State.Commands;

    /// <summary>The province has signed what it holds of the journal that is being written. From the uplink.</summary>
    internal void Acknowledged(long upTo, DateTimeOffset signedAt)
    {
        clock.Acknowledged(upTo, signedAt);
        post.Held(upTo, Memory);
        Wake.Set();
    }

    public void Accept(Committed committed)
    {
        if (clock.WantsWitness)
        {
            clock.Written(committed.Mark.Seq, EventCodec.Read(committed.Events[^1].Canonical.Span).Header.Mono);
        }

        foreach (var happened in committed.Events)
        {
            if (happened.Data is CommandAnswered answered)
            {
                durable.Enqueue((answered, happened.At));
                Wake.Set();
            }
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        while (durable.TryDequeue(out var written))
        {
            Written(written.Answered, written.At);
        }

        var (tokens, tooLong, tooMany) = post.Take();
        forged.Saw(tooLong, $"A command has at most {SignedToken.MaxBytes} bytes.");
        flooded.Saw(tooMany, "More commands than one a second.");
        tokens.ForEach(Verify);
        Retry();
        foreach (var order in orders.Values.OrderBy(order => order.Turn))
        {
            Advance(order);
        }

        forged.Cool();
        flooded.Cool();
        return ValueTask.FromResult(Rest());
    }

    // What the program before this one left open.
    private void TakeUp()
    {
        foreach (var known in Memory.Known.Values.Where(one => !one.IsOver && CommandId.IsValid(one.Id)).OrderBy(one => one.Seq))
        {
            // Verified anew: only what the province signed is carried out.
            var command = files.Load(known.Id) is { } token ? Command.TryVerify(province, centre, token, out _) : null;
            orders[known.Id] = CommandOrder.Of(known, command?.Id.Value == known.Id && command.Kind == known.Kind ? command.Body : null);
            orders[known.Id].Turn = ++turns;
        }

        files.KeepOnly(orders.Keys.ToHashSet(StringComparer.Ordinal));
    }

    private void Verify(ReadOnlyMemory<byte> token)
    {
        if (Command.TryVerify(province, centre, token.Span, out var reason) is { } command)
        {
            Judge(command, token);
        }
        else
        {
            forged.Saw(1, reason);
        }
    }

    private void Retry()
    {
        if (held.Count > 0 && clock.Now() is not null)
        {
            var again = held.ToList();
            held.Clear();
            again.ForEach(one => Judge(one.Command, one.Token));
        }
    }

    private void Judge(Command command, ReadOnlyMemory<byte> token)
    {
        var id = command.Id.Value;
        if (orders.ContainsKey(id) && !Memory.Known.ContainsKey(id))
        {
            return; // On its way into the journal; the answer follows.
        }

        switch (CommandJudge.Judge(command, Memory, orders.Count, clock.Now(), clock.IsOwn, KindOf(command.Kind)))
        {
            case CommandVerdict.Had had:
                post.Say(CommandPost.AnswerOf(had.Command));
                break;
            case CommandVerdict.NotYet when held.Count < MostHeld && held.TrueForAll(one => one.Command.Id != command.Id):
                held.Add((command, token));
                break;
            case CommandVerdict.TooMany:
                flooded.Saw(1, $"More than {CommandMemory.Most} commands that may still be sent again.");
                break;
            case CommandVerdict.Refuse { Remember: false } refused:
                post.Say(new CommandAnswer(id, CommandState.Refused, refused.Reason, time.GetUtcNow()));
                break;
            case CommandVerdict.Refuse refused:
                Open(CommandOrder.Of(command), CommandState.Refused, refused.Reason);
                break;
            case CommandVerdict.Obey:
                Obey(command, token);
                break;
        }
    }

    private void Obey(Command command, ReadOnlyMemory<byte> token)
    {
        try
        {
            files.Save(command.Id, token.Span);
        }
        catch (IOException)
        {
            return; // The journal would not take it either. The province sends it again while it lives.
        }

        Open(CommandOrder.Of(command), CommandState.Accepted, null);
    }

    private void Open(CommandOrder order, string state, string? reason)
    {
        // Without room in the journal's queue nothing has happened; the province sends it again.
        if (Write(order, state, reason))
        {
            order.Turn = ++turns;
            orders[order.Id.Value] = order;
        }
    }

    private bool Write(CommandOrder order, string state, string? reason)
    {
        var now = order.Now(state, reason);
        if (!loop.Record(now, light: false))
        {
            return false;
        }

        order.Writing = now;
        return true;
    }

    private void Written(CommandAnswered answered, DateTimeOffset at)
    {
        post.Say(new CommandAnswer(answered.Id, answered.State, answered.Reason, at));
        if (!orders.TryGetValue(answered.Id, out var order))
        {
            return;
        }

        (order.Written, order.Writing) = (answered.State, null);
        if (CommandState.IsFinal(answered.State))
        {
            orders.Remove(answered.Id);
            files.Delete(answered.Id);
        }
        else if (answered.State == CommandState.Running && Begin(order) is { } problem)
        {
            // Told by Advance, which tries again should the journal have no room.
            order.Told = new CommandProgress(CommandState.Failed, problem);
        }
    }

    private string? Begin(CommandOrder order)
    {
        try
        {
            return KindOf(order.Kind)!.Begin(order.Id, order.Body!.Value);
        }
        catch (Exception e) // One command that breaks leaves the others to be carried out; it is told as failed.
        {
            return $"Lỗi phần mềm: {e.Message}";
        }
    }

    private void Advance(CommandOrder order)
    {
        if (order.Writing is not null)
        {
            return;
        }

        switch (order)
        {
            case { Told: { State: CommandState.Failed } problem }:
                Write(order, problem.State, problem.Reason);
                break;
            case { Written: CommandState.Accepted, Body: null }:
                Write(order, CommandState.Failed, "Thẻ nhớ đã mất nội dung lệnh; gửi lại nếu còn cần.");
                break;
            case { Written: CommandState.Accepted } when KindOf(order.Kind) is null:
                Write(order, CommandState.Failed, "Phiên bản máy tại trung tâm không còn biết lệnh này.");
                break;
            case { Written: CommandState.Accepted } when clock.Now() is { } now && CommandJudge.HasExpired(order.Expires, now) is { } expired:
                _ = expired
                    ? Write(order, CommandState.Failed, "Lệnh đã hết hạn trước khi máy kịp thực hiện.")
                    : Write(order, CommandState.Running, null);
                break;
            case { Written: CommandState.Running }:
                Tell(order, KindOf(order.Kind)?.Look(order.Id) ?? CommandProgress.Interrupted);
                break;
        }
    }

    private void Tell(CommandOrder order, CommandProgress progress)
    {
        if (progress.State != CommandState.Running)
        {
            Write(order, progress.State, progress.Reason);
        }
        else if (order.Told != progress)
        {
            order.Told = progress;
            post.Say(new CommandAnswer(order.Id.Value, progress.State, CommandAnswer.Fitting(progress.Reason), time.GetUtcNow(), progress.Step, progress.Steps));
        }
    }

    private ICommandKind? KindOf(string kind) => kinds.FirstOrDefault(one => one.Name == kind);

    private TimeSpan Rest() => orders.Count + held.Count > 0 ? Pace : forged.IsRaised || flooded.IsRaised ? Suspicion.Quiet : Timeout.InfiniteTimeSpan;
}
