using System.Net;
using MotCua.Edge.Assembly;
using MotCua.Edge.Clerks;

namespace MotCua.Edge.Pages;

/// <param name="Needed">Somebody has a PIN, so whoever works at a counter logs in.</param>
/// <param name="Readable">The list of PINs can be read.</param>
/// <param name="Name">Who is logged in; null for nobody.</param>
/// <param name="Role"><c>clerk</c>, <c>director</c> or <c>team</c>.</param>
/// <param name="Names">Whom the log-in offers.</param>
public sealed record SessionAnswer(bool Needed, bool Readable, string? Name, string? Role, IReadOnlyList<string> Names);

/// <param name="Name">One of the offered names.</param>
/// <param name="Pin">4 to 8 digits.</param>
public sealed record LogInRequest(string Name, string Pin);

/// <summary>Logging in with a PIN, and out.</summary>
internal static class SessionApi
{
    public static void Map(IEndpointRouteBuilder api, EdgeCentre centre)
    {
        var clerks = centre.Clerks;
        var session = api.MapGroup("/session");
        session.MapGet("", (HttpContext context) => Results.Ok(Describe(clerks, clerks.Find(ClerkDoor.KeyOf(context)))))
            .WithSummary("Who is logged in, and whether anybody has to be").Produces<SessionAnswer>();
        session.MapPost("", (HttpContext context, LogInRequest body, CancellationToken stop) => LogInAsync(clerks, context, body, stop))
            .WithSummary("Logs in with a PIN").WithDescription("The session is a cookie that no script reads; it ends after twelve hours, after four without use, and when the program starts anew.")
            .Produces<SessionAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(429).ProducesProblem(503);
        session.MapDelete("", (HttpContext context) =>
        {
            if (ClerkDoor.KeyOf(context) is { } key)
            {
                clerks.Sessions.Close(key);
            }

            context.Response.Cookies.Delete(ClerkDoor.Cookie, CookieOf(context));
            return Results.Ok(Describe(clerks, null));
        }).WithSummary("Logs out").Produces<SessionAnswer>();
    }

    private static async Task<IResult> LogInAsync(ClerkDesk clerks, HttpContext context, LogInRequest body, CancellationToken stop)
    {
        switch (await clerks.TryAsync(body.Name, body.Pin, context.Connection.RemoteIpAddress ?? IPAddress.None, stop))
        {
            case LogIn.In done:
                context.Response.Cookies.Append(ClerkDoor.Cookie, done.Key, CookieOf(context));
                return Results.Ok(Describe(clerks, done.Clerk));
            case LogIn.Wrong { TriesLeft: var left }:
                return Problems.Of(
                    StatusCodes.Status401Unauthorized, "wrong-pin", "Sai mã PIN", left is { } tries ? $"Sai mã PIN. Còn {tries} lần thử trước khi bị khóa." : "Sai tên hoặc mã PIN.");
            case LogIn.Locked { Left: var left }:
                context.Response.Headers.RetryAfter = ((int)Math.Ceiling(left.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
                return Problems.Of(
                    StatusCodes.Status429TooManyRequests, "locked", "Đang khóa",
                    $"Nhập sai nhiều lần nên bị khóa; thử lại sau {Aloud(left)}. Quên mã PIN thì nhờ người quản trị đặt lại (edge clerk reset).");
            case LogIn.TooSoon:
                return Problems.Of(StatusCodes.Status429TooManyRequests, "too-soon", "Thử quá nhanh", "Vừa có một lần nhập sai; chờ hai giây rồi nhập lại.");
            default:
                return Problems.Of(
                    StatusCodes.Status503ServiceUnavailable, "pins-unreadable", "Không đọc được mã PIN", "Máy không đọc được danh sách mã PIN nên chưa ai đăng nhập được; nhờ người quản trị chạy: edge clerk list.");
        }
    }

    private static string Aloud(TimeSpan left) => left < TimeSpan.FromMinutes(1) ? $"{Math.Max(1, (int)Math.Ceiling(left.TotalSeconds))} giây" : $"{(int)Math.Ceiling(left.TotalMinutes)} phút";

    private static CookieOptions CookieOf(HttpContext context) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = ClerkSessions.Longest, Secure = context.Request.IsHttps, IsEssential = true,
    };

    private static SessionAnswer Describe(ClerkDesk clerks, Clerk? clerk) => new(
        clerks.IsNeeded, clerks.IsReadable, clerk?.Name, clerk is null ? null : Loop.WireWord.Of(clerk.Role), [.. clerks.Everyone.Select(one => one.Name)]);
}
