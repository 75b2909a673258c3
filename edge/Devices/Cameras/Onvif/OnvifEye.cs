using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <summary>The real one.</summary>
/// <param name="random">Its own: pauses differ from eye to eye.</param>
/// <param name="gate">Shared with the camera's streams; null for an eye that is alone. Cameras keep accounts of their own for this service, so a refusal here does not stop the streams.</param>
public sealed class OnvifEye(Uri device, CameraLogin? login, TimeProvider time, Random random, OnvifOptions? options = null, LoginGate? gate = null) : IOnvifEye
{
    private const int MostWaiting = 64;

    private readonly OnvifOptions options = options ?? OnvifOptions.Default;
    private readonly CancellationTokenSource ending = new();
    private readonly LoginGate? streams = gate;
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
        : topic.Contains("Tamper", StringComparison.Ordinal) || topic.Contains("GlobalSceneChange", StringComparison.Ordinal) ? NoticeKind.Tamper
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
                await EnterAsync(ending.Token);
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

            streams?.Leave();
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

    // While a stream tries the login, or it was refused there, nothing is asked here: both would count.
    private async Task EnterAsync(CancellationToken stop)
    {
        while (streams is { } one && (one.IsRefused || !one.TryEnter()))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, stop);
        }
    }

    private StreamTrouble TroubleOf(Exception e) => e switch
    {
        OnvifFaultException refused => new StreamTrouble(refused.IsLogin ? CameraFaults.OnvifRefused : CameraFaults.OnvifFailed, e.Message, time.GetTimestamp()) { Heard = refused.Heard },
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
        streams?.Leave();
        await WithinAsync(options.AnswerWithin, async token => { await client.FindServicesAsync(token); return 0; }, stop);
        var pull = await SubscribeAsync(client, stop);
        lock (gate)
        {
            sight = sight with { Trouble = null, IsSeen = true, Model = model, TellsEvents = pull is not null };
        }

        news();
        await FollowAsync(client, pull, stop);
    }

    // One that notices nothing still has a clock.
    private async Task<Uri?> SubscribeAsync(OnvifClient client, CancellationToken stop)
    {
        try
        {
            return await WithinAsync(options.AnswerWithin, token => client.SubscribeAsync(options.Lasting, token), stop);
        }
        catch (OnvifFaultException e) when (!e.IsLogin)
        {
            return null;
        }
    }

    // Some cameras know no Renew; a new subscription is as good.
    private async Task<Uri?> RenewAsync(OnvifClient client, Uri pull, CancellationToken stop)
    {
        try
        {
            await WithinAsync(options.AnswerWithin, async token => { await client.RenewAsync(pull, options.Lasting, token); return 0; }, stop);
            return pull;
        }
        catch (OnvifFaultException e) when (!e.IsLogin)
        {
            await LeaveAsync(client, pull);
            return await SubscribeAsync(client, stop);
        }
    }

    private async Task FollowAsync(OnvifClient client, Uri? pull, CancellationToken stop)
    {
        try
        {
            await FollowAsync(client, pull, renewed => pull = renewed, stop);
        }
        finally
        {
            if (pull is not null)
            {
                await LeaveAsync(client, pull);
            }
        }
    }

    private async Task FollowAsync(OnvifClient client, Uri? pull, Action<Uri?> renewed, CancellationToken stop)
    {
        var (clockAt, renewAt) = (time.After(options.ClockEvery), time.After(options.Lasting / 2));
        var pullAt = time.GetTimestamp();
        while (true)
        {
            if (pull is null)
            {
                await Task.Delay(time.Until(clockAt), time, stop);
            }
            else
            {
                // A camera that answers each pull at once must not keep the box busy.
                await Task.Delay(time.Until(pullAt), time, stop);
                pullAt = time.After(options.PullEvery);
                Keep(await WithinAsync(options.Waiting + options.AnswerWithin, token => client.PullAsync(pull, options.Waiting, token), stop));
            }

            if (pull is not null && time.GetTimestamp() >= renewAt)
            {
                pull = await RenewAsync(client, pull, stop);
                renewed(pull);
                lock (gate)
                {
                    sight = sight with { TellsEvents = pull is not null };
                }

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
