using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Virtual;
using MotCua.Edge.Devices.Virtual.Pictures;

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
        lab.MapPost("/buttons/{id}/release", (string id) => Release(centre, box, id))
            .WithSummary("Lets a button go that is still held").Produces(StatusCodes.Status202Accepted).ProducesProblem(404);
        lab.MapGet("/boards", () => Results.Ok(new LabBoards(Boards(centre, box)))).WithSummary("The boards as decoded from the wire").Produces<LabBoards>();
        lab.MapGet("/boards/{file}", (string file) => Png(box, file))
            .WithSummary("What a citizen sees on a board now").Produces(200, contentType: "image/png").ProducesProblem(404);
        lab.MapGet("/speaker", () => Results.Ok(Speaker(centre, box)))
            .WithSummary("What the loudspeaker played last, newest last").Produces<LabSpeaker>();
        lab.MapGet("/speaker/{file}", (string file) => Wav(box, file)).WithSummary("One of those sounds").Produces(200, contentType: "audio/wav").ProducesProblem(404);
        lab.MapGet("/printer/{file}", (string file) => LabPrinter.Picture(box, file)).WithSummary("One of the newest papers").Produces(200, contentType: "image/png").ProducesProblem(404);
        lab.MapGet("/cameras/{file}", (string file) => LabCamera.Draw(box, file)).WithSummary("The drawn hall that a simulated camera films").Produces(200, contentType: "image/png").ProducesProblem(404);
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
                    b.Id.Value, b.Line.ToString(), Loop.WireWord.Of(PressLabel.MainOf(b).Action), PressLabel.Of(centre.Options, PressLabel.MainOf(b)), PressLabel.MainOf(b).Service?.Value, PressLabel.MainOf(b).Counter?.Value,
                    box.IsDown(b.Line, lines), b.Lamp is { } lamp ? box.IsLit(lamp, lines) : null, faults.IsStuck(b.Line), centre.Presses.RefusalOf(b.Id),
                    b.HoldAfter is null ? null : PressLabel.OfHold(centre.Options, b))),
            ],
            Boards(centre, box),
            [.. centre.Options.Expanders.Select(e => new LabExpander(e.Id.Value, box.Expanders[e.Id].Socket.Unplugged, box.Expanders[e.Id].Chip.InterruptCut))],
            Speaker(centre, box),
            centre.Uplink?.Cut ?? false,
            [.. centre.Options.Neighbours.Select(n => new LabNeighbour(n.Neighbour.Id.Value, NeighbourParts.NameOf(n.Neighbour.Kind), n.Neighbour.Name))])
        {
            Printer = LabPrinter.Of(centre, box),
            Tvs = [.. centre.Options.Tvs.Select(tv => new LabTv(tv.Id.Value, $"/board/{tv.Code}", faults.IsTvOff(tv.Id)))],
            Cameras = LabCamera.Of(centre, box),
            Recorders = LabRecorder.Of(centre, box),
            Microphone = box.Ear is { } ear ? new LabMicrophone(ear.Unplugged, ear.Covered) : null,
        };
    }

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

        box.Press(button.Line, TimeSpan.FromMilliseconds(holdMs));
        return Results.Accepted();
    }

    private static IResult Release(EdgeCentre centre, VirtualHardware box, string id)
    {
        if (centre.Options.Buttons.FirstOrDefault(b => b.Id.Value == id) is not { } button)
        {
            return Unknown(id);
        }

        box.Release(button.Line);
        return Results.Accepted();
    }

    private static LabBoard[] Boards(EdgeCentre centre, VirtualHardware box) => [.. centre.Options.Boards.Select(board => Describe(box, box.Boards[board.Id]))];

    private static LabBoard Describe(VirtualHardware box, VirtualBoard board)
    {
        var (id, lines, on) = (board.Wiring.Id, board.Lines(), board.IsOn());
        var lcd = box.Lcds.TryGetValue(id, out var glass);
        return new LabBoard(
            id.Value, BoardSection.NameOf(board.Wiring.Chip), on, lcd ? lines : null, lcd ? null : string.Join('\n', lines),
            box.Signs.TryGetValue(id, out var sign) ? [.. sign.Chip.Digits.Segments.Select(s => (int)s)] : null, lcd ? glass.Chip.Glass.Backlight : on, board.Violations(), board.IsUnplugged(),
            board.IsNacking?.Invoke() ?? false, board.Wiring.Counter, $"/lab/boards/{id}.png?{board.Mark()}");
    }

    private static IResult Png(VirtualHardware box, string file) =>
        file.EndsWith(".png", StringComparison.Ordinal) && DeviceId.IsValid(file[..^4]) && box.Boards.TryGetValue(new DeviceId(file[..^4]), out var board)
            ? Results.Bytes(PngFile.Write(board.Draw()), "image/png")
            : Unknown(file);

    private static LabSpeaker Speaker(EdgeCentre centre, VirtualHardware box)
    {
        var now = centre.Time.GetUtcNow();
        return new LabSpeaker(box.Loudspeaker.Unplugged, box.Loudspeaker.Hangs, box.Loudspeaker.Silent, [.. box.Loudspeaker.Heard.Select(heard => Describe(heard, now))]);
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
