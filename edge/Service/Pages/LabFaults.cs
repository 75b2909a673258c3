using System.Collections.Concurrent;
using System.Security.Cryptography;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Health;

namespace MotCua.Edge.Pages;

/// <summary>Breaks and mends the simulated box. Knobs may be turned from any request.</summary>
internal sealed class LabFaults(EdgeCentre centre, VirtualHardware box)
{
    private const int NoiseSpikes = 400;
    private static readonly TimeSpan NoiseLasts = TimeSpan.FromSeconds(5);

    // The virtual line tells its level, not why it has it.
    private readonly ConcurrentDictionary<WiredLine, bool> stuck = new();

    private readonly ConcurrentDictionary<DeviceId, bool> tvsOff = new();

    /// <summary>Raised after a knob was turned.</summary>
    public event Action? Turned;

    public bool IsStuck(WiredLine line) => stuck.GetValueOrDefault(line);

    /// <summary>Nobody opens the page of that television: it has no wire that could be pulled.</summary>
    public bool IsTvOff(DeviceId tv) => tvsOff.GetValueOrDefault(tv);

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
        else if (box.Ear is { } ear && id == ear.Id)
        {
            known = BreakMicrophone(ear, fault);
        }
        else if (id == centre.Options.Printer?.Id)
        {
            known = LabPrinter.Break(box.Printer!, fault);
        }
        else if (box.Cameras.TryGetValue(id, out var camera))
        {
            known = LabCamera.Break(camera, fault);
        }
        else if (box.Recorders.TryGetValue(id, out var recorder))
        {
            known = LabRecorder.Break(recorder, fault);
        }
        else if (box.Boards.TryGetValue(id, out var board))
        {
            known = BreakBoard(board, fault);
        }
        else if (box.Expanders.TryGetValue(id, out var expander))
        {
            known = BreakExpander(expander.Chip, expander.Socket, fault);
        }
        else if (fault.Device == ClockKeeper.Device && box.Clock is { } clock)
        {
            known = BreakClock(clock.Chip, clock.Socket, fault);
        }
        else if (centre.Options.Tvs.Any(tv => tv.Id == id))
        {
            known = fault.Fault == "unplugged";
            tvsOff[id] = known ? fault.On : IsTvOff(id);
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
            case "silent":
                speaker.Silent = fault.On;
                return true;
            default:
                return false;
        }
    }

    private static bool BreakMicrophone(VirtualMicrophone microphone, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "unplugged":
                microphone.Unplugged = fault.On;
                return true;
            case "deaf":
                microphone.Covered = fault.On;
                return true;
            default:
                return false;
        }
    }

    private static bool BreakBoard(VirtualBoard board, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "unplugged":
                board.Unplug(fault.On);
                return true;
            case "nack" when board.Nack is { } nack:
                nack(fault.On);
                return true;
            case "brown-out":
                board.BrownOut();
                return true;
            case "garbage":
                board.Scramble(Chance());
                return true;
            default:
                return false;
        }
    }

    private static bool BreakExpander(VirtualMcp23017 chip, I2cSocket socket, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "unplugged":
                socket.Unplugged = fault.On;
                return true;
            case "interrupt-cut":
                chip.InterruptCut = fault.On;
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

    private static bool BreakClock(VirtualDs3231 chip, I2cSocket socket, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "unplugged":
                socket.Unplugged = fault.On;
                return true;
            case "battery-empty":
                chip.LoseBattery();
                return true;
            default:
                return false;
        }
    }

    private bool BreakButton(WiredLine line, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "stuck":
                stuck[line] = fault.On;
                box.Stick(line, fault.On);
                return true;
            case "noise" when line.Expander is null:
                box.Pins.Disturb(line.Offset, NoiseSpikes, NoiseLasts);
                return true;
            default:
                return false;
        }
    }

    private static Random Chance() => new(RandomNumberGenerator.GetInt32(int.MaxValue));
}
