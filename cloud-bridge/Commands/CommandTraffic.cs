using System.Text.Json;
using MotCua.CloudBridge.Fleet;
using MotCua.CloudBridge.Store;
using MotCua.Protocols;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Commands;

/// <summary>Commands on their way: stored before they are sent, sent again at each birth and each minute until they are answered or have expired. A part of the ingest loop: called by its thread only.</summary>
/// <remarks>
/// <code>wish ─► commit ─► down/cmd ─► up/res (at once) and command.answered in the log (surely) ─► commit ─► pages</code>
/// Both ways of an answer lead through the same step, which goes forward only, so that it does no harm when both come, or come twice.
/// </remarks>
public sealed class CommandTraffic
{
    /// <summary>Of one centre, unanswered; it obeys eight at a time.</summary>
    public const int MostOfACentre = 16;

    /// <summary>Unanswered altogether: three for every centre of the country. Bodies of 8 KB at most; few have more than a sentence.</summary>
    public const int Most = 10_000;

    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly IMqttLink mqtt;
    private readonly IBridgeStore store;
    private readonly FleetView fleet;
    private readonly ProvinceKey key;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly CommandDoor door;
    private readonly AnswerIntake answers;
    private readonly Dictionary<CommandKey, Unanswered> unanswered = [];
    private readonly HashSet<CentreId> born = [];
    private readonly List<(GivenCommand Command, PendingWish<CommandWish, WishOutcome> Wish)> given = [];

    // Stored or not, nobody knows: the store went away while it committed. The next commit that works tells.
    private readonly List<(GivenCommand Command, PendingWish<CommandWish, WishOutcome> Wish)> inDoubt = [];
    private long? lookedAt;
    private long readAt;

    /// <exception cref="BridgeStoreException">What is unanswered cannot be read.</exception>
    public CommandTraffic(IMqttLink mqtt, IBridgeStore store, FleetView fleet, ProvinceKey key, TimeProvider time, Random random, CommandDoor door)
    {
        ArgumentNullException.ThrowIfNull(store);
        (this.mqtt, this.store, this.fleet, this.key, this.time, this.random, this.door) = (mqtt, store, fleet, key, time, random, door);
        answers = new AnswerIntake(store, unanswered.ContainsKey);
        ReadUnanswered();
    }

    /// <summary>Takes in what is to be committed: wishes, and commands whose time has run out.</summary>
    /// <param name="storeIsDown">Then a wish is told at once that it was not stored.</param>
    /// <exception cref="BridgeStoreException">What other bridges have given cannot be read.</exception>
    public void Collect(bool storeIsDown)
    {
        var now = time.GetUtcNow();
        while (door.TryTake(out var pending))
        {
            Collect(pending, storeIsDown, now);
        }

        if (lookedAt is { } before && time.GetElapsedTime(before) < Pace)
        {
            return;
        }

        lookedAt = time.GetTimestamp();
        if (store.IsShared && !storeIsDown && time.GetElapsedTime(readAt) >= Again)
        {
            ReadUnanswered();
        }

        foreach (var one in unanswered.Values.Where(one => one.Given.Expires < now && !one.Expiring))
        {
            one.Expiring = answers.Add(new CommandStep(one.Given.Key, CommandStages.Expired, null, null, null, now));
        }
    }

    /// <returns>Why it belongs in quarantine; null when it does not.</returns>
    /// <exception cref="BridgeStoreException">Whether the command was ever given cannot be read.</exception>
    public string? TakeAnswer(CentreId centre, string id, ReadOnlyMemory<byte> payload) => answers.Take(centre, id, payload, time.GetUtcNow());

    /// <summary>Takes the answers that stand in logs.</summary>
    public void TakeLogs(IReadOnlyList<LogAppend> appends) => answers.Take(appends, time.GetUtcNow());

    /// <summary>A centre has connected: what it did not answer is sent again.</summary>
    public void Born(CentreId centre)
    {
        if (unanswered.Count > 0)
        {
            born.Add(centre);
        }
    }

    public bool HasWrites => given.Count > 0 || answers.Steps.Count > 0;

    public BridgeWrites Into(BridgeWrites writes) => HasWrites ? writes with { Commands = [.. given.Select(one => one.Command)], Steps = [.. answers.Steps] } : writes;

    /// <summary>What was handed into the writes is on disk.</summary>
    public void Committed()
    {
        foreach (var (command, wish) in given)
        {
            Stored(command, wish);
        }

        given.Clear();
        SettleDoubts();
        foreach (var step in answers.Steps)
        {
            fleet.Touched(step.Key.Centre);
            if (unanswered.TryGetValue(step.Key, out var one) && CommandStages.LeadsOn(one.State, step))
            {
                one.State = step.State;
                if (!CommandStages.IsUnanswered(step.State))
                {
                    unanswered.Remove(step.Key);
                }
            }
        }

        answers.Saved();
    }

