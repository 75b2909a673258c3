using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Alsa;
using MotCua.Edge.Devices.Speech.Proof;
using MotCua.Edge.Loop;

namespace MotCua.Edge.Assembly;

/// <summary>The hardware of a real box, through the kernel's character devices. What is not there is told as a fault of each device that needs it, and tried again.</summary>
public sealed class KernelHardware : IHardware
{
    private readonly BusOptions buses;
    private readonly BusTrouble trouble;
    private readonly GpioChip chip;
    private readonly I2cBus i2c;
    private readonly AlsaSpeaker speaker;
    private readonly TimeProvider time;

    public KernelHardware(CentreOptions options, TimeProvider time)
    {
        this.time = time;
        buses = options.Buses;
        trouble = new BusTrouble(options);
        chip = new GpioChip(buses.Gpio, time, buses.GpioFilter);
        i2c = new I2cBus(buses.I2c);
        speaker = new AlsaSpeaker(new DeviceId(CentreFold.SpeakerOutput), options.Speech.Speaker, time);
        Microphone = options.Speech.Microphone is { } ear ? new AlsaMicrophone(new DeviceId(CentreVoice.Microphone), ear) : null;
        Gpio = new ToldGpio(chip, trouble);
        I2c = new ToldI2c(i2c, trouble);
    }

    public IGpioPort Gpio { get; }

    public II2cBus I2c { get; }

    public ISpeaker Speaker => speaker;

    public IMicrophone? Microphone { get; }

    public ISpiDevice OpenSpi(int chipSelect) => new ToldSpi(new SpiDevice(buses.Spi, chipSelect, buses.SpiHertz), e => trouble.OfChipSelect(chipSelect, e));

    public IByteLine OpenPrinter(PrinterOptions wired) => PrinterLines.Open(wired, time);

    public void Dispose()
    {
        chip.Dispose();
        speaker.Dispose();
    }

    private sealed class ToldGpio(GpioChip chip, BusTrouble trouble) : IGpioPort
    {
        public IGpioInput RequestInput(InputLine line) => Told(() => chip.RequestInput(line), e => trouble.OfLine(line.Offset, e));

        public IGpioOutput RequestOutput(OutputLine line) => Told(() => chip.RequestOutput(line), e => trouble.OfLine(line.Offset, e));

        public IGpioOpenDrain RequestOpenDrain(OpenDrainLine line) => Told(() => chip.RequestOpenDrain(line), e => trouble.OfLine(line.Offset, e));
    }

    private sealed class ToldI2c(I2cBus bus, BusTrouble trouble) : II2cBus
    {
        public II2cDevice Open(int address) => new Chip(bus.Open(address), e => trouble.OfAddress(address, e));

        private sealed class Chip(II2cDevice chip, Func<BusException, IOException> explain) : II2cDevice
        {
            public void Write(ReadOnlySpan<byte> bytes)
            {
                try
                {
                    chip.Write(bytes);
                }
                catch (BusException e)
                {
                    throw explain(e);
                }
            }

            public void WriteRead(ReadOnlySpan<byte> bytes, Span<byte> answer)
            {
                try
                {
                    chip.WriteRead(bytes, answer);
                }
                catch (BusException e)
                {
                    throw explain(e);
                }
            }

            public void Dispose() => chip.Dispose();
        }
    }

    private sealed class ToldSpi(SpiDevice chip, Func<BusException, IOException> explain) : ISpiDevice
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            try
            {
                chip.Write(bytes);
            }
            catch (BusException e)
            {
                throw explain(e);
            }
        }

        public void Dispose() => chip.Dispose();
    }

    private static T Told<T>(Func<T> work, Func<BusException, IOException> explain)
    {
        try
        {
            return work();
        }
        catch (BusException e)
        {
            throw explain(e);
        }
    }
}
