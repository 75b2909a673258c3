using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;

namespace MotCua.Edge.Pages;

/// <summary>The simulated box over HTTP: press its buttons, read its glass, hear its speaker, break its wires. Mapped only where the drivers are virtual.</summary>
internal static class LabApi
{
    public static void Map(IEndpointRouteBuilder routes, EdgeCentre centre, VirtualHardware box)
    {
        var lab = routes.MapGroup("/lab").WithTags("lab");
        lab.MapGet("/centre", () => Results.Ok(Describe(centre, box))).WithSummary("What the lab page draws").Produces<LabCentre>();
        lab.MapPost("/buttons/{id}/press", (string id, int? holdMs) => Press(centre, box, id, holdMs ?? 120))
            .WithSummary("Presses a button as a finger does, with bounce").Produces(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(404);
        lab.MapGet("/boards", () => Results.Ok(new LabBoards(Boards(centre, box)))).WithSummary("The boards as decoded from the wire").Produces<LabBoards>();
        lab.MapGet("/speaker", () => Results.Ok(new LabSpeaker(box.Loudspeaker.Unplugged, [.. box.Loudspeaker.Heard.Select(Describe)])))
            .WithSummary("What the loudspeaker played last, newest last").Produces<LabSpeaker>();
        lab.MapGet("/speaker/{file}", (string file) => Wav(box, file)).WithSummary("One of those sounds").Produces(200, contentType: "audio/wav").ProducesProblem(404);
        lab.MapPost("/faults", (LabFault fault) => Break(centre, box, fault))
            .WithSummary("Breaks or mends something").Produces(StatusCodes.Status204NoContent).ProducesProblem(400).ProducesProblem(404);
    }

    private static LabCentre Describe(EdgeCentre centre, VirtualHardware box)
    {
        var lines = box.Pins.Lines.ToDictionary(line => line.Offset);
        return new LabCentre(
            centre.Options.Centre.Value, centre.Options.Name,
            [
                .. centre.Options.Buttons.Select(b => new LabButton(
                    b.Id.Value, b.Line, b.Action.ToString().ToLowerInvariant(), LabelOf(centre.Options, b), b.Counter?.Value,
                    lines.TryGetValue(b.Line, out var line) && line.Active, Lit: false)),
            ],
            Boards(centre, box),
            centre.Uplink?.Cut ?? false);
    }

    private static string LabelOf(CentreOptions options, ButtonOptions button) => button.Action switch
    {
        PressAction.Ticket => options.Services.First(s => s.Code == button.Service).Name,
        PressAction.Next => $"Quầy {button.Counter}: Gọi tiếp",
        PressAction.Recall => $"Quầy {button.Counter}: Gọi lại",
        _ => $"Quầy {button.Counter}: Xong",
    };

    private static IResult Press(EdgeCentre centre, VirtualHardware box, string id, int holdMs)
    {
        if (holdMs is < 20 or > 60_000)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "bad-hold", "Yêu cầu không hợp lệ", "Thời gian giữ nút từ 20 đến 60.000 ms.");
        }

        if (centre.Options.Buttons.FirstOrDefault(b => b.Id.Value == id) is not { } button)
        {
            return Unknown(id);
        }

        box.Pins.Press(button.Line, TimeSpan.FromMilliseconds(holdMs));
        return Results.Accepted();
    }

    private static LabBoard[] Boards(EdgeCentre centre, VirtualHardware box) => [.. centre.Options.Boards.Select(board => board.Chip == BoardChip.Hd44780 ? Lcd(board.Id, box) : Sign(board.Id, box))];

    private static LabBoard Lcd(DeviceId id, VirtualHardware box)
    {
        var (chip, socket) = box.Lcds[id];
        var glass = chip.Glass;
        return new LabBoard(id.Value, "hd44780", glass.On, [.. glass.Lines], null, null, glass.Backlight, glass.Violations, socket.Unplugged);
    }

    private static LabBoard Sign(DeviceId id, VirtualHardware box)
    {
        var (chip, socket) = box.Signs[id];
        var digits = chip.Digits;
        return new LabBoard(id.Value, "max7219", digits.On, null, digits.Text, [.. digits.Segments.Select(s => (int)s)], digits.On, 0, socket.Unplugged);
    }

    private static LabSound Describe(HeardSound heard) => new(
        heard.Number, heard.Text, heard.Call?.Seq, Math.Round(heard.Sound.Length.TotalSeconds, 2), $"/lab/speaker/{heard.Number}.wav");

    private static IResult Wav(VirtualHardware box, string file)
    {
        var heard = box.Loudspeaker.Heard.FirstOrDefault(h => file == $"{h.Number}.wav");
        return heard is null ? Unknown(file) : Results.Bytes(heard.Sound.Bytes, "audio/wav");
    }

    private static IResult Break(EdgeCentre centre, VirtualHardware box, LabFault fault)
    {
        if (!DeviceId.IsValid(fault.Device))
        {
            return Unknown(fault.Device);
        }

        var id = new DeviceId(fault.Device);
        var known = true;
        if (fault.Device == "uplink" && centre.Uplink is { } uplink)
        {
            known = fault.Fault == "cut";
            uplink.Cut = known ? fault.On : uplink.Cut;
        }
        else if (fault.Device == box.Loudspeaker.Id.Value)
        {
            known = BreakSpeaker(box.Loudspeaker, fault);
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
            known = BreakButton(box.Pins, button.Line, fault);
        }
        else
        {
            return Unknown(fault.Device);
        }

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

    private static bool BreakButton(VirtualGpioPort pins, int line, LabFault fault)
    {
        switch (fault.Fault)
        {
            case "stuck":
                pins.Stick(line, fault.On);
                return true;
            case "noise":
                pins.Disturb(line, 400, TimeSpan.FromSeconds(5));
                return true;
            default:
                return false;
        }
    }

    private static Random Chance() => new(System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue));

    private static IResult Unknown(string name) => Problems.Of(StatusCodes.Status404NotFound, "unknown-device", "Không tìm thấy", $"Không có «{(name.Length > 40 ? name[..40] : name)}».");
}