    /// <summary>Nothing was committed, or nobody knows. Answers are kept for the next time, since they may come twice; wishes are told what is known.</summary>
    public void Failed(bool isInDoubt)
    {
        if (isInDoubt)
        {
            inDoubt.AddRange(given);
        }
        else
        {
            given.ForEach(one => one.Wish.Outcome.TrySetResult(new WishOutcome.NotStored()));
        }

        given.Clear();
    }

    /// <summary>Sends what is due. To be called after the commit.</summary>
    public void Send()
    {
        // As they were given: of two that contradict each other the later one has to win.
        foreach (var one in unanswered.Values.OrderBy(one => one.Given.Given))
        {
            var online = fleet.StateOf(one.Given.Key.Centre) is { State: Protocols.State.StateMessage.Online };
            if (one.IsDue || born.Contains(one.Given.Key.Centre) || (online && time.GetElapsedTime(one.SentAt ?? 0) >= Again))
            {
                Send(one, online);
            }
        }

        born.Clear();
    }

    /// <returns>How long until there is something to do without a word from anybody.</returns>
    public TimeSpan Rest() => answers.Steps.Count > 0 || given.Count > 0 ? TimeSpan.Zero : unanswered.Count > 0 ? Pace : Timeout.InfiniteTimeSpan;

    private void Stored(GivenCommand command, PendingWish<CommandWish, WishOutcome> wish)
    {
        unanswered[command.Key] = new Unanswered(command, CommandStages.Waiting) { IsDue = true };
        fleet.Touched(command.Key.Centre);
        wish.Outcome.TrySetResult(new WishOutcome.Stored(command.Key));
    }

    // After a commit: the one that was in doubt had ended before it could begin.
    private void SettleDoubts()
    {
        foreach (var (command, wish) in inDoubt.ToList())
        {
            try
            {
                if (store.FindCommand(command.Key) is not null)
                {
                    Stored(command, wish);
                }
                else
                {
                    wish.Outcome.TrySetResult(new WishOutcome.NotStored());
                }
            }
            catch (BridgeStoreException)
            {
                return; // The next commit asks again; who waits too long is told that it is not known.
            }

            inDoubt.Remove((command, wish));
        }
    }

    // A bridge that shares its store sends what another gave and did not live to send; whoever is told twice obeys once.
    private void ReadUnanswered()
    {
        readAt = time.GetTimestamp();
        var known = store.ReadUnanswered().ToDictionary(record => record.Given.Key);
        foreach (var over in unanswered.Keys.Where(one => !known.ContainsKey(one)).ToList())
        {
            unanswered.Remove(over);
        }

        foreach (var (name, record) in known)
        {
            unanswered.TryAdd(name, new Unanswered(record.Given, record.State));
        }
    }

    private void Collect(PendingWish<CommandWish, WishOutcome> pending, bool storeIsDown, DateTimeOffset now)
    {
        var wish = pending.Wish;
        if (storeIsDown)
        {
            pending.Outcome.TrySetResult(new WishOutcome.NotStored());
        }
        else if (unanswered.Count + given.Count + inDoubt.Count >= Most || unanswered.Keys.Concat(given.Concat(inDoubt).Select(one => one.Command.Key)).Count(one => one.Centre == wish.Centre) >= MostOfACentre)
        {
            pending.Outcome.TrySetResult(new WishOutcome.TooMany());
        }
        else
        {
            var id = $"{random.NextInt64():x16}{random.NextInt64():x16}";
            given.Add((new GivenCommand(new CommandKey(wish.Centre, id), wish.Kind, wish.Body, wish.Who, wish.Reason, now, now + wish.Life), pending));
        }
    }

    private void Send(Unanswered one, bool online)
    {
        var order = one.Given;
        // Signed anew each time: a centre forgets what is long over by the times that commands were signed at.
        var word = new Command(order.Key.Centre, new CommandId(order.Key.Id), order.Kind, JsonElement.Parse(order.Body), time.GetUtcNow(), order.Expires);
        one.IsDue = false;
        one.SentAt = time.GetTimestamp();
        if (word.Expires - word.Issued < Pace)
        {
            return; // It has expired, or does before it arrives.
        }

        var handle = mqtt.Publish(new MqttMessage(Topics.Command(order.Key.Centre), word.Sign(key), MqttQuality.AtLeastOnce));
        if (handle >= 0 && online && one.State == CommandStages.Waiting)
        {
            answers.Add(new CommandStep(order.Key, CommandStages.Sent, null, null, null, time.GetUtcNow()));
        }
    }

    private sealed class Unanswered(GivenCommand given, string state)
    {
        public GivenCommand Given => given;

        public string State { get; set; } = state;

        public bool IsDue { get; set; }

        public bool Expiring { get; set; }

        public long? SentAt { get; set; }
    }
}
