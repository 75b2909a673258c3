using System.Device.Gpio;

namespace MotCua.Edge.Devices.Buses.DotNetIot;

/// <summary>GPIO lines over System.Device.Gpio. Compiled with <c>-p:UseNuGetDrivers=true</c> only.</summary>
/// <remarks>
/// The library gives neither the kernel's timestamps nor its debounce, so edges are stamped on arrival: under load a press looks as long as it took us to
/// hear of it, never shorter than a bounce. It does not pass on who holds a line, and it gives one line to two without a word; here the second is refused.
/// A driver whose own thread dies tells nobody: the buttons' cross-check of the level finds that.
/// </remarks>
public sealed class DotNetIotGpioPort : IGpioPort, IDisposable
{
    private readonly Lock gate = new();
    private readonly Func<GpioController> open;
    private readonly TimeProvider time;
    private readonly string name;
    private GpioController? controller;
    private bool disposed;

    /// <param name="open">Opens the chip, at the first request: a machine without one must not keep the rest from starting. The port disposes of it.</param>
    /// <param name="name">For messages, such as <c>gpiochip0</c>.</param>
    public DotNetIotGpioPort(Func<GpioController> open, TimeProvider time, string name = "gpiochip0")
    {
        ArgumentNullException.ThrowIfNull(open);
        (this.open, this.time, this.name) = (open, time, name);
    }

    /// <inheritdoc/>
    public IGpioInput RequestInput(InputLine line)
    {
        var mode = line.Bias switch { LineBias.PullUp => PinMode.InputPullUp, LineBias.PullDown => PinMode.InputPullDown, _ => PinMode.Input };
        return Request(line.Offset, chip =>
        {
            chip.OpenPin(line.Offset, mode);
            return new DotNetIotInput(chip, line, time, Place(line.Offset));
        });
    }

    /// <inheritdoc/>
    public IGpioOutput RequestOutput(OutputLine line) => Request(line.Offset, chip =>
    {
        chip.OpenPin(line.Offset, PinMode.Output, line.InitiallyActive != line.ActiveLow);
        return new DotNetIotOutput(chip, line, Place(line.Offset));
    });

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            controller?.Dispose();
            controller = null;
        }
    }

    private T Request<T>(int offset, Func<GpioController, T> request)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            GpioController chip;
            try
            {
                chip = controller ??= open();
                if (chip.IsPinOpen(offset))
                {
                    throw new IOException("Device or resource busy");
                }
            }
            catch (Exception e) when (DriverFailures.Explains(e))
            {
                throw DriverFailures.At(Place(offset), e);
            }

            try
            {
                return request(chip);
            }
            catch (Exception e) when (DriverFailures.Explains(e))
            {
                Close(chip, offset);
                throw DriverFailures.At(Place(offset), e);
            }
        }
    }

    private string Place(int offset) => $"{name}, line {offset}";

    /// <summary>Gives a line back, also one that was not wholly opened or whose chip is gone.</summary>
    internal static void Close(GpioController chip, int offset)
    {
        try
        {
            if (chip.IsPinOpen(offset))
            {
                chip.ClosePin(offset);
            }
        }
        catch (Exception e) when (DriverFailures.Explains(e))
        {
            // The line went with its chip.
        }
    }
}
