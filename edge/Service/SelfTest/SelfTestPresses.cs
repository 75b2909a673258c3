using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.SelfTest;

/// <summary>Where presses go: to the queue, save the one button that a test waits for, and buttons that start a test.</summary>
/// <remarks>A citizen may press the very button that the test waits for, with its lamp lit: so what citizens press reaches the queue all the same, and the tester gets a ticket too.</remarks>
public sealed class SelfTestPresses(IEnumerable<Configuration.ButtonOptions> buttons, IButtonSink queue) : IButtonSink
{
    private readonly HashSet<(DeviceId, PressKind)> starters =
    [
        .. buttons.Where(button => button.Press.Action == PressAction.SelfTest).Select(button => (button.Id, PressKind.Press)),
        .. buttons.Where(button => button.Hold.Action == PressAction.SelfTest).Select(button => (button.Id, PressKind.Hold)),
    ];

    private readonly HashSet<(DeviceId, PressKind)> citizens =
    [
        .. buttons.Where(button => IsForCitizens(button.Press.Action)).Select(button => (button.Id, PressKind.Press)),
        .. buttons.Where(button => IsForCitizens(button.Hold.Action)).Select(button => (button.Id, PressKind.Hold)),
    ];

    private Waited? waited;

    /// <summary>A button asks for a test. Set once, before the loops run.</summary>
    public Action<DeviceId> Start { get; set; } = _ => { };

    /// <summary>The button that was waited for was pressed.</summary>
    public bool IsPressed => Volatile.Read(ref waited) is { Pressed: true };

    /// <summary>A button whose press a test never swallows.</summary>
    public static bool IsForCitizens(PressAction action) => action is PressAction.Ticket or PressAction.Help;

    /// <summary>From now on the next presses of this button belong to the test; null: to nobody but the queue.</summary>
    public void WaitFor(DeviceId? button) => Volatile.Write(ref waited, button is { } one ? new Waited(one) : null);

    public void Pressed(ButtonPress press)
    {
        if (Volatile.Read(ref waited) is { } test && test.Button == press.Button)
        {
            test.Pressed = true;
            if (citizens.Contains((press.Button, press.Kind)))
            {
                queue.Pressed(press);
            }
        }
        else if (starters.Contains((press.Button, press.Kind)))
        {
            Start(press.Button);
        }
        else
        {
            queue.Pressed(press);
        }
    }

    private sealed class Waited(DeviceId button)
    {
        private volatile bool pressed;

        public DeviceId Button => button;

        public bool Pressed
        {
            get => pressed;
            set => pressed = value;
        }
    }
}
