using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <summary>What is known of a camera's own service now.</summary>
/// <param name="Trouble">Null while it answers, and before anything is known.</param>
/// <param name="Model">Null before it said.</param>
/// <param name="ClockAt">Monotonic moment at which <paramref name="Clock"/> was shown.</param>
/// <param name="Clock">What the camera's clock showed then; null before it was asked.</param>
/// <param name="TellsEvents">It tells what it notices.</param>
public sealed record OnvifSight(StreamTrouble? Trouble, bool IsSeen, CameraModel? Model, long ClockAt, DateTimeOffset? Clock, bool TellsEvents)
{
    public static OnvifSight Nothing { get; } = new(null, IsSeen: false, null, 0, null, TellsEvents: false);
}

/// <summary>Asks a camera's own service all the time, by itself.</summary>
public interface IOnvifEye : IAsyncDisposable
{
    /// <summary>Begins to ask. Returns at once.</summary>
    /// <param name="news">Called from any thread when there is something new.</param>
    void Begin(Action news);

    /// <summary>What is known now. Any thread; never waits.</summary>
    OnvifSight Look();

    /// <summary>The next thing that the camera noticed, oldest first; null when none waits. At most 64 wait, then the oldest goes.</summary>
    Notice? TryTake();
}

/// <summary>A camera's own word of what it noticed.</summary>
/// <param name="IsOn">Null when it only says that something happened.</param>
public sealed record Notice(NoticeKind Kind, bool? IsOn);

/// <summary>What cameras notice.</summary>
public enum NoticeKind
{
    Motion,
    Sound,
    Input,
    Tamper,
}

/// <summary>Times of asking.</summary>
public sealed record OnvifOptions
{
    public static OnvifOptions Default { get; } = new();

    /// <summary>Each answer. Default 5 s.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the camera may hold back an answer while nothing happens. Default 20 s.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a subscription holds; renewed at half of it. Default 5 min: one that is left behind is gone soon.</summary>
    public TimeSpan Lasting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From one look at the camera's clock to the next. Default 60 s.</summary>
    public TimeSpan ClockEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The shortest and the longest pause after a failure. Default 5 s and 2 min.</summary>
    public (TimeSpan First, TimeSpan Longest) Pause { get; init; } = (TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));

    /// <summary>After a refused login: cameras lock an account after a few wrong tries. Default 5 min.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>The real one.</summary>
/// <param name="random">Its own: pauses differ from eye to eye.</param>
public sealed class OnvifEye(Uri device, CameraLogin? login, TimeProvider time, Random random, OnvifOptions? options = null) : IOnvifEye
{
    private const int MostWaiting = 64;

    private readonly OnvifOptions options = options ?? OnvifOptions.Default;
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly Queue<Notice> notices = new();
    private OnvifSight sight = OnvifSight.Nothing;
    private Task asking = Task.CompletedTask;
    private Action news = () => { };

