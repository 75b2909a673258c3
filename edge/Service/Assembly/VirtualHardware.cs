using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Cameras.Recording;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Devices.Virtual.Camera;
using MotCua.Edge.Devices.Virtual.Printer;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Assembly;

/// <summary>A whole box simulated at the wire: the chips of the configuration hang on virtual buses, and their glass can be read.</summary>
public sealed class VirtualHardware : IHardware
{
    private readonly VirtualSpiBus spi;
    private readonly VirtualCameras films;

    /// <param name="card">The machine's sound card; null where there is none, and the lab page plays the sounds.</param>
    public VirtualHardware(CentreOptions options, TimeProvider time, Random random, ISpeaker? card = null)
    {
        Pins = new VirtualGpioPort(time, random);
        Bus = new VirtualI2cBus(time);
        spi = new VirtualSpiBus(time);
        films = new VirtualCameras(time);
        Loudspeaker = new VirtualSpeaker(new DeviceId(CentreFold.SpeakerOutput), time);
        Speaker = card is null ? Loudspeaker : new AudibleSpeaker(Loudspeaker, card);
        Ear = !options.Speech.HasMicrophone ? null : new VirtualMicrophone(new DeviceId(CentreVoice.Microphone), Loudspeaker, time, random);
        foreach (var board in options.Boards)
        {
            Boards.Add(board.Id, Plug(board));
        }

        foreach (var expander in options.Expanders)
        {
            // A source of bounces of its own: the chip uses it under its own lock.
            var chip = new VirtualMcp23017(time, new Random(random.Next()));
            chip.InterruptPulls += low => Pins.Stick(expander.Interrupt, low);
            Expanders.Add(expander.Id, (chip, Bus.Attach(expander.Address, chip)));
        }

        foreach (var (camera, _) in options.Cameras)
        {
            // One that listens to calls stands in the same room as the loudspeaker.
            Cameras.Add(camera.Id, new VirtualCamera(Cameras.Count + 1) { Ear = camera.Id == options.Speech.MicrophoneCamera ? Ear : null });
        }

        // The only words that a simulated one speaks; one of another kind is a real one at its address.
        foreach (var recorder in options.Recorders.Select(entry => entry.Recorder).Where(one => one.Kind == RecorderKind.Isapi))
        {
            Recorders.Add(recorder.Id, new VirtualRecorder(recorder.Cameras.DistinctBy(kept => kept.Channel).ToDictionary(kept => kept.Channel, kept => Cameras[kept.Camera.Id], StringComparer.Ordinal), time));
        }

        if (options.Clock == ClockSource.Ds3231)
        {
            var chip = new VirtualDs3231(time);
            Clock = (chip, Bus.Attach(CentreFile.ClockAddress, chip));
        }

        Printer = options.Printer is { } printer ? new VirtualPrinter(printer.Dots, time) : null;
        if (options.Climate is { } wired)
        {
            var sensor = new VirtualSht3x();
            Climate = (sensor, Bus.Attach(wired.Address, sensor));
        }
    }

    /// <summary>The room's sensor; null when the centre has none.</summary>
    public (VirtualSht3x Chip, I2cSocket Socket)? Climate { get; }

    /// <summary>The ticket printer; null when the centre has none.</summary>
    public VirtualPrinter? Printer { get; }

    /// <summary>The clock chip; null when the centre has none.</summary>
    public (VirtualDs3231 Chip, I2cSocket Socket)? Clock { get; }

    public VirtualGpioPort Pins { get; }

    public VirtualI2cBus Bus { get; }

    public VirtualSpeaker Loudspeaker { get; }

    /// <summary>Hears the loudspeaker; null when the centre has none.</summary>
    public VirtualMicrophone? Ear { get; }

    /// <summary>Every board of the centre.</summary>
    public Dictionary<DeviceId, VirtualBoard> Boards { get; } = [];

    public Dictionary<DeviceId, (VirtualHd44780 Chip, I2cSocket Socket)> Lcds { get; } = [];

    public Dictionary<DeviceId, (VirtualMax7219 Chip, SpiSocket Socket)> Signs { get; } = [];

    public Dictionary<DeviceId, (VirtualMcp23017 Chip, I2cSocket Socket)> Expanders { get; } = [];

