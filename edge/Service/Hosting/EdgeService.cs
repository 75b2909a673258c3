using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Health;
using MotCua.Edge.Journal;
using MotCua.Edge.Pages;
using MotCua.Edge.Trials;
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
        using var shutdown = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        try
        {
            Directory.CreateDirectory(arguments.Data);
            using var own = OwnFolder(arguments.Data);
            var book = OpenBook(arguments.Data, out var closed);
            if (closed is not null)
            {
                LogNoBook(log, closed);
            }

            while (await ServeAsync(arguments, (book, closed), logs, log, shutdown.Token))
            {
                LogAnotherConfiguration(log);
            }

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

        void Leave(PosixSignalContext signal)
        {
            signal.Cancel = true;
            shutdown.Cancel();
        }
    }

    /// <returns>True when another configuration is to be used: everything is put together anew.</returns>
    private static async Task<bool> ServeAsync(
        EdgeArguments arguments, (TrialBook? Book, string? Closed) trials, ILoggerFactory logs, ILogger log, CancellationToken shutdown)
    {
        var prepared = Task.Run(() => WebHost.Prepare(arguments.Urls, Logging), CancellationToken.None);
        if (trials.Book is not { } book)
        {
            return await ServeAsync(arguments, null, StartingConfiguration.Own(arguments.Config, arguments.Data, trials.Closed), prepared, logs, log, shutdown);
        }

        var starting = StartingConfiguration.Choose(arguments.Config, arguments.Data, book, TimeProvider.System.GetUtcNow());
        try
        {
            var again = await ServeAsync(arguments, book, starting, prepared, logs, log, shutdown);
            StartingConfiguration.Ended(book);
            return again;
        }
        catch (Exception e) when (starting.Pushed is not null && !shutdown.IsCancellationRequested && StartingConfiguration.Fell(book, starting, e, TimeProvider.System.GetUtcNow()))
        {
            LogTrialFailed(log, e, starting.Pushed ?? 0); // Whatever it was, the configuration before worked.
            return true;
        }
    }

    private static async Task<bool> ServeAsync(
        EdgeArguments arguments, TrialBook? book, StartingConfiguration starting, Task<WebApplication> prepared, ILoggerFactory logs, ILogger log, CancellationToken shutdown)
    {
        var bad = starting.Bad;
        var options = starting.Options.Beside(Path.GetDirectoryName(Path.GetFullPath(arguments.Config))!);
        var (key, badKey) = options.Mqtt is { } mqtt ? ReadKey(arguments.Config, mqtt.ProvinceKey) : (null, null);
        using var province = key;
        using var centre = Assemble(arguments, options, province, logs, book is null ? null : new TrialSeam(book, starting, () => StartingConfiguration.HashOf(arguments.Config)));
        if (bad is not null)
        {
            LogBadConfiguration(log, bad.Message);
        }
        else if (starting.Pushed is null)
        {
            LastGoodConfiguration.Keep(arguments.Config, options.Hash, arguments.Data);
        }

        if (badKey is not null)
        {
            LogNoProvince(log, badKey);
        }

        centre.Devices.Fault("edge", "config.bad", bad?.Errors[0].ToString(), present: bad is not null);
        centre.Devices.Fault("uplink", "uplink.no-key", badKey, present: badKey is not null);
        if (centre.Configurations is null)
        {
            centre.Devices.Fault("edge", "config.card", starting.Unread, present: starting.Unread is not null);
        }

        if (starting.IsTrial && centre.Configurations is null)
        {
            throw new IOException(badKey ?? "Không có đường về tỉnh nên không ai xác nhận được cấu hình; thêm mục mqtt rồi gửi lại."); // Nobody could ever say that it is good.
        }

        return await RunAsync(arguments, centre, prepared, log, shutdown);
    }

    private static EdgeCentre Assemble(EdgeArguments arguments, CentreOptions options, ProvinceKey? province, ILoggerFactory logs, TrialSeam? trials)
    {
        var seams = Rim.Seams(options, arguments.Config, arguments.Data, logs) with { Trials = trials };
        try
        {
            return new EdgeCentre(
                options, province,
                centre => new HostHealth(Path.Combine(arguments.Data, "journal"), seams.Time, seams.Identity.Clock, () => centre.Uplink?.Pending ?? 0).Read(),
                seams);
        }
        catch
        {
            // What is tried in its place wants the same wires.
            seams.Hardware.Dispose();
            seams.Link?.Dispose();
            throw;
        }
    }

    private static async Task<bool> RunAsync(EdgeArguments arguments, EdgeCentre centre, Task<WebApplication> prepared, ILogger log, CancellationToken shutdown)
    {
        using var stop = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        var again = false;
        centre.Configurations?.RestartWanted += () =>
        {
            again = true;
            ended.Cancel();
        };
        var notify = SdNotify.FromEnvironment();
        var runner = new LoopRunner(centre.Time, (loop, e) =>
        {
            LogLoopFailed(log, e, loop.Name);
            centre.Devices.Fault("edge", "loop.failed", $"{loop.Name}: {e.Message}", present: true);
        });
        List<ISteppedLoop> loops = [.. centre.Loops, new NativeHeap(), new StartPages()];
        if (SdNotify.WatchdogInterval() is { } interval)
        {
            loops.Add(new Watchdog(centre.Loop, interval, notify.Tell));
        }

        centre.Loop.CallersMayWrite = true;
        // Each on a thread of the pool; the writer's sync may block one of them for as long as the card takes.
        var running = loops.Select(loop => Task.Run(() => runner.RunAsync(loop, stop.Token))).ToList();
        try
        {
            await ServePagesAsync(arguments, centre, prepared, notify, log, ended.Token);
        }
        finally
        {
            if (!again)
            {
                notify.Tell("STOPPING=1");
            }

            await stop.CancelAsync();
            await Task.WhenAll(running);
        }

        return again && !shutdown.IsCancellationRequested;
    }

    /// <summary>Where configurations of the province lie.</summary>
    /// <param name="closed">Why there is none, in words: then the box's own file serves and none of the province's is taken.</param>
    internal static TrialBook? OpenBook(string data, out string? closed)
    {
        closed = null;
        try
        {
            return new TrialBook(new DiskFolder(Path.Combine(data, EdgeConfig.Folder)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            closed = $"Thẻ nhớ không có chỗ cho cấu hình của tỉnh, máy chạy theo tệp tại chỗ; dọn chỗ trống hoặc thay thẻ nhớ rồi khởi động lại. ({e.Message})";
            return null;
        }
    }

    // A second program on the same journal would write over the first one's events. The kernel gives the lock back whatever ends us.
    private static FileStream OwnFolder(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e)
        {
            throw new IOException($"Another program uses the data folder {folder}; stop it first (systemctl stop motcua-edge).", e);
        }
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

    [LoggerMessage(1002, LogLevel.Error, "The configuration was not taken, the last good one serves: {Errors}")]
    private static partial void LogBadConfiguration(ILogger log, string errors);

    [LoggerMessage(1003, LogLevel.Critical, "Cannot start: {Reason}")]
    private static partial void LogCannotStart(ILogger log, string reason);

    [LoggerMessage(1004, LogLevel.Error, "Loop {Loop} failed and is tried again in a second; the others go on")]
    private static partial void LogLoopFailed(ILogger log, Exception e, string loop);

    [LoggerMessage(1007, LogLevel.Information, "Another configuration is to be used: the centre is put together anew; its queue goes on")]
    private static partial void LogAnotherConfiguration(ILogger log);

    [LoggerMessage(1009, LogLevel.Error, "No configuration of the province is taken: {Reason}")]
    private static partial void LogNoBook(ILogger log, string reason);

    [LoggerMessage(1008, LogLevel.Error, "Configuration {Revision} of the province cannot be started with; the one before is used again")]
    private static partial void LogTrialFailed(ILogger log, Exception e, long revision);

    [LoggerMessage(1005, LogLevel.Error, "No uplink: {Reason}. The centre serves; its events wait in the journal")]
    private static partial void LogNoProvince(ILogger log, string reason);
}