    /// <inheritdoc/>
    public void Begin(Action news)
    {
        this.news = news;
        asking = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public OnvifSight Look()
    {
        lock (gate)
        {
            return sight;
        }
    }

    /// <inheritdoc/>
    public Notice? TryTake()
    {
        lock (gate)
        {
            return notices.TryDequeue(out var notice) ? notice : null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await asking;
        ending.Dispose();
    }

    /// <summary>What a topic is about; null for what nobody needs to hear.</summary>
    internal static NoticeKind? KindOf(string topic) =>
        topic.EndsWith("DigitalInput", StringComparison.Ordinal) ? NoticeKind.Input
        : topic.Contains("DetectedSound", StringComparison.Ordinal) || topic.Contains("AudioAnalytics", StringComparison.Ordinal) ? NoticeKind.Sound
        : topic.Contains("Tamper", StringComparison.Ordinal) || topic.Contains("GlobalSceneChange", StringComparison.Ordinal) || topic.Contains("ImageTooDark", StringComparison.Ordinal) ? NoticeKind.Tamper
        : topic.Contains("Motion", StringComparison.Ordinal) ? NoticeKind.Motion
        : null;

    private async Task RunAsync()
    {
        var pause = options.Pause.First;
        while (!ending.IsCancellationRequested)
        {
            StreamTrouble trouble;
            try
            {
                await AskAsync(ending.Token);
                return;
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // Whatever a stranger sent: its own eye asks again later.
            {
                trouble = TroubleOf(e);
            }

            bool wasSeen;
            lock (gate)
            {
                wasSeen = sight.IsSeen;
                sight = sight with { Trouble = sight.Trouble is { } before ? trouble with { Since = before.Since } : trouble, IsSeen = false, TellsEvents = false };
            }

            news();
            var most = Math.Min(options.Pause.Longest.Ticks, 3 * (wasSeen ? options.Pause.First : pause).Ticks);
            pause = TimeSpan.FromTicks(options.Pause.First.Ticks + (long)(random.NextDouble() * Math.Max(0, most - options.Pause.First.Ticks)));
            try
            {
                await Task.Delay(trouble.Fault == CameraFaults.OnvifRefused ? options.RefusedPause * (1 + random.NextDouble()) : pause, time, ending.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private StreamTrouble TroubleOf(Exception e) => e switch
    {
        OnvifFaultException { IsLogin: true } => new StreamTrouble(CameraFaults.OnvifRefused, e.Message, time.GetTimestamp()),
        OperationCanceledException => new StreamTrouble(CameraFaults.OnvifFailed, "không trả lời đúng hạn", time.GetTimestamp()),
        IOException or InvalidDataException or System.Net.Sockets.SocketException => new StreamTrouble(CameraFaults.OnvifFailed, e.Message, time.GetTimestamp()),
        _ => new StreamTrouble(CameraFaults.OnvifFailed, $"{e.GetType().Name}: {e.Message}", time.GetTimestamp()),
    };

    // Goes on until something fails.
    private async Task AskAsync(CancellationToken stop)
    {
        var client = new OnvifClient(device, login, time);
        await ReadClockAsync(client, stop);
        var model = await WithinAsync(options.AnswerWithin, client.ReadModelAsync, stop);
        await WithinAsync(options.AnswerWithin, async token => { await client.FindServicesAsync(token); return 0; }, stop);
        var pull = await WithinAsync(options.AnswerWithin, token => client.SubscribeAsync(options.Lasting, token), stop);
        lock (gate)
        {
            sight = sight with { Trouble = null, IsSeen = true, Model = model, TellsEvents = pull is not null };
        }

        news();
        try
        {
            await FollowAsync(client, pull, stop);
        }
        finally
        {
            if (pull is not null)
            {
                await LeaveAsync(client, pull);
            }
        }
    }

    private async Task FollowAsync(OnvifClient client, Uri? pull, CancellationToken stop)
    {
        var (clockAt, renewAt) = (time.After(options.ClockEvery), time.After(options.Lasting / 2));
        while (true)
        {
            if (pull is null)
            {
                await Task.Delay(time.Until(clockAt), time, stop);
            }
            else
            {
                Keep(await WithinAsync(options.Waiting + options.AnswerWithin, token => client.PullAsync(pull, options.Waiting, token), stop));
            }

            if (pull is not null && time.GetTimestamp() >= renewAt)
            {
                await WithinAsync(options.AnswerWithin, async token => { await client.RenewAsync(pull, options.Lasting, token); return 0; }, stop);
                renewAt = time.After(options.Lasting / 2);
            }

            if (time.GetTimestamp() >= clockAt)
            {
                await ReadClockAsync(client, stop);
                clockAt = time.After(options.ClockEvery);
            }
        }
    }

    // A camera that ends goes without it; one that lives keeps a place free.
    private async Task LeaveAsync(OnvifClient client, Uri pull)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        try
        {
            await client.UnsubscribeAsync(pull, deadline.Token);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            // It ends by itself within minutes.
        }
    }

    private async Task ReadClockAsync(OnvifClient client, CancellationToken stop)
    {
        var shown = await WithinAsync(options.AnswerWithin, client.ReadClockAsync, stop);
        lock (gate)
        {
            sight = sight with { Clock = shown, ClockAt = time.GetTimestamp() };
        }

        news();
    }

    private void Keep(IReadOnlyList<CameraNotice> came)
    {
        lock (gate)
        {
            foreach (var one in came)
            {
                if (KindOf(one.Topic) is { } kind)
                {
                    notices.Enqueue(new Notice(kind, one.IsOn));
                }
            }

            while (notices.Count > MostWaiting)
            {
                notices.Dequeue();
            }
        }

        if (came.Count > 0)
        {
            news();
        }
    }

    private async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"không trả lời trong {limit.TotalSeconds:0.#} s", e);
        }
    }
}
