using System.Net;
using Microsoft.Extensions.FileProviders;
using MotCua.Edge.Assembly;

namespace MotCua.Edge.Pages;

/// <summary>The web side of a centre: API, pages, and the rules for strangers.</summary>
internal static class WebHost
{
    /// <summary>Largest request body; nothing that people send here comes near.</summary>
    private const int MaxBodyBytes = 16 * 1024;

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; ";
    private const string Unframed = Policy + "frame-ancestors 'none'";

    // The lab page shows the televisions' page as a picture; no other page is framed, and none of a stranger's frames ours.
    private const string Framing = Unframed + "; frame-src 'self'";
    private const string Framed = Policy + "frame-ancestors 'self'";

    // No page of ours asks for a microphone or a camera but the one that records voices.
    private const string Nothing = "camera=(), display-capture=(), geolocation=(), microphone=()";
    private const string OwnMicrophone = "camera=(), display-capture=(), geolocation=(), microphone=(self)";

    /// <summary>The server before it knows its centre, which takes a while and needs nothing that the centre needs: both are made at once at the start.</summary>
    public static WebApplication Prepare(string urls, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 512;
        });
        logging(builder.Logging);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = PlainProblems.Describe);
        return builder.Build();
    }

    /// <param name="tvPort">Where televisions come in; null: they have no port of their own.</param>
    public static void Serve(WebApplication app, EdgeCentre centre, int? tvPort)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(GuardAsync);
        if (tvPort is { } port)
        {
            // The list begins empty, and what stands in it counts in place of the configuration.
            foreach (var url in app.Configuration[WebHostDefaults.ServerUrlsKey]!.Split(';').Append($"http://*:{port}"))
            {
                app.Urls.Add(url);
            }

            app.Use((context, next) => context.Connection.LocalPort != port || IsForTelevisions(context.Request.Path) ? next(context)
                : Problems.Of(StatusCodes.Status404NotFound, "only-board", "Không tìm thấy", "Cổng này chỉ dành cho màn hình TV (/board và mã của TV), đánh giá ở quầy (/rate và số quầy) và tra cứu (/lookup).").ExecuteAsync(context));
        }

        app.Use(new ClerkDoor(centre.Clerks).GuardAsync);
        var pages = Path.Combine(AppContext.BaseDirectory, "Pages", "wwwroot");
        if (Directory.Exists(pages))
        {
            // Asked for anew each time and answered by its tag: a television that runs for months must not keep half of an older page.
            app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(pages), OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        }

        QueueApi.Map(app, centre);
        foreach (var address in (string[])["/board", "/board/{code}"])
        {
            app.MapGet(address, () => Page(pages, "board")).ExcludeFromDescription();
        }

        app.MapGet("/rate/{counter:int}", () => Page(pages, "rate")).ExcludeFromDescription();
        foreach (var page in (string[])["recorder", "announce", "kiosk", "lookup"])
        {
            app.MapGet("/" + page, () => Page(pages, page)).ExcludeFromDescription();
        }

        app.MapGet("/counter/{number:int}", () => Page(pages, "counter")).ExcludeFromDescription();
        app.MapGet("/help", () => Page(pages, "help")).ExcludeFromDescription();
        app.MapGet("/today", () => Page(pages, "today")).ExcludeFromDescription();

        if (centre.Hardware is VirtualHardware box)
        {
            LabApi.Map(app, centre, box);
            app.MapGet("/lab", () => Page(pages, "lab")).ExcludeFromDescription();
            app.MapGet("/", () => Results.Redirect("/lab")).ExcludeFromDescription();
        }
    }

    // A television stands where anybody can reach its network; from there nobody takes or calls numbers or breaks wires. People look things up there and rate what was just done.
    private static bool IsForTelevisions(PathString path) =>
        path.StartsWithSegments("/rate", StringComparison.Ordinal) || path.StartsWithSegments("/api/rate", StringComparison.Ordinal)
        || path.StartsWithSegments("/lookup", StringComparison.Ordinal) || path.StartsWithSegments("/api/procedures", StringComparison.Ordinal) || path == "/api/kiosk"
        || (path.StartsWithSegments("/kiosk", StringComparison.Ordinal, out var file) && file.Value is { Length: > 1 }) || path == "/dom.js" || path == "/edge.js"
        || path.StartsWithSegments("/board", StringComparison.Ordinal) || path.StartsWithSegments("/tv", StringComparison.Ordinal)
        || path.StartsWithSegments("/api/board", StringComparison.Ordinal) || path == "/favicon.svg";

    // A page of another site must not press our buttons through a clerk's browser.
    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!IsOurs(request.Host.Host))
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "foreign-host", "Bị từ chối", "Hãy mở trang bằng địa chỉ IP hoặc tên của máy.").ExecuteAsync(context);
        }

        if (!HttpMethods.IsGet(request.Method) && request.Headers.Origin is [{ } origin] && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != request.Host.Value))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "foreign-origin", "Bị từ chối", "Yêu cầu đến từ một trang khác.").ExecuteAsync(context);
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = request.Path == "/lab" ? Framing : request.Path.StartsWithSegments("/board", StringComparison.Ordinal) ? Framed : Unframed;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = request.Path == "/recorder" || request.Path == "/recorder.html" ? OwnMicrophone : Nothing;
        return next(context);
    }

    private static IResult Page(string folder, string name) => Results.File(Path.Combine(folder, name + ".html"), "text/html; charset=utf-8");

    // A stranger's name that was made to point at us (DNS rebinding) would make a stranger's page our own.
    private static bool IsOurs(string host) =>
        IPAddress.TryParse(host, out _) || host is "localhost"
        || string.Equals(host, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
        || string.Equals(host, Environment.MachineName + ".local", StringComparison.OrdinalIgnoreCase);
}
