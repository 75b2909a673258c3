using System.Device.Gpio;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.DotNetIot;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Alsa;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Assembly;

/// <summary>The buses on the header of a Raspberry Pi, through System.Device.Gpio: its GPIO chip, <c>/dev/i2c-1</c> and <c>/dev/spidev0.N</c>.</summary>
/// <remarks>Nothing is opened here; what a box lacks is told by the device that asks for it, and the rest goes on.</remarks>
public sealed class DotNetIotHardware : IHardware
{
    private const int HeaderI2c = 1;
    private const int HeaderSpi = 0;

    private readonly DotNetIotGpioPort gpio;
    private readonly TimeProvider time;

    /// <param name="card">The sound card; null where none is found yet: then the loudspeaker is told as not working until there is one.</param>
    public DotNetIotHardware(SpeechOptions speech, TimeProvider time, ISpeaker? card)
    {
        this.time = time;
        gpio = new DotNetIotGpioPort(() => new GpioController(), time);
        Speaker = card ?? new AlsaSpeaker(new DeviceId(CentreFold.SpeakerOutput), speech.Speaker, time);
        Microphone = speech.Microphone is { } ear ? new AlsaMicrophone(new DeviceId(CentreVoice.Microphone), ear) : null;
    }

    public IGpioPort Gpio => gpio;

    public II2cBus I2c { get; } = DotNetIotI2cBus.OfKernel(HeaderI2c);

    public ISpeaker Speaker { get; }

    public IMicrophone? Microphone { get; }

    public ISpiDevice OpenSpi(int chipSelect) => DotNetIotSpiDevice.OfKernel(HeaderSpi, chipSelect);

    public IByteLine OpenPrinter(PrinterOptions wired) => PrinterLines.Open(wired, time);

    public void Dispose() => gpio.Dispose();
}
