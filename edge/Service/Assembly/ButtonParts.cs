using System.Collections.Immutable;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Health;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>The buttons of a centre: the panel that reads them, the commands that they give, and the ledger of what they went through.</summary>
public sealed class ButtonParts : IDisposable
{
    /// <summary>Who holds the GPIO lines, for tools that list them.</summary>
    private const string Consumer = "motcua-edge";

    internal ButtonParts(CentreOptions options, IReadOnlyDictionary<string, ButtonCount> found, EdgeSeams seams, EdgeLoop loop, DeviceBook devices)
    {
        Commands = new PressCommands(
            options.Buttons, loop, seams.Identity, seams.Time, button => devices.Fault("edge", "press.dropped", button, present: true), seams.Logs.CreateLogger<PressCommands>());
        Ledger = new ButtonLedger([.. options.Buttons.Select(b => b.Id)], found, Commands, () => Panel!.Bounces(), seams.Time, counted => loop.Record(counted, light: true));
        Panel = new ButtonPanel("buttons", seams.Hardware.Gpio, options.Buttons.Select(Wire), seams.Time, Ledger, devices);
    }

    public ButtonPanel Panel { get; }

    public PressCommands Commands { get; }

    public ButtonLedger Ledger { get; }

    public ImmutableArray<ISteppedLoop> Loops => [Panel, Ledger];

    public void Dispose() => Panel.Dispose();

    private static ButtonWiring Wire(Configuration.ButtonOptions button) => new(
        button.Id, new InputLine(button.Line, LineBias.PullUp, ActiveLow: true, Consumer),
        button.Lamp is { } lamp ? new OutputLine(lamp, ActiveLow: false, InitiallyActive: false, Consumer) : null, button.HoldAfter);
}
