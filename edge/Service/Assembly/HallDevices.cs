using System.Collections.Immutable;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Tv;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Expander;
using MotCua.Edge.Devices.Buttons;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Assembly;

/// <summary>A television as the file declares it, and what is known of its page.</summary>
internal sealed record HallTv(TvOptions Options, TvScreen Screen);

/// <summary>The boards, port expanders and buttons of a centre, as its file wires them.</summary>
/// <remarks>
/// The buttons of each chip have a loop of their own: reading an expander waits for its bus, and a bus that hangs must keep no button on the
/// box's own lines from working.
/// </remarks>
internal sealed class HallDevices : IDisposable
{
    /// <summary>Who holds the GPIO lines, for tools that list them.</summary>
    private const string Consumer = "motcua-edge";

    private readonly ImmutableArray<Mcp23017Port> expanders;
    private readonly ImmutableArray<ButtonPanel> panels;
    private readonly ImmutableArray<IDisposable> drivers;

    public HallDevices(CentreOptions options, IHardware hardware, TimeProvider time, EdgeIdentity identity, IButtonSink sink, IDeviceReports reports, IDeliveryReceipts receipts)
    {
        expanders = [.. options.Expanders.Select(one => new Mcp23017Port(one.Id, hardware.I2c.Open(one.Address), hardware.Gpio, one.Interrupt, time, reports))];
        panels =
        [
            Panel("buttons", null, hardware.Gpio),
            .. options.Expanders.Zip(expanders, (one, port) => Panel($"buttons:{one.Id}", one.Id, port)),
        ];
        var rack = new BoardRack(hardware, time, identity.Clock, new BusTrouble(options));
        var made = options.Boards.Select(board => (Driver: rack.Make(board), board.Counter)).ToList();
        Boards = [.. made.Select(board => new HallBoard(board.Driver.Id, new BoardPump(board.Driver, time, reports, receipts), board.Counter))];
        drivers = [.. made.Select(board => board.Driver).OfType<IDisposable>()];
        Tvs = [.. options.Tvs.Select(tv => new HallTv(tv, new TvScreen(tv.Id, time, reports, receipts)))];

        ButtonPanel Panel(string name, DeviceId? expander, IGpioPort port) =>
            new(name, port, options.Buttons.Where(button => button.Line.Expander == expander).Select(Wire), time, sink, reports);
    }

    public ImmutableArray<HallBoard> Boards { get; }

    public ImmutableArray<HallTv> Tvs { get; }

    /// <summary>Those of the box's own buttons first.</summary>
    public IEnumerable<ISteppedLoop> Loops => [panels[0], .. expanders, .. panels.Skip(1), .. Boards.Select(board => board.Pump), .. Tvs.Select(tv => tv.Screen)];

    /// <summary>Edges since the start that made no lasting change, for each button. Any thread.</summary>
    public IEnumerable<(DeviceId Button, long Bounces)> Bounces => panels.SelectMany(panel => panel.Bounces());

    /// <summary>The raw edges of a button, now and when its last fault began; null for a button that the centre does not have. Any thread.</summary>
    public (EdgeRecord Now, EdgeRecord? AtFault)? EdgesOf(DeviceId button) => panels.Select(panel => panel.EdgesOf(button)).FirstOrDefault(edges => edges is not null);

    /// <summary>Lights the lamp of a button for a second. From any thread.</summary>
    public void Light(DeviceId button)
    {
        foreach (var panel in panels)
        {
            panel.Light(button);
        }
    }

    /// <summary>What the province is told of a device before it reports anything: its name and kind.</summary>
    public static IEnumerable<(string Device, string Kind)> Kinds(CentreOptions options) =>
    [
        .. options.Buttons.Select(button => (button.Id.Value, "button")),
        .. options.Boards.Select(board => (board.Id.Value, BoardSection.NameOf(board.Chip))),
        .. options.Tvs.Select(tv => (tv.Id.Value, TvOptions.Kind)),
        .. options.Expanders.Select(expander => (expander.Id.Value, ExpanderOptions.Chip)),
    ];

    /// <summary>Gives lines back. The loops must have stopped.</summary>
    public void Dispose()
    {
        foreach (var part in (IEnumerable<IDisposable>)[.. panels, .. expanders, .. Boards.Select(board => board.Pump), .. drivers])
        {
            part.Dispose();
        }
    }

    private static ButtonWiring Wire(Configuration.ButtonOptions button) => new(
        button.Id, new InputLine(button.Line.Offset, LineBias.PullUp, ActiveLow: true, Consumer),
        button.Lamp is { } lamp ? new OutputLine(lamp.Offset, ActiveLow: false, InitiallyActive: false, Consumer) : null, button.HoldAfter);
}
