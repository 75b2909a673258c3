using System.Security.Cryptography;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Health;
using MotCua.Edge.Pages;
using MotCua.Protocols.Trust;

namespace MotCua.Edge.Hosting;

/// <summary><c>serve</c>: runs a centre until it is told to stop. Buttons live before the first page does.</summary>
internal static partial class EdgeService
{
    /// <summary>Exit code of sysexits(3) EX_CONFIG; systemd does not restart on it.</summary>
    private const int BadConfiguration = 78;

    public static async Task<int> RunAsync(EdgeArguments arguments)
    {
        using var logs = LoggerFactory.Create(Logging);
        var log = logs.CreateLogger("MotCua.Edge");
        try
        {
            Directory.CreateDirectory(arguments.Data);
            var (options, bad) = LastGoodConfiguration.Load(arguments.Config, arguments.Data);
            var (key, badKey) = options.Mqtt is { } mqtt ? ReadKey(arguments.Config, mqtt.ProvinceKey) : (null, null);
            using var province = key;
            using var centre = Assemble(arguments, options, province, logs);
            if (bad is not null)
            {
                LogBadConfiguration(log, bad.Message);
            }

            if (badKey is not null)
            {
                LogNoProvince(log, badKey);
            }

            centre.Devices.Fault("edge", "config.bad", bad?.Errors[0].ToString() ?? badKey, present: bad is not null || badKey is not null);

            await RunAsync(arguments, centre, log);
            return 0;
        }
        catch (ConfigurationException e)
        {
            LogCannotStart(log, e.Message);
            return BadConfiguration;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogCannotStart(log, e.Message);
            return 1;
        }
    }

    private static EdgeCentre Assemble(EdgeArguments arguments, CentreOptions options, ProvinceKey? province, ILoggerFactory logs)
    {
        var seams = Rim.Seams(options, arguments.Data, logs);
        return new EdgeCentre(
            options, province,
            centre => new HostHealth(Path.Combine(arguments.Data, "journal"), seams.Time, seams.Identity.Clock, () => centre.Uplink?.Pending ?? 0).Read(),
            seams);
    }

    private static async Task RunAsync(EdgeArguments arguments, EdgeCentre centre, ILogger log)
    {
        using var stop = new CancellationTokenSource();
        var notify = SdNotify.FromEnvironment();
        var runner = new LoopRunner(centre.Time, (loop, e) =>
        {
            LogLoopFailed(log, e, loop.Name);
            centre.Devices.Fault("edge", "loop.failed", $"{loop.Name}: {e.Message}", present: true);
        });
        List<ISteppedLoop> loops = [.. centre.Loops];
        if (SdNotify.WatchdogInterval() is { } interval)
        {
            loops.Add(new Watchdog(centre.Loop, interval, notify.Tell));
        }

        centre.Loop.CallersMayWrite = true;
        // Each on a thread of the pool; the writer's sync may block one of them for as long as the card takes.
        var running = loops.Select(loop => Task.Run(() => runner.RunAsync(loop, stop.Token))).ToList();
        await using (var web = WebHost.Build(arguments.Urls, centre, Logging))
        {
            await web.StartAsync();
            LogReady(log, centre.Options.Name, string.Join(' ', web.Urls), centre.Journal.Committed.Seq);
            notify.Tell("READY=1");
            await web.WaitForShutdownAsync();
            notify.Tell("STOPPING=1");
        }

        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    // Without the key no word of the province can be believed, so there is no uplink; citizens are served all the same.
    private static (ProvinceKey? Key, string? Bad) ReadKey(string config, string file)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(config))!, file);
        try
        {
            return (ProvinceKey.FromPem(File.ReadAllText(path)), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return (null, $"mqtt.province-key: không đọc được khóa của tỉnh ({path}): {e.Message}");
        }
    }

    private static void Logging(ILoggingBuilder builder) => builder
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });

    [LoggerMessage(1001, LogLevel.Information, "{Name} is open at {Urls}; the journal stands at event {Seq}")]
    private static partial void LogReady(ILogger log, string name, string urls, long seq);

    [LoggerMessage(1002, LogLevel.Error, "The configuration was not taken, the last good one serves: {Errors}")]
    private static partial void LogBadConfiguration(ILogger log, string errors);

    [LoggerMessage(1003, LogLevel.Critical, "Cannot start: {Reason}")]
    private static partial void LogCannotStart(ILogger log, string reason);

    [LoggerMessage(1004, LogLevel.Error, "Loop {Loop} failed and is tried again in a second; the others go on")]
    private static partial void LogLoopFailed(ILogger log, Exception e, string loop);

    [LoggerMessage(1005, LogLevel.Error, "No uplink: {Reason}. The centre serves; its events wait in the journal")]
    private static partial void LogNoProvince(ILogger log, string reason);
}
