using System.Net;
using MotCua.Edge.Clerks;

namespace MotCua.Edge.Pages;

/// <summary>What a clerk does is for clerks: once somebody has a PIN, these addresses ask for a session. Buttons, kiosks, boards and the lab's wires do not come through here.</summary>
internal sealed class ClerkDoor(ClerkDesk clerks)
{
    public const string Cookie = "motcua-session";

    private static readonly ClerkRole[] Counters = [ClerkRole.Clerk, ClerkRole.Director];
    private static readonly ClerkRole[] Directors = [ClerkRole.Director];
    private static readonly ClerkRole[] Anyone = [ClerkRole.Clerk, ClerkRole.Director, ClerkRole.Team];

    /// <summary>Lets through whoever may; everyone else is told what to do.</summary>
    public Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (WhoMay(context.Request) is not { } roles || !clerks.IsNeeded)
        {
            return next(context);
        }

        return clerks.Find(KeyOf(context)) switch
        {
            null => Problems.Of(StatusCodes.Status401Unauthorized, "log-in", "Cần đăng nhập", "Hãy đăng nhập bằng mã PIN, ở trang này hoặc trang /counter/1, rồi làm lại.").ExecuteAsync(context),
            var clerk when roles.Contains(clerk.Role) => next(context),
            _ => Problems.Of(
                StatusCodes.Status403Forbidden, "not-your-role", "Không có quyền",
                roles == Directors ? "Trang này dành cho giám đốc trung tâm; hãy đăng nhập bằng mã PIN của giám đốc." : "Việc này dành cho cán bộ quầy; hãy đăng nhập bằng mã PIN của cán bộ quầy.").ExecuteAsync(context),
        };
    }

    /// <summary>The session of a request still holds; for streams, which outlive their beginning.</summary>
    public Func<bool> StillMay(HttpContext context)
    {
        var (roles, key) = (WhoMay(context.Request), KeyOf(context));
        return () => roles is null || !clerks.IsNeeded || (clerks.Peek(key) is { } clerk && roles.Contains(clerk.Role));
    }

    public static string? KeyOf(HttpContext context) => context.Request.Cookies[Cookie];

    /// <returns>Null for what everybody may.</returns>
    internal static ClerkRole[]? WhoMay(HttpRequest request)
    {
        var (path, reads) = (request.Path, HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        if (Is("/api/counters"))
        {
            return Counters;
        }

        if (Is("/api/today"))
        {
            return Directors;
        }

        if (Is("/api/help-desk"))
        {
            return Anyone;
        }

        if (reads)
        {
            return null;
        }

        if (Is("/api/centre") || Is("/api/services") || Is("/api/day") || Is("/api/announcements") || Is("/api/voices"))
        {
            return Counters;
        }

        var text = path.Value!.TrimEnd('/');
        if (Is("/api/appointments"))
        {
            // Whoever is here with a booking checks in like whoever takes a number.
            return text.EndsWith("/check-in", StringComparison.OrdinalIgnoreCase) ? null : Counters;
        }

        if (Is("/api/self-test"))
        {
            // The box's own program asks for it too, and has no PIN.
            return request.HttpContext.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) ? null : Counters;
        }

        return Is("/api/tickets") && (text.EndsWith("/return", StringComparison.OrdinalIgnoreCase) || text.EndsWith("/cancel", StringComparison.OrdinalIgnoreCase)) ? Counters
            : Is("/api/help") && text.EndsWith("/answer", StringComparison.OrdinalIgnoreCase) ? Anyone
            : null;

        // Routes are matched without regard to case, so the door is as well; a slash at the end is the same route.
        bool Is(string prefix) => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase);
    }
}
