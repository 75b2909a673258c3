namespace MotCua.CloudBridge.Api;

/// <summary>A page of another site must not give commands through an operator's browser.</summary>
internal static class OriginGuard
{
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        return !HttpMethods.IsGet(request.Method) && request.Headers.Origin is [{ } origin] && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != request.Host.Value)
            ? Results.Problem("Yêu cầu đến từ một trang khác.", statusCode: StatusCodes.Status403Forbidden, title: "Bị từ chối").ExecuteAsync(context)
            : next(context);
    }
}
