using System.Net.Sockets;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Neighbours;

/// <summary>One neighbour under watch: its look in flight, and what is believed of it.</summary>
internal sealed class Watched(Neighbour neighbour, IProbe probe, NeighbourOptions options, TimeProvider time) : IDisposable
{
    private readonly HoldDown judge = new(options.Failures, options.Successes);
    private CancellationTokenSource? deadline;
    private Task<Finding>? look;
    private long lookBegan;
    private long lookEnds;
    private bool givenUp;
    private long? unansweredSince;
    private long answeredAt = long.MinValue;
    private bool cannotLook;

    public Neighbour Neighbour => neighbour;

    public Watched? Root { get; set; }

    public List<Watched> Behind { get; } = [];

    public long DueAt { get; set; }

    /// <summary>A look that was given up counts no more, but no second one begins beside it: a neighbour that hangs keeps one look, for ever if it must.</summary>
    public bool IsLooking => look is not null && !givenUp;

    public bool MayLook => look is null && !IsHidden;

    /// <summary>Something that it depends on is down.</summary>
    public bool IsHidden => Root is { } root && (root.IsDown || root.IsHidden);

    public bool IsDown => judge.Believed is { Looked: true, Answered: false };

    public bool IsInDoubt => judge.IsInDoubt;

    /// <summary>When something is found without a wake-up.</summary>
    public long GivesUpAt => look is null ? long.MaxValue : lookEnds;

    public Finding? Believed => judge.Believed;

    public void Begin(long now, Action ended)
    {
        (lookBegan, lookEnds, givenUp) = (now, now + time.Units(options.Deadline), false);
        deadline = new CancellationTokenSource(options.Deadline, time);
        look = LookAsync(deadline.Token);
        _ = look.ContinueWith(_ => ended(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Takes what the look has found, or gives it up when its time is over. One that goes on all the same is a failed look again and again.</summary>
    /// <param name="changed">Something else is believed now.</param>
    /// <returns>False when there was nothing to take.</returns>
    public bool TryTake(long now, out bool changed)
    {
        changed = false;
        if (look is null || (!look.IsCompleted && now < lookEnds))
        {
            return false;
        }

        if (!look.IsCompleted)
        {
            (givenUp, lookEnds) = (true, now + time.Units(options.Again));
            changed = Judge(Late());
            return true;
        }

        var seen = look.Result;
        deadline!.Dispose();
        (deadline, look) = (null, null);
        // What comes after its time says nothing of now.
        changed = !givenUp && Judge(seen);
        return true;
    }

    /// <summary>Whatever was seen was seen through something that is down.</summary>
    public void Forget()
    {
        judge.Forget();
        unansweredSince = null;
    }

    public void Dispose()
    {
        deadline?.Cancel();
        deadline?.Dispose();
    }

    private bool Judge(Finding seen)
    {
        if (IsHidden)
        {
            return false; // Seen through something that went down meanwhile.
        }

        cannotLook = !seen.Looked;
        if (cannotLook)
        {
            // Whether it lives is not known, so what is believed of its silence stands, and nothing is learned for those behind it.
            return !IsDown && judge.Take(seen, mayBlame: true);
        }

        if (seen.Answered)
        {
            (answeredAt, unansweredSince) = (lookBegan, null);
        }
        else
        {
            unansweredSince ??= lookBegan;
        }

        // Nobody is blamed before what stands between has answered a look that began later than the silence.
        return judge.Take(seen, mayBlame: seen.Answered || Between is not { } between || between.answeredAt >= unansweredSince);
    }

    // The nearest that can be looked at: one that cannot will never clear anybody, nor shield anybody.
    private Watched? Between
    {
        get
        {
            var between = Root;
            while (between is { cannotLook: true })
            {
                between = between.Root;
            }

            return between;
        }
    }

    private async Task<Finding> LookAsync(CancellationToken stop)
    {
        try
        {
            return await probe.LookAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return Late();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return Finding.Silent(neighbour.Kind, e.Message);
        }
        catch (Exception e) // Whatever a stranger sent us: it is their answer that is wrong, and the other neighbours are looked at all the same.
        {
            return Finding.Trouble(NeighbourFaults.BadAnswer, Health.DeviceState.Degraded, e is InvalidDataException ? e.Message : $"{e.GetType().Name}: {e.Message}");
        }
    }

    private Finding Late() => Finding.Silent(neighbour.Kind, $"không trả lời trong {options.Deadline.TotalSeconds:0} s");

    public string Describe(Finding found) =>
        $"{neighbour.Name} ({probe.Target})" + (found.Detail is { } detail ? $": {detail}" : "")
        + (found.Answered || !found.Looked || Behind.Count == 0 ? "" : $"; phía sau: {string.Join(", ", Behind.Select(one => one.Neighbour.Name))}");
}
