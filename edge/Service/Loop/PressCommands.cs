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

    // Long enough to be read beside the key, and gone before the next citizen wonders. At most one a button.
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<DeviceId, (string Why, long At)> refusals = new();

    /// <summary>Why the newest press of the button did nothing, for ten seconds after it; otherwise null. Any thread.</summary>
    public string? RefusalOf(DeviceId button) => refusals.TryGetValue(button, out var refusal) && time.GetElapsedTime(refusal.At) < Told ? refusal.Why : null;

    public void Pressed(ButtonPress press)
    {
        var button = byId[press.Button];
        var command = CommandOf(button);
        if (loop.TrySubmit(command, out var answer))
        {
            _ = answer.ContinueWith(done => Note(press.Button, done.Result), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        else
        {
            Tell(press.Button, "Máy đang bận nên lần bấm này không tính; vui lòng bấm lại.");
            LogDropped(press.Button.Value);
            dropped(press.Button.Value);
        }
    }

    private QueueCommand CommandOf(Configuration.ButtonOptions button)
    {
        var press = button.Press;
        return press.Action switch
        {
            PressAction.Ticket => new IssueTicket(press.Service!.Value, identity.NewToken(), string.Create(CultureInfo.InvariantCulture, $"button:{button.Id}"), press.Priority),
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
                Tell(button, refused.Reason);
                LogRefused(button.Value, refused.Reason);
                break;
            case Outcome.NotDurable failed:
                Tell(button, failed.Reason);
                LogNotDurable(button.Value, failed.Reason);
                break;
            default:
                refusals.TryRemove(button, out _);
                break;
        }
    }

    private void Tell(DeviceId button, string why) => refusals[button] = (why, time.GetTimestamp());

    [LoggerMessage(2001, LogLevel.Warning, "Button {Button} was pressed while the command queue was full; the press was dropped, nothing else is affected")]
    private partial void LogDropped(string button);

    [LoggerMessage(2002, LogLevel.Information, "Button {Button}: {Reason}")]
    private partial void LogRefused(string button, string reason);

    [LoggerMessage(2003, LogLevel.Error, "Button {Button}: {Reason} No number was given")]
    private partial void LogNotDurable(string button, string reason);
}
