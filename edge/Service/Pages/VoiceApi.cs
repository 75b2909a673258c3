using Microsoft.AspNetCore.Http.Features;
using MotCua.Edge.Announcing;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Devices.Speech.Packs;
using MotCua.Edge.Devices.Speech.Proof;

namespace MotCua.Edge.Pages;

/// <summary>Recorded voices: what a pack has and lacks, takes for its words, and a call spoken with it.</summary>
internal static class VoiceApi
{
    private const string Clip = "/voices/{pack}/clips/{clip}";

    // A take of 4 MB over a poor line; nobody may hold the booth longer.
    private static readonly TimeSpan UploadWithin = TimeSpan.FromSeconds(60);

    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        var (booth, look) = (centre.Booth, new VoiceLook(centre.Booth));
        api.MapGet("/voices", () => Results.Ok(look.All())).WithSummary("Recorded voices, and the languages that one can be recorded in").Produces<VoicesAnswer>();
        api.MapPost("/voices", (VoicePackRequest body, CancellationToken stop) => CreateAsync(booth, look, body, stop))
            .WithSummary("Makes an empty pack").Produces<VoiceClipsAnswer>(StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(409).ProducesProblem(503);
        api.MapGet("/voices/{pack}", (string pack) => With(booth, pack, found => Results.Ok(look.Clips(found))))
            .WithSummary("Every word of a pack, and whether it is recorded").Produces<VoiceClipsAnswer>().ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/voices/{pack}/use", (string pack, VoiceUseRequest body, CancellationToken stop) => WithAsync(booth, pack, async found =>
                await booth.ChooseAsync(found, body.On, stop) is BoothOutcome.Refused refused ? Answer(refused) : Results.Ok(look.Clips(booth.Library.Read(pack)))))
            .WithSummary("Has the hall spoken to with a pack, or not any more").Produces<VoiceClipsAnswer>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        api.MapPut(Clip, (HttpContext context, string pack, string clip, CancellationToken stop) => WithAsync(booth, pack, found => KeepAsync(booth, look, found, clip, context, centre.Time, stop)))
            .Accepts<Stream>("audio/wav", "audio/x-wav", "audio/flac", "application/octet-stream")
            .WithSummary("Keeps a take of a word: WAV or FLAC")
            .WithDescription("The silence around it goes, and it becomes as loud as every other word. The next announcement is spoken with it; the take before it can be put back.")
            .Produces<VoiceTakeAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(408).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415).ProducesProblem(503);
        api.MapDelete(Clip, (string pack, string clip, CancellationToken stop) => WithAsync(booth, pack, async found => Taken(look, found, clip, await booth.DeleteAsync(found, clip, stop))))
            .WithSummary("Takes a word away that was recorded on this box").Produces<VoiceTakeAnswer>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        api.MapPost(Clip + "/undo", (string pack, string clip, CancellationToken stop) => WithAsync(booth, pack, async found => Taken(look, found, clip, await booth.UndoAsync(found, clip, stop))))
            .WithSummary("Puts the take before the last one back").Produces<VoiceTakeAnswer>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        api.MapPost(Clip + "/record", (string pack, string clip, VoiceRecordRequest body, CancellationToken stop) => WithAsync(booth, pack, found => RecordAsync(booth, look, found, clip, body, stop)))
            .WithSummary("Records a word with the box's own microphone").Produces<VoiceTakeAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        api.MapGet(Clip + "/sound", (string pack, string clip, CancellationToken stop) => WithAsync(booth, pack, async found => Sound(await booth.HearAsync(found, clip, stop))))
            .WithSummary("A word as the hall hears it").Produces(200, contentType: "audio/wav").ProducesProblem(404).ProducesProblem(409);
        api.MapGet("/voices/{pack}/call", (string pack, string? ticket, int? counter, CancellationToken stop) => WithAsync(booth, pack, found => CallAsync(booth, found, ticket, counter, stop)))
            .WithSummary("A whole call in the pack's language, as the hall would hear it").WithDescription("Without a ticket and a counter it is A105 to counter 3.")
            .Produces(200, contentType: "audio/wav").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> CreateAsync(VoiceBooth booth, VoiceLook look, VoicePackRequest body, CancellationToken stop)
    {
        if (body.Language is null || SpokenLanguages.Parse(body.Language) is not { } language)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "bad-language", "Yêu cầu không hợp lệ", $"Thứ tiếng của gói là một trong: {SpokenLanguages.Codes}.");
        }

        return await booth.CreateAsync(body.Name, language, stop) is BoothOutcome.Refused refused ? Answer(refused) : Results.Created((string?)null, look.Clips(booth.Library.Read(body.Name!)));
    }

    private static async Task<IResult> RecordAsync(VoiceBooth booth, VoiceLook look, VoicePack pack, string clip, VoiceRecordRequest body, CancellationToken stop) =>
        body.Seconds < 1 || body.Seconds > SharedMicrophone.Longest.TotalSeconds
            ? Problems.Of(StatusCodes.Status400BadRequest, "bad-seconds", "Yêu cầu không hợp lệ", $"Ghi từ 1 đến {SharedMicrophone.Longest.TotalSeconds:0} giây.")
            : Taken(look, pack, clip, await booth.RecordAsync(pack, clip, TimeSpan.FromSeconds(body.Seconds), stop));

    private static async Task<IResult> CallAsync(VoiceBooth booth, VoicePack pack, string? ticket, int? counter, CancellationToken stop)
    {
        try
        {
            return Sound(await booth.TryAsync(pack, QueueFields.Number(ticket ?? "A105").ToString(), QueueFields.Counter(counter ?? 3).Value, stop));
        }
        catch (BadFieldException e)
        {
            return e.ToProblem();
        }
    }

    private static async Task<IResult> KeepAsync(VoiceBooth booth, VoiceLook look, VoicePack pack, string clip, HttpContext context, TimeProvider time, CancellationToken stop)
    {
        // This body alone may be larger than what people send elsewhere.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = PackRecorder.MaxFileBytes + 1;
        using var late = new CancellationTokenSource(UploadWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            return Taken(look, pack, clip, await booth.KeepAsync(pack, clip, ct => BodyAsync(context.Request, ct), either.Token));
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return Problems.Of(StatusCodes.Status408RequestTimeout, "too-slow", "Chưa nhận được", "Bản ghi gửi lên chậm quá; thử lại.");
        }
    }

    /// <returns>Null: larger than any take.</returns>
    private static async ValueTask<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.ContentLength > PackRecorder.MaxFileBytes)
        {
            // Nobody reads the rest, so nobody may send the next request behind it.
            request.HttpContext.Response.Headers.Connection = "close";
            return null;
        }

        var body = new byte[(int)(request.ContentLength ?? PackRecorder.MaxFileBytes) + 1];
        var read = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, stop);
        return read > PackRecorder.MaxFileBytes ? null : body.AsMemory(0, read);
    }

    private static IResult With(VoiceBooth booth, string pack, Func<VoicePack, IResult> answer) => Find(booth, pack, out var found) ?? answer(found!);

    private static async Task<IResult> WithAsync(VoiceBooth booth, string pack, Func<VoicePack, Task<IResult>> answer) => Find(booth, pack, out var found) ?? await answer(found!);

    // The name is checked before it is looked for: it would be part of a path.
    private static IResult? Find(VoiceBooth booth, string pack, out VoicePack? found)
    {
        found = null;
        if (!SpeechSection.IsName(pack) || !booth.Library.Has(pack))
        {
            return Problems.Of(StatusCodes.Status404NotFound, "unknown-pack", "Không tìm thấy", "Không có gói giọng đọc này.");
        }

        try
        {
            found = booth.Library.Read(pack);
            return null;
        }
        catch (ConfigurationException e)
        {
            return Problems.Of(StatusCodes.Status409Conflict, "bad-pack", "Không dùng được gói giọng đọc", e.Errors[0].ToString());
        }
    }

    private static IResult Taken(VoiceLook look, VoicePack pack, string clip, BoothOutcome outcome) =>
        outcome is BoothOutcome.Done done ? Results.Ok(look.Taken(pack.Name, clip, done.Sound?.Length)) : Answer((BoothOutcome.Refused)outcome);

    private static IResult Sound(BoothOutcome outcome) =>
        outcome is BoothOutcome.Done { Sound: { } sound } ? Results.Bytes(sound.Bytes, "audio/wav") : Answer((BoothOutcome.Refused)outcome);

    private static IResult Answer(BoothOutcome.Refused refused) => Problems.Of(StatusOf(refused.Code), refused.Code, "Không thực hiện được", refused.Reason);

    private static int StatusOf(string code) => code switch
    {
        "bad-name" or "silent" or "too-quiet" or "clipped" or "too-short" or "too-long" or "not-a-sound" => StatusCodes.Status400BadRequest,
        "unknown-clip" => StatusCodes.Status404NotFound,
        "too-large" => StatusCodes.Status413PayloadTooLarge,
        "not-durable" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    };
}
