namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>What is known of a recorder now.</summary>
/// <param name="Trouble">Null while it answers, and before anything is known.</param>
/// <param name="Answer">The newest; null before the first, and kept when later ones fail.</param>
public sealed record RecorderSight(StreamTrouble? Trouble, RecorderAnswer? Answer)
{
    public static RecorderSight Nothing { get; } = new(null, null);
}

/// <summary>Asks one recorder all the time, by itself.</summary>
public interface IRecorderEye : IAsyncDisposable
{
    /// <summary>Begins to ask. Returns at once.</summary>
    /// <param name="news">Called from any thread when there is something new.</param>
    void Begin(Action news);

    /// <summary>What is known now. Any thread; never waits.</summary>
    RecorderSight Look();
}

/// <summary>The real one: once a minute, each time within a deadline, and after a refused password much later.</summary>
public sealed class RecorderEye : IRecorderEye
{
    /// <summary>From one question to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(60);

    /// <summary>For all that one question takes, an ISAPI recorder's tracks apart: an old recorder searches its disks for seconds.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(25);

    /// <summary>Recorders lock an account after a few wrong tries, for everybody and for some half an hour; so there is one try in it at most, and often fewer.</summary>
    public static readonly TimeSpan RefusedPause = TimeSpan.FromMinutes(30);

    private readonly IRecorderSource source;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private RecorderSight sight = RecorderSight.Nothing;
    private Task asking = Task.CompletedTask;
    private Action news = () => { };

    /// <param name="url">Where it is, which of a simulated one is not the address of the file.</param>
    /// <param name="random">Its own: pauses differ from eye to eye.</param>
    public RecorderEye(Recorder recorder, Uri url, TimeProvider time, Random random)
    {
        (this.time, this.random) = (time, random);
        source = recorder.Kind switch
        {
            RecorderKind.Onvif => new OnvifSource(recorder, url, time),
            RecorderKind.Isapi => new IsapiSource(recorder, url, time),
            _ => new JsonSource(recorder, url, time),
        };
    }

    /// <inheritdoc/>
    public void Begin(Action news)
    {
        this.news = news;
        asking = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public RecorderSight Look()
    {
        lock (gate)
        {
            return sight;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await asking;
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            StreamTrouble? trouble = null;
            RecorderAnswer? answer = null;
            try
            {
                answer = await source.AskAsync(ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // Whatever a stranger sent: its own eye asks again later.
            {
                trouble = TroubleOf(e);
            }

            lock (gate)
            {
                sight = new RecorderSight(trouble is not null && sight.Trouble is { } before ? trouble with { Since = before.Since } : trouble, answer ?? sight.Answer);
            }

            news();
            try
            {
                await Task.Delay(trouble?.Fault == RecorderFaults.LoginRefused ? RefusedPause * (1 + random.NextDouble()) : Every * (0.9 + (0.2 * random.NextDouble())), time, ending.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private StreamTrouble TroubleOf(Exception e) => e switch
    {
        CameraTroubleException named => new StreamTrouble(named.Fault, named.Message, time.GetTimestamp()),
        InvalidDataException => new StreamTrouble(RecorderFaults.BadAnswer, e.Message, time.GetTimestamp()),
        IOException or System.Net.Sockets.SocketException => new StreamTrouble(RecorderFaults.Unreachable, e.Message, time.GetTimestamp()),
        _ => new StreamTrouble(RecorderFaults.BadAnswer, e.GetType().Name, time.GetTimestamp()),
    };
}
