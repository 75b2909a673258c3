using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MotCua.Edge.Assembly;
using MotCua.Edge.Assembly.Tests;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Pages.Tests;

public sealed class OpenApiTests
{
    private static readonly string Document = Path.Combine(SourceTree.Root, "edge/Service/Pages/wwwroot/openapi/v1.json");

    [Fact]
    public async Task The_document_that_the_box_serves_is_the_one_that_its_routes_describe()
    {
        var described = await DescribeAsync();
        if (SourceTree.IsUpdated)
        {
            await File.WriteAllTextAsync(Document, described, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(Document), $"{Document} is missing; UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken), described);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var web = await WebBench.StartAsync();
        var (status, document) = await web.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/tickets", out var tickets));
        Assert.True(tickets.GetProperty("post").GetProperty("responses").TryGetProperty("201", out _));
        foreach (var path in (string[])["/api/queue", "/api/health", "/api/stream", "/api/counters/{number}/next", "/lab/buttons/{id}/press", "/lab/boards", "/lab/speaker", "/lab/faults"])
        {
            Assert.True(document.GetProperty("paths").TryGetProperty(path, out _), path);
        }
    }

    // The library that describes routes works here and not on the box, where it would cost memory and time at every start.
    private static async Task<string> DescribeAsync()
    {
        using var centre = new TestCentre();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Một Cửa Edge", Version = "v1",
                Description = "The queue and devices of one public administrative service centre. The paths under /lab exist only where the hardware is simulated.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        }));
        await using var app = builder.Build();
        app.MapOpenApi("/openapi/v1.json");
        QueueApi.Map(app, centre.Centre);
        LabApi.Map(app, centre.Centre, (VirtualHardware)centre.Centre.Hardware);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        return (await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") + "\n";
    }
}
