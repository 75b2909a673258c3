using MotCua.Edge.Journal;
using MotCua.Edge.Queue;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Loop;

/// <summary>Folds journal events into the centre's state; live events and replayed ones go through the same function.</summary>
public sealed class CentreFold(QueuePlan plan) : IJournalFold
{
    public CentreState State { get; private set; } = CentreState.Empty(plan);

    public static CentreState Apply(CentreState state, EventHeader header, EventData data)
    {
        var (seq, at) = (header.Seq, header.Time);
        if (data is EdgeStarted && header.Boot != state.Queue.Boot.Boot && !state.Queue.Boot.GoesOn)
        {
            state = state with { BootBeginsAt = seq };
        }

        // A night or a flicker: where nobody knows how long the box was off, every wait goes on where it stood.
        if (data is EdgeStarted && state.Clock?.UnknownUntil(header) is { } off)
        {
            state = Moved(state with { Queue = QueueFold.Apply(state.Queue, new Queue.ClockCorrected(off, at)) }, off);
        }

        state = state with { Clock = ClockMark.Of(header) };

        if (WireMap.ToQueue(header, data) is { } moved)
        {
            state = state with { Queue = QueueFold.Apply(state.Queue, moved) };
        }

        return data switch
        {
            Protocols.Events.TicketCalled e => AddCall(state, new RecentCall(seq, TicketNumber.Parse(e.Number), new CounterId(e.Counter), 1, at, Spoken: false)),
            Protocols.Events.TicketRecalled e => AddCall(state, new RecentCall(seq, TicketNumber.Parse(e.Number), new CounterId(e.Counter), e.Call, at, Spoken: false)),
            Protocols.Events.ClockCorrected e => Moved(state, WireMap.StepOf(e)),
            CallDelivered { Output: SpeakerOutput } e => state with { Calls = [.. state.Calls.Select(c => c.Seq == e.CallSeq ? c with { Spoken = true } : c)] },
            CommandAnswered e => state with { Commands = state.Commands.With(e, seq, at) },
            ConfigurationChanged e => state with { Configuration = state.Configuration?.Then(e) ?? ConfigurationMark.Of(e) },
            CameraSnapshot e => state with { Snapshots = SnapshotMark.With(state.Snapshots, e, at) },
            ButtonsCounted e => state with { Buttons = CentreState.ByName(e.Buttons) },
            DeviceChanged e => state with { Devices = state.Devices.SetItem(e.Device, new DeviceCondition(e.State, e.Fault, e.Detail, at)) },
            // Calls of another journal are numbered from 1 again.
            JournalOpened => state with { Calls = [], DayBeginsAt = 0, BootBeginsAt = 0, FiguresBeginAt = 0, Commands = state.Commands.InAnotherJournal() },
            Protocols.Events.DayOpened day => state with { DayBeginsAt = seq, FiguresBeginAt = day.Carries ? state.BootBeginsAt : seq },
            _ => state.Incidents.Then(data, at) is var open && !ReferenceEquals(open, state.Incidents) ? state with { Incidents = open } : state,
        };
    }

    /// <summary>Name of the output whose answer counts as spoken.</summary>
    public const string SpeakerOutput = "speaker";

    public void Reset() => State = CentreState.Empty(plan);

    public void Apply(ReadOnlySpan<byte> canonical)
    {
        var read = EventCodec.Read(canonical);
        if (read.Data is not null)
        {
            State = Apply(State, read.Header, read.Data);
        }
    }

    public void Restore(ReadOnlySpan<byte> snapshot) => State = CentreSnapshot.Read(snapshot, plan);

    public byte[] Save() => CentreSnapshot.Write(State);

    private static CentreState Moved(CentreState state, TimeSpan step) => state with
    {
        Calls = [.. state.Calls.Select(call => call with { At = call.At.Moved(step) })],
        Incidents = state.Incidents.IsEmpty ? state.Incidents : OpenIncidents.Of(state.Incidents.Values.Select(one => one with { At = one.At.Moved(step) })),
        Snapshots = [.. state.Snapshots.Select(one => one with { At = one.At.Moved(step) })],
    };

    private static CentreState AddCall(CentreState state, RecentCall call) => state with
    {
        Calls = [.. state.Calls.Length < RecentCall.Kept ? state.Calls : state.Calls.RemoveAt(0), call],
    };
}
