using MotCua.Edge.Configuration;
using MotCua.Edge.Health;
using MotCua.Edge.Loop;
using MotCua.Edge.SelfTest;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>What stands behind the buttons of a centre: the ledger of what they went through, a self-test that waits for one, the commands that they give.</summary>
internal sealed class ButtonParts
{
    /// <param name="found">What the journal knew of each button at the start.</param>
    /// <param name="hall">Reads the buttons; asked only once it stands.</param>
    public ButtonParts(CentreOptions options, IReadOnlyDictionary<string, ButtonCount> found, EdgeSeams seams, EdgeLoop loop, DeviceBook devices, Func<HallDevices> hall)
    {
        Commands = new PressCommands(
            options.Buttons, loop, seams.Identity, seams.Time, button => devices.Fault("edge", "press.dropped", button, present: true), seams.Logs.CreateLogger<PressCommands>());
        Tested = new SelfTestPresses(options.Buttons, Commands);
        Ledger = new ButtonLedger([.. options.Buttons.Select(b => b.Id)], found, Tested, () => hall().Bounces, seams.Time, counted => loop.Record(counted, light: true));
    }

    public PressCommands Commands { get; }

    public SelfTestPresses Tested { get; }

    /// <summary>Where presses go first: those of a test wear a button as well.</summary>
    public ButtonLedger Ledger { get; }
}