    /// <summary>Every camera of the centre, in a drawn hall.</summary>
    public Dictionary<DeviceId, VirtualCamera> Cameras { get; } = [];

    /// <summary>Every simulated recorder of the centre.</summary>
    public Dictionary<DeviceId, VirtualRecorder> Recorders { get; } = [];

    public IGpioPort Gpio => Pins;

    public II2cBus I2c => Bus;

    public ISpeaker Speaker { get; }

    public IMicrophone? Microphone => Ear;

    public ISpiDevice OpenSpi(int chipSelect) => spi.Open(chipSelect);

    public IByteLine OpenPrinter(PrinterOptions wired) => Printer!;

    public Uri CameraAddress(DeviceId camera, Uri wired) => films.Serve(wired, Cameras[camera]);

    public Uri RecorderAddress(DeviceId recorder, Uri wired) => Recorders.TryGetValue(recorder, out var simulated) ? simulated.Serve() : wired;

    /// <summary>A finger presses a button, wherever its contact is wired.</summary>
    public void Press(WiredLine line, TimeSpan hold)
    {
        if (line.Expander is { } expander)
        {
            Expanders[expander].Chip.Press(line.Offset, hold);
        }
        else
        {
            Pins.Press(line.Offset, hold);
        }
    }

    /// <summary>The finger lets a button go.</summary>
    public void Release(WiredLine line)
    {
        if (!IsDown(line, Pins.Lines))
        {
            return;
        }

        if (line.Expander is { } expander)
        {
            Expanders[expander].Chip.Release(line.Offset);
        }
        else
        {
            Pins.Release(line.Offset);
        }
    }

    /// <summary>A contact welds together, or comes free again.</summary>
    public void Stick(WiredLine line, bool stuck)
    {
        if (line.Expander is { } expander)
        {
            Expanders[expander].Chip.Stick(line.Offset, stuck);
        }
        else
        {
            Pins.Stick(line.Offset, stuck);
        }
    }

    /// <param name="lines">Those of the box, read once for all buttons.</param>
    /// <returns>Whether a contact is closed.</returns>
    public bool IsDown(WiredLine line, IReadOnlyList<VirtualLineState> lines) =>
        line.Expander is { } expander ? (Expanders[expander].Chip.Closed >> line.Offset & 1) != 0 : lines[line.Offset].Active;

    /// <param name="lines">Those of the box, read once for all lamps.</param>
    public bool IsLit(WiredLine line, IReadOnlyList<VirtualLineState> lines) =>
        line.Expander is { } expander
            ? !Expanders[expander].Socket.Unplugged && (Expanders[expander].Chip.Driven >> line.Offset & 1) != 0
            : lines[line.Offset] is { IsOutput: true, Active: true };

    public void Dispose()
    {
        films.Dispose();
        foreach (var recorder in Recorders.Values)
        {
            recorder.Dispose();
        }
    }

    private VirtualBoard Plug(BoardOptions board)
    {
        switch (board.Chip)
        {
            case BoardChip.Hd44780:
                var lcd = new VirtualHd44780();
                var backpack = Bus.Attach(board.Address, new VirtualPcf8574(lcd));
                Lcds.Add(board.Id, (lcd, backpack));
                return VirtualBoard.Of(board, lcd, backpack);
            case BoardChip.Max7219:
                var sign = new VirtualMax7219();
                var cable = spi.Attach(board.Address, sign);
                Signs.Add(board.Id, (sign, cable));
                return VirtualBoard.Of(board, sign, cable);
            case BoardChip.Max7219Matrix:
                var wall = new VirtualMax7219Chain(board.Columns, board.Rows);
                return VirtualBoard.Of(board, wall, spi.Attach(board.Address, wall));
            case BoardChip.Ht16k33:
                var digits = new VirtualHt16k33(board.Digits);
                return VirtualBoard.Of(board, digits, Bus.Attach(board.Address, digits));
            case BoardChip.Tm1637:
                var small = new VirtualTm1637(board.Digits, board.CrossWired);
                Pins.Attach(board.Address, board.DataLine, small);
                return VirtualBoard.Of(board, small);
            default:
                var oled = new VirtualSsd1306();
                return VirtualBoard.Of(board, oled, Bus.Attach(board.Address, oled));
        }
    }
}
