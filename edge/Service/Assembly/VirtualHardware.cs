using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Assembly;

/// <summary>A whole box simulated at the wire: the chips of the configuration hang on virtual buses, and their glass can be read.</summary>
public sealed class VirtualHardware : IHardware
{
    private readonly VirtualSpiBus spi;

    /// <param name="card">The machine's sound card; null where there is none, and the lab page plays the sounds.</param>
    public VirtualHardware(CentreOptions options, TimeProvider time, Random random, ISpeaker? card = null)
    {
        Pins = new VirtualGpioPort(time, random);
        Bus = new VirtualI2cBus(time);
        spi = new VirtualSpiBus(time);
        Loudspeaker = new VirtualSpeaker(new DeviceId(CentreFold.SpeakerOutput), time);
        Speaker = card is null ? Loudspeaker : new AudibleSpeaker(Loudspeaker, card);
        Ear = options.Speech.Microphone is null ? null : new VirtualMicrophone(new DeviceId(CentreVoice.Microphone), Loudspeaker, time, random);
        foreach (var board in options.Boards)
        {
            if (board.Chip == BoardChip.Hd44780)
            {
                var lcd = new VirtualHd44780();
                Lcds.Add(board.Id, (lcd, Bus.Attach(board.Address, new VirtualPcf8574(lcd))));
            }
            else
            {
                var sign = new VirtualMax7219();
                Signs.Add(board.Id, (sign, spi.Attach(board.Address, sign)));
            }
        }

        if (options.Climate is { } wired)
        {
            var sensor = new VirtualSht3x();
            Climate = (sensor, Bus.Attach(wired.Address, sensor));
        }
    }

    /// <summary>The room's sensor; null when the centre has none.</summary>
    public (VirtualSht3x Chip, I2cSocket Socket)? Climate { get; }

    public VirtualGpioPort Pins { get; }

    public VirtualI2cBus Bus { get; }

    public VirtualSpeaker Loudspeaker { get; }

    /// <summary>Hears the loudspeaker; null when the centre has none.</summary>
    public VirtualMicrophone? Ear { get; }

    public Dictionary<DeviceId, (VirtualHd44780 Chip, I2cSocket Socket)> Lcds { get; } = [];

    public Dictionary<DeviceId, (VirtualMax7219 Chip, SpiSocket Socket)> Signs { get; } = [];

    public IGpioPort Gpio => Pins;

    public II2cBus I2c => Bus;

    public ISpeaker Speaker { get; }

    public IMicrophone? Microphone => Ear;

    public ISpiDevice OpenSpi(int chipSelect) => spi.Open(chipSelect);

    public void Dispose()
    {
    }
}
