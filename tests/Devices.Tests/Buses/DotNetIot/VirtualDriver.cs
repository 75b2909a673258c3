using System.Device.Gpio;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Devices.Tests.Buses.DotNetIot;

/// <summary>A driver for System.Device.Gpio whose pins are lines of the virtual chip: levels as on the wire, callbacks as the library's own drivers make them.</summary>
internal sealed class VirtualDriver(VirtualGpioPort wires) : GpioDriver
{
    private readonly Dictionary<int, (PinMode Mode, IGpioInput? Input, IGpioOutput? Output)> pins = [];
    private readonly Dictionary<int, (IGpioInput Input, Action OnQueued)> listening = [];

    protected override int PinCount => wires.Lines.Count;

    protected override void OpenPin(int pinNumber)
    {
        if (pinNumber < 0 || pinNumber >= wires.Lines.Count)
        {
            throw new ArgumentException($"Pin {pinNumber} is not available", nameof(pinNumber));
        }

        pins[pinNumber] = (PinMode.Input, null, null);
    }

    protected override void ClosePin(int pinNumber)
    {
        pins[pinNumber].Input?.Dispose();
        pins[pinNumber].Output?.Dispose();
        pins.Remove(pinNumber);
    }

    protected override void SetPinMode(int pinNumber, PinMode mode) => SetPinMode(pinNumber, mode, PinValue.Low);

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        var bias = mode switch { PinMode.InputPullUp => LineBias.PullUp, PinMode.InputPullDown => LineBias.PullDown, _ => LineBias.AsIs };
        pins[pinNumber] = mode == PinMode.Output
            ? (mode, null, wires.RequestOutput(new OutputLine(pinNumber, ActiveLow: false, initialValue == PinValue.High, "driver")))
            : (mode, wires.RequestInput(new InputLine(pinNumber, bias, ActiveLow: false, "driver")), null);
    }

    protected override PinMode GetPinMode(int pinNumber) => pins[pinNumber].Mode;

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => pins[pinNumber].Input!.IsActive();

    protected override void Write(int pinNumber, PinValue value) => pins[pinNumber].Output!.Set(value == PinValue.High);

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        var input = pins[pinNumber].Input!;
        void Tell()
        {
            while (input.TryTakeEdge(out var edge))
            {
                callback(this, new PinValueChangedEventArgs(edge.Active ? PinEventTypes.Rising : PinEventTypes.Falling, pinNumber));
            }
        }

        listening[pinNumber] = (input, Tell);
        input.EdgeQueued += Tell;
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        var (input, onQueued) = listening[pinNumber];
        input.EdgeQueued -= onQueued;
        listening.Remove(pinNumber);
    }
}
