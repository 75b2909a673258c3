using System.Net;

namespace MotCua.CloudBridge.Api;

/// <summary>A page of another site must not read through an operator's browser, nor give commands.</summary>
/// <remarks>
/// A stranger's name can be made to point at this machine (DNS rebinding); the browser then takes his page and ours for one. It still says that name in <c>Host</c>,
/// so a name is answered only when it is this machine's for everybody (<c>localhost</c>) or the operator's own (<c>--public-url</c>). Addresses cannot be rebound.
/// A proxy may put its own target into <c>Host</c>; then <c>Origin</c> says what the browser sees, and that is a public address of ours.
/// </remarks>
/// <param name="publicUrls">Where browsers see us.</param>
internal sealed class OriginGuard(IReadOnlyList<Uri> publicUrls)
{
    // Supervisors and load balancers ask by names of their own, and learn nothing but whether we work.
    private static readonly PathString Health = "/healthz";

    public Task Check(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!IsOurs(request.Host) && request.Path != Health)
        {
            return Refuse(context, $"Trang này chưa được mở dưới tên «{request.Host.Host}»: thêm --public-url {request.Scheme}://{request.Host} khi khởi động cầu nối.", StatusCodes.Status421MisdirectedRequest);
        }

        return !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && request.Headers.Origin is [{ } origin] && !IsOurs(origin, request.Host)
            ? Refuse(context, "Yêu cầu đến từ một trang khác.", StatusCodes.Status403Forbidden)
            : next(context);
    }

    private bool IsOurs(HostString host) =>
        host.Host is var name && (IPAddress.TryParse(name, out _) || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || publicUrls.Any(url => url.IdnHost.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private bool IsOurs(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (from.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase) || publicUrls.Any(url => url.Scheme == from.Scheme && url.IdnHost == from.IdnHost && url.Port == from.Port));

    private static Task Refuse(HttpContext context, string why, int status) => Results.Problem(why, statusCode: status, title: "Bị từ chối").ExecuteAsync(context);
}
