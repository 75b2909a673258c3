using System.Net;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Boards.Tv;
using MotCua.Edge.Devices.Speech;

namespace MotCua.Edge.Pages;

/// <summary>The page of the hall's televisions: what it draws, what it answers, and what it shows while nobody is called.</summary>
internal static class TvApi
{
    private const string BadMedia = "media.bad-file";

    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        var stream = centre.TvPictures;
        var pairing = new TvPairing(centre.Hall.Tvs, centre.Time);
        var chime = new Lazy<ReadOnlyMemory<byte>>(() => CallTones.Make().Bytes);
        var board = api.MapGroup("/board");
        board.MapGet("", () => Results.Ok(stream.Picture(tv: null))).WithSummary("What the televisions of the hall show").Produces<TvPicture>();
        board.MapGet("/stream", (HttpContext context, string? tv) => ListenAsync(context, tv, pairing, stream))
            .WithSummary("The same, whenever it changes (server-sent events)")
            .WithDescription("Each event is a whole picture, so a page that comes back needs no history. With ?tv= and the code of a declared television its settings come along. An event named beat tells the time every two seconds.")
            .Produces(200, contentType: "text/event-stream").ProducesProblem(429).ProducesProblem(503);
        board.MapPost("/shown", (HttpContext context, TvShown shown) => Shown(context, shown, pairing))
            .WithSummary("A declared television says that it lives and which calls people can see on it")
            .WithDescription("At most every few seconds. Calls that were not meant for it, or are long over, change nothing; a call counts once.")
            .Produces<TvShownAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(429);
        board.MapGet("/media", () => Results.Ok(Media(centre))).WithSummary("Pictures and films to show while nobody is called").Produces<MediaAnswer>();
        board.MapGet("/media/{name}", (string name) => File(centre, name)).WithSummary("One of them").Produces(200).ProducesProblem(404);
        board.MapGet("/chime.wav", () => Results.Bytes(chime.Value, "audio/wav")).WithSummary("Two tones before a call").Produces(200, contentType: "audio/wav");
    }

    private static async Task ListenAsync(HttpContext context, string? code, TvPairing pairing, TvStream stream)
    {
        var (tv, tooSoon) = code is null ? (null, false) : pairing.Find(code, From(context));
        if (tooSoon)
        {
            await TooSoon().ExecuteAsync(context);
            return;
        }

        await stream.RunAsync(context, tv);
    }

    private static IResult Shown(HttpContext context, TvShown shown, TvPairing pairing)
    {
        if (shown.Calls is null || shown.Calls.Count > TvScreen.MostNamed || shown.Tv is null || !TvOptions.IsCode(shown.Tv))
        {
            return Problems.Of(
                StatusCodes.Status400BadRequest, "bad-receipt", "Yêu cầu không hợp lệ",
                $"Cần mã TV gồm {TvOptions.ShortestCode}–{TvOptions.LongestCode} chữ thường và chữ số, và nhiều nhất {TvScreen.MostNamed} lượt gọi.");
        }

        return pairing.Find(shown.Tv, From(context)) switch
        {
            (_, true) => TooSoon(),
            ({ } tv, _) => Results.Ok(new TvShownAnswer(tv.Screen.Seen(shown.Calls))),
            _ => Problems.Of(StatusCodes.Status404NotFound, "unknown-tv", "Không tìm thấy", "Không có TV nào mang mã này; xem mục devices.tvs của tệp cấu hình."),
        };
    }

    private static MediaAnswer Media(EdgeCentre centre)
    {
        var (files, trouble) = centre.Media?.Look() ?? ([], null);
        centre.Devices.Fault("edge", BadMedia, trouble, present: trouble is not null);
        return new MediaAnswer([.. files.Select(file => new MediaItem($"/api/board/media/{Uri.EscapeDataString(file.Name)}", file.IsFilm))]);
    }

    private static IResult File(EdgeCentre centre, string name) => centre.Media?.Find(name) is { } file
        ? Results.File(file.Path, file.Type, enableRangeProcessing: true)
        : Problems.Of(StatusCodes.Status404NotFound, "unknown-media", "Không tìm thấy", "Không có ảnh hoặc phim này trong thư mục media.");

    private static IResult TooSoon() => Problems.Of(StatusCodes.Status429TooManyRequests, "too-soon", "Thử quá nhanh", "Mã TV vừa rồi không đúng; chờ một giây rồi thử lại.");

    private static IPAddress From(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;
}
