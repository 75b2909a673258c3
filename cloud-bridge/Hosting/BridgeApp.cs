using MotCua.CloudBridge.Alerts;
using MotCua.CloudBridge.Alerts.Telling;
using MotCua.CloudBridge.Api;
using MotCua.CloudBridge.Commands;
using MotCua.CloudBridge.Configurations;
using MotCua.CloudBridge.Dashboard;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Ingest;
using MotCua.CloudBridge.Ledger;
using MotCua.CloudBridge.Snapshots;
using MotCua.CloudBridge.Store;
using MotCua.CloudBridge.Views;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Hosting;

/// <summary>Puts the bridge together.</summary>
public static class BridgeApp
{
    private const int DaysOfAMonth = 31;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <param name="link">A fresh, unconnected link; the app disposes of it.</param>
    /// <param name="random">Jitter and the client's name; seeded in tests.</param>
    /// <exception cref="BridgeStoreException">The store cannot be opened.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key file holds no P-256 key.</exception>
    public static WebApplication Build(BridgeOptions options, IMqttLink link, TimeProvider time, Random random)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(BridgeApp).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // Not a line for each request.
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 1000;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        });
        AddBridge(builder.Services, options, link, time, random);
        AddWeb(builder.Services);

        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = e => e is BridgeStoreException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError });
        app.UseStatusCodePages();
        app.Use(SecurityHeaders.Add);
        app.Use(new OriginGuard(options.PublicUrls).Check);
        CentresApi.Map(app);
        CommandsApi.Map(app);
        ConfigurationsApi.Map(app);
        SnapshotsApi.Map(app);
        VideoLinkApi.Map(app, options.Video);
        HealthApi.Map(app);
        ProjectionApi.Map(app);
        HealthHistoryApi.Map(app);
        LedgerApi.Map(app);
        AlertsApi.Map(app);
        AlertRulesApi.Map(app);
        DashboardPage.Map(app);
        app.MapOpenApi();
        return app;
    }

    private static void AddBridge(IServiceCollection services, BridgeOptions options, IMqttLink link, TimeProvider time, Random random)
    {
        var connection = new MqttConnection(
            options.MqttHost, options.MqttPort, options.ClientId ?? $"bridge-{random.NextInt64():x16}", null, KeepAlive, options.Tls);
        // Factories, so that the container disposes of them in the opposite order: loop, link, store.
        services.AddSingleton(time);
        services.AddSingleton(_ => Stores.Open(options.Postgres ?? options.Data, time));
        services.AddSingleton(_ => link);
        services.AddSingleton(_ => ProvinceKey.FromPem(File.ReadAllText(options.Key)));
        services.AddSingleton(provider => FleetView.Load(provider.GetRequiredService<IBridgeStore>()));
        services.AddSingleton<IngestStatus>();
        services.AddSingleton<IngestPressure>();
        services.AddSingleton(provider => new BridgeLink(
            link, connection, options.Shared, time, random, provider.GetRequiredService<IngestStatus>(), provider.GetRequiredService<ILogger<BridgeLink>>()));
        services.AddSingleton<CommandDoor>();
        services.AddSingleton(provider => new CommandTraffic(
            provider.GetRequiredService<IMqttLink>(), provider.GetRequiredService<IBridgeStore>(), provider.GetRequiredService<FleetView>(), provider.GetRequiredService<ProvinceKey>(),
            time, random, provider.GetRequiredService<CommandDoor>()));
        services.AddSingleton<ConfigurationDoor>();
        services.AddSingleton(provider => new ConfigurationTraffic(
            provider.GetRequiredService<IMqttLink>(), provider.GetRequiredService<IBridgeStore>(), provider.GetRequiredService<FleetView>(), provider.GetRequiredService<ProvinceKey>(),
            time, provider.GetRequiredService<ConfigurationDoor>()));
        services.AddSingleton(provider => new SnapshotTraffic(provider.GetRequiredService<IBridgeStore>(), provider.GetRequiredService<FleetView>(), time));
        services.AddSingleton(provider => new SnapshotKeeper(provider.GetRequiredService<IBridgeStore>(), time));
        AddStepped<SnapshotKeeper>(services, time, "The upkeep of pictures", keeper => keeper.Step, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        services.AddSingleton(provider => new IngestLoop(
            provider.GetRequiredService<IMqttLink>(), provider.GetRequiredService<BridgeLink>(), provider.GetRequiredService<IBridgeStore>(), provider.GetRequiredService<FleetView>(),
            provider.GetRequiredService<ProvinceKey>(), time, random, provider.GetRequiredService<IngestStatus>(), new IngestGroupLimits(),
            provider.GetRequiredService<CommandTraffic>(), provider.GetRequiredService<ConfigurationTraffic>(), provider.GetRequiredService<SnapshotTraffic>(), provider.GetRequiredService<HealthSampler>(), provider.GetRequiredService<ILogger<IngestLoop>>()));
        services.AddSingleton(_ => new SdNotify(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), time));
        services.AddHostedService<IngestService>();
        services.AddSingleton<ProjectionStatus>();
        services.AddSingleton<ViewKeeper>();
        AddStepped<ViewKeeper>(services, time, "The views", keeper => keeper.Step, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        services.AddSingleton<HealthSampler>();
        services.AddSingleton(provider => new HealthKeeper(
            provider.GetRequiredService<IBridgeStore>(), provider.GetRequiredService<HealthSampler>(), provider.GetRequiredService<ProjectionStatus>(), time,
            TimeSpan.FromDays(DaysOfAMonth * options.HealthMonths)));
        // Right after the start nothing is gathered yet.
        AddStepped<HealthKeeper>(services, time, "Health over time", keeper => keeper.Step, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        services.AddSingleton<LedgerBook>();
        AddStepped<LedgerBook>(services, time, "The ledger of the pages", book => book.Step, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        AddAlerts(services, options, time, random);
        if (options.Postgres is not null)
        {
            services.AddHostedService(provider => new FleetFollower(
                (ICommitNews)provider.GetRequiredService<IBridgeStore>(), provider.GetRequiredService<FleetView>(), time, provider.GetRequiredService<ILogger<FleetFollower>>()));
        }
    }

    private static void AddAlerts(IServiceCollection services, BridgeOptions options, TimeProvider time, Random random)
    {
        services.AddSingleton(options.Channels);
        services.AddSingleton(provider => new AlertDescriber(provider.GetRequiredService<IBridgeStore>(), provider.GetRequiredService<FleetView>(), options.PublicUrls, time));
        services.AddSingleton<AlertKeeper>();
        AddStepped<AlertKeeper>(services, time, "The alerts", keeper => keeper.Step, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        services.AddSingleton<TryOutDesk>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<MailSender>();
        services.AddSingleton(provider => new Courier(
            provider.GetRequiredService<IBridgeStore>(), options.Channels, provider.GetRequiredService<WebhookSender>(), provider.GetRequiredService<MailSender>(),
            // Its own chance, since it is no thread of ingest.
            provider.GetRequiredService<ProjectionStatus>(), time, new Random(random.Next()), provider.GetRequiredService<ILogger<Courier>>()));
        services.AddHostedService<CourierService>();
    }

    private static void AddStepped<T>(IServiceCollection services, TimeProvider time, string part, Func<T, Func<TimeSpan>> step, TimeSpan first, TimeSpan afterFailure)
        where T : notnull => services.AddSingleton<IHostedService>(provider =>
            new SteppedService(part, step(provider.GetRequiredService<T>()), first, afterFailure, provider.GetRequiredService<IngestPressure>(), time, provider.GetRequiredService<ILogger<SteppedService>>()));

    private static void AddWeb(IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddSingleton<FleetNewsFeed>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddOpenApi(document => document.AddDocumentTransformer((openApi, _, _) =>
        {
            openApi.Info.Title = "Một Cửa Edge, cầu nối tỉnh";
            openApi.Info.Description = "Trung tâm, thiết bị và nhật ký sự kiện của tỉnh. Centres, devices and event logs of the province.";
            openApi.Info.Version = "v1";
            return Task.CompletedTask;
        }));
    }
}
