using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Loop;

/// <summary>Turns presses into commands.</summary>
/// <param name="dropped">Told the button whose press found the command queue full.</param>
public sealed partial class PressCommands(IEnumerable<Configuration.ButtonOptions> buttons, EdgeLoop loop, EdgeIdentity identity, TimeProvider time, Action<string> dropped, ILogger<PressCommands> log) : IButtonSink
{
    private readonly FrozenDictionary<DeviceId, Configuration.ButtonOptions> byId = buttons.ToFrozenDictionary(button => button.Id);

    // Long enough to be read beside the key, and gone before the next citizen wonders.
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(10);

    private static readonly Task<Outcome> Busy = Task.FromResult<Outcome>(new Outcome.NotDurable("Máy đang bận nên lần bấm này không tính; vui lòng bấm lại."));

    // The newest press of each button.
    private readonly ConcurrentDictionary<DeviceId, (Task<Outcome> Answer, long At)> presses = new();

    /// <summary>Why the newest press of the button did nothing, for ten seconds after it; otherwise null. Any thread.</summary>
    public string? RefusalOf(DeviceId button) => presses.TryGetValue(button, out var press) && press.Answer.IsCompletedSuccessfully && time.GetElapsedTime(press.At) < Told
        ? press.Answer.Result switch
        {
            Outcome.Refused refused => refused.Reason,
            Outcome.NotDurable failed => failed.Reason,
            _ => null,
        }
        : null;

    public void Pressed(ButtonPress press)
    {
        var button = byId[press.Button];
        var asked = press.Kind == PressKind.Hold ? button.Hold : button.Press;
        if (asked.Action == PressAction.None)
        {
            return; // Touched, and meant to be held, or the other way round.
        }

        var command = CommandOf(button, asked);
        var taken = loop.TrySubmit(command, out var answer);
        presses[press.Button] = (taken ? answer : Busy, time.GetTimestamp());
        if (taken)
        {
            _ = answer.ContinueWith(done => Note(press.Button, done.Result), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        else
        {
            LogDropped(press.Button.Value);
            dropped(press.Button.Value);
        }
    }

    private QueueCommand CommandOf(Configuration.ButtonOptions button, PressSpec press)
    {
        return press.Action switch
        {
            PressAction.Ticket => new IssueTicket(press.Service!.Value, identity.NewToken(), string.Create(CultureInfo.InvariantCulture, $"button:{button.Id}"), press.Priority, press.Language),
            PressAction.Next => new CallNext(press.Counter!.Value),
            PressAction.Recall => new Recall(press.Counter!.Value),
            PressAction.Done => new FinishTicket(press.Counter!.Value),
            PressAction.Serve => new StartServing(press.Counter!.Value),
            PressAction.Missed => new MarkMissed(press.Counter!.Value),
            PressAction.Free => new FreeCounter(press.Counter!.Value),
            PressAction.Help => new RequestHelp(press.Place!.Value),
            PressAction.OpenDay => new OpenDay(),
            _ => throw new System.Diagnostics.UnreachableException(press.Action.ToString()),
        };
    }

    private void Note(DeviceId button, Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Refused refused:
                LogRefused(button.Value, refused.Reason);
                break;
            case Outcome.NotDurable failed:
                LogNotDurable(button.Value, failed.Reason);
                break;
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "Button {Button} was pressed while the command queue was full; the press was dropped, nothing else is affected")]
    private partial void LogDropped(string button);

    [LoggerMessage(2002, LogLevel.Information, "Button {Button}: {Reason}")]
    private partial void LogRefused(string button, string reason);

    [LoggerMessage(2003, LogLevel.Error, "Button {Button}: {Reason} No number was given")]
    private partial void LogNotDurable(string button, string reason);
}
