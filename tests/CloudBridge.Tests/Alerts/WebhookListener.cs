using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MotCua.CloudBridge.Tests.Alerts;

/// <param name="Path">With the query.</param>
internal sealed record Heard(string Path, IHeaderDictionary Headers, string Body);

/// <summary>A real HTTP server on a free loopback port, which answers as a test says.</summary>
internal sealed class WebhookListener : IAsyncDisposable
{
    private readonly WebApplication app;

    public WebhookListener()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public ConcurrentQueue<Heard> Requests { get; } = new();

    public Func<HttpContext, Task> Answer { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public async Task<WebhookListener> StartAsync()
    {
        await app.StartAsync(Xunit.TestContext.Current.CancellationToken);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(Xunit.TestContext.Current.CancellationToken);
        await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue(new Heard($"{context.Request.Path}{context.Request.QueryString}", new HeaderDictionary(context.Request.Headers.ToDictionary()), await reader.ReadToEndAsync(context.RequestAborted)));
        await Answer(context);
    }
}
