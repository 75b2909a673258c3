using System.Collections.Concurrent;
using System.Security.Cryptography;
using MotCua.Edge.Assembly;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Edge.Pages;

/// <summary>Breaks and mends the simulated box. Knobs may be turned from any request.</summary>
internal sealed class LabFaults(EdgeCentre centre, VirtualHardware box)
{
    private const int NoiseSpikes = 400;
    private static readonly TimeSpan NoiseLasts = TimeSpan.FromSeconds(5);

    // The virtual line tells its level, not why it has it.
    private readonly ConcurrentDictionary<int, bool> stuck = new();

    /// <summary>Raised after a knob was turned.</summary>
    public event Action? Turned;

    public bool IsStuck(int line) => stuck.GetValueOrDefault(line);

    public IResult Break(LabFault fault)
    {
        if (fault.Device is null || !DeviceId.IsValid(fault.Device))
        {
            return LabApi.Unknown(fault.Device ?? "");
        }

        var id = new DeviceId(fault.Device);
        bool known;
        if (fault.Device == "uplink" && centre.Uplink is { } uplink)
        {
            known = fault.Fault == "cut";
            uplink.Cut = known ? fault.On : uplink.Cut;
        }
        else if (id == box.Loudspeaker.Id)
        {
            known = BreakSpeaker(box.Loudspeaker, fault);
        }
        else if (id == centre.Options.Printer?.Id)
        {
            known = LabPrinter.Break(box.Printer!, fault);
        }
        else if (box.Lcds.TryGetValue(id, out var lcd))
        {
            known = BreakLcd(lcd.Chip, lcd.Socket, fault);
        }
        else if (box.Signs.TryGetValue(id, out var sign))
        {
            known = BreakSign(sign.Chip, sign.Socket, fault);
        }
        else if (centre.Options.Buttons.FirstOrDefault(b => b.Id == id) is { } button)
        {
            known = BreakButton(button.Line, fault);
        }
        else
        {
            return LabApi.Unknown(fault.Device);
        }

        Turned?.Invoke();
        return known ? Results.NoContent() : Problems.Of(StatusCodes.Status400BadRequest, "unknown-fault", "Yêu cầu không hợp lệ", $"Thiết bị {fault.Device} không có lỗi thử «{fault.Fault}».");
    }

    private static bool BreakSpeaker(VirtualSpeaker speaker, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "unplugged":
                speaker.Unplugged = fault.On;
                return true;
            case "hangs":
                speaker.Hangs = fault.On;
                return true;
            default:
                return false;
        }
    }

    private static bool BreakLcd(VirtualHd44780 chip, I2cSocket socket, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "unplugged":
                socket.Unplugged = fault.On;
                return true;
            case "nack":
                socket.NackAfter = fault.On ? 3 : null;
                return true;
            case "brown-out":
                socket.BrownOut();
                return true;
            case "garbage":
                chip.Scramble(Chance());
                return true;
            default:
                return false;
        }
    }

    private static bool BreakSign(VirtualMax7219 chip, SpiSocket socket, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "unplugged":
                socket.Unplugged = fault.On;
                return true;
            case "brown-out":
                chip.BrownOut();
                return true;
            case "garbage":
                chip.Scramble(Chance());
                return true;
            default:
                return false;
        }
    }

    private bool BreakButton(int line, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "stuck":
                stuck[line] = fault.On;
                box.Pins.Stick(line, fault.On);
                return true;
            case "noise":
                box.Pins.Disturb(line, NoiseSpikes, NoiseLasts);
                return true;
            default:
                return false;
        }
    }

    private static Random Chance() => new(RandomNumberGenerator.GetInt32(int.MaxValue));
}
