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
        var faults = new LabFaults(centre, box);
        LabCentre Picture() => Describe(centre, box, faults);
        var stream = new LabStream(centre.Time, box, faults, Picture);
        lab.MapGet("/centre", () => Results.Ok(Picture())).WithSummary("What the lab page draws").Produces<LabCentre>();
        lab.MapGet("/stream", (Delegate)stream.RunAsync)
            .WithSummary("The same, whenever it changes (server-sent events)").WithDescription("Each event is a whole picture, at most twenty a second. An event named beat comes when nothing else did for a while.")
            .Produces(200, contentType: "text/event-stream").ProducesProblem(503);
        lab.MapPost("/buttons/{id}/press", (string id, int? holdMs) => Press(centre, box, id, holdMs ?? 120))
            .WithSummary("Presses a button as a finger does, with bounce").Produces(StatusCodes.Status202Accepted).ProducesProblem(400).ProducesProblem(404);
        lab.MapGet("/boards", () => Results.Ok(new LabBoards(Boards(centre, box)))).WithSummary("The boards as decoded from the wire").Produces<LabBoards>();
        lab.MapGet("/speaker", () => Results.Ok(Speaker(centre, box)))
            .WithSummary("What the loudspeaker played last, newest last").Produces<LabSpeaker>();
        lab.MapGet("/speaker/{file}", (string file) => Wav(box, file)).WithSummary("One of those sounds").Produces(200, contentType: "audio/wav").ProducesProblem(404);
        lab.MapGet("/printer/{file}", (string file) => LabPrinter.Picture(box, file)).WithSummary("One of the newest papers").Produces(200, contentType: "image/png").ProducesProblem(404);
        lab.MapPost("/faults", (LabFault fault) => faults.Break(fault))
            .WithSummary("Breaks or mends something").Produces(StatusCodes.Status204NoContent).ProducesProblem(400).ProducesProblem(404);
    }

    private static LabCentre Describe(EdgeCentre centre, VirtualHardware box, LabFaults faults)
    {
        var lines = box.Pins.Lines;
        return new LabCentre(
            centre.Options.Centre.Value, centre.Options.Name,
            [
                .. centre.Options.Buttons.Select(b => new LabButton(
                    b.Id.Value, b.Line, Loop.WireWord.Of(MainOf(b).Action), LabelOf(centre.Options, MainOf(b)), MainOf(b).Service?.Value, MainOf(b).Counter?.Value,
                    lines[b.Line].Active, b.Lamp is { } lamp ? lines[lamp] is { IsOutput: true, Active: true } : null, faults.IsStuck(b.Line), centre.Presses.RefusalOf(b.Id))),
            ],
            Boards(centre, box),
            Speaker(centre, box),
            centre.Uplink?.Cut ?? false,
            [.. centre.Options.Neighbours.Select(n => new LabNeighbour(n.Neighbour.Id.Value, NeighbourParts.NameOf(n.Neighbour.Kind), n.Neighbour.Name))])
        {
            Printer = LabPrinter.Of(centre, box),
        };
    }

    // A button that is only held is called by what that does.
    private static PressSpec MainOf(ButtonOptions button) => button.Press.Action == PressAction.None ? button.Hold : button.Press;

    private static string LabelOf(CentreOptions options, PressSpec press) => press.Action switch
    {
        PressAction.Ticket => options.Services.First(s => s.Code == press.Service).Name + (press.Priority is null ? "" : " (ưu tiên)"),
        PressAction.Next => $"Quầy {press.Counter}: Gọi tiếp",
        PressAction.Recall => $"Quầy {press.Counter}: Gọi lại",
        PressAction.Done => $"Quầy {press.Counter}: Xong",
        PressAction.Serve => $"Quầy {press.Counter}: Đang phục vụ",
        PressAction.Missed => $"Quầy {press.Counter}: Lỡ lượt",
        PressAction.Free => $"Quầy {press.Counter}: Xong, mời người tiếp theo",
        PressAction.Help => "Cần người hỗ trợ",
        _ => "Mở ngày làm việc",
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
        return new LabBoard(id.Value, "hd44780", glass.On, [.. glass.Lines], null, null, glass.Backlight, glass.Violations, socket.Unplugged, socket.NackAfter is not null);
    }

    private static LabBoard Sign(DeviceId id, VirtualHardware box)
    {
        var (chip, socket) = box.Signs[id];
        var digits = chip.Digits;
        return new LabBoard(id.Value, "max7219", digits.On, null, digits.Text, [.. digits.Segments.Select(s => (int)s)], digits.On, 0, socket.Unplugged, Nack: false);
    }

    private static LabSpeaker Speaker(EdgeCentre centre, VirtualHardware box)
    {
        var now = centre.Time.GetUtcNow();
        return new LabSpeaker(box.Loudspeaker.Unplugged, box.Loudspeaker.Hangs, [.. box.Loudspeaker.Heard.Select(heard => Describe(heard, now))]);
    }

    // A sound that failed is never whole; it plays no longer than it lasts.
    private static LabSound Describe(HeardSound heard, DateTimeOffset now) => new(
        heard.Number, heard.Text, heard.Call?.Seq, heard.StartedAt, Math.Round(heard.Sound.Length.TotalSeconds, 2), !heard.Whole && now - heard.StartedAt <= heard.Sound.Length,
        $"/lab/speaker/{heard.Number}.wav");

    private static IResult Wav(VirtualHardware box, string file)
    {
        var heard = box.Loudspeaker.Heard.FirstOrDefault(h => file == $"{h.Number}.wav");
        return heard is null ? Unknown(file) : Results.Bytes(heard.Sound.Bytes, "audio/wav");
    }

    internal static IResult Unknown(string name) => Problems.Of(StatusCodes.Status404NotFound, "unknown-device", "Không tìm thấy", $"Không có «{(name.Length > 40 ? name[..40] : name)}».");
}
