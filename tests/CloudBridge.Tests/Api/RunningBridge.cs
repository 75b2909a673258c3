using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using MotCua.CloudBridge.Hosting;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Tests.Api;

/// <summary>The whole program on a free loopback port, over any link.</summary>
public sealed class RunningBridge : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("bridge-app-");
    private readonly WebApplication app;

    public RunningBridge(IMqttLink link, string host = "broker.test", int port = 1883, MqttTls? tls = null, string? publicUrl = null)
    {
        Key = ProvinceKey.Create();
        var key = Path.Combine(directory.FullName, "province.key");
        File.WriteAllText(key, Key.PrivatePem());
        var options = new BridgeOptions("http://127.0.0.1:0", Path.Combine(directory.FullName, "data"), host, port, key, Shared: true, tls) { PublicUrls = publicUrl is null ? [] : [new Uri(publicUrl)] };
        app = BridgeApp.Build(options, link, TimeProvider.System, new Random(1));
    }

    public ProvinceKey Key { get; }

    public HttpClient Http { get; } = new();

    public IServiceProvider Services => app.Services;

    public async Task<RunningBridge> StartAsync()
    {
        await app.StartAsync(Xunit.TestContext.Current.CancellationToken);
        Http.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Key.Dispose();
        directory.Delete(recursive: true);
    }
}
