using System.Globalization;
using MotCua.Edge.Assembly;
using MotCua.Edge.Health;
using MotCua.Edge.Pages;

namespace MotCua.Edge.Hosting;

/// <content>The pages of a centre.</content>
internal static partial class EdgeService
{
    private const string NoPages = "pages.not-listening";
    private const string NoTvPort = "tv.port-taken";

    private static readonly TimeSpan PagesAgain = TimeSpan.FromSeconds(5);

    // Buttons, boards and voice serve without the pages; a port that another program holds is told and tried again.
    private static async Task ServePagesAsync(
        EdgeArguments arguments, EdgeCentre centre, Task<WebApplication> prepared, SdNotify notify, ILogger log, CancellationToken shutdown)
    {
        // A port of the televisions that is taken must not keep the clerks' pages away: it is left out until the next start.
        var tvPort = centre.Options.TvPort;
        for (; !shutdown.IsCancellationRequested; prepared = Task.Run(() => WebHost.Prepare(arguments.Urls, Logging), CancellationToken.None))
        {
            await using var web = await prepared;
            WebHost.Serve(web, centre, tvPort);
            try
            {
                if (!await TryStartAsync(web, shutdown))
                {
                    return;
                }

                centre.Devices.Fault("edge", NoPages, null, present: false);
                LogReady(log, centre.Options.Name, string.Join(' ', web.Urls), centre.Journal.Committed.Seq);
                notify.Tell("READY=1");
                await web.WaitForShutdownAsync(shutdown);
                return;
            }
            catch (IOException e)
            {
                LogNoPages(log, e.Message);
                if (tvPort is { } taken && e.Message.Contains(string.Create(CultureInfo.InvariantCulture, $":{taken}:"), StringComparison.Ordinal))
                {
                    tvPort = null;
                    centre.Devices.Fault("edge", NoTvPort, e.Message, present: true);
                }

                centre.Devices.Fault("edge", NoPages, e.Message, present: true);
                notify.Tell("READY=1");
            }

            await Task.Delay(PagesAgain, centre.Time, shutdown).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <returns>False when the program is to end, or to start anew, before the pages are there: no fault of whatever is being tried.</returns>
    internal static async Task<bool> TryStartAsync(IHost web, CancellationToken shutdown)
    {
        try
        {
            await web.StartAsync(shutdown);
            return true;
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(1001, LogLevel.Information, "{Name} is open at {Urls}; the journal stands at event {Seq}")]
    private static partial void LogReady(ILogger log, string name, string urls, long seq);

    [LoggerMessage(1006, LogLevel.Error, "The pages cannot be served ({Reason}) and are tried again in five seconds; buttons, boards and voice go on")]
    private static partial void LogNoPages(ILogger log, string reason);
}
