using MotCua.CloudBridge.Health;
using MotCua.CloudBridge.Views;
using MotCua.Protocols.Configuration;

namespace MotCua.CloudBridge.Store;

/// <summary>Copies all of one store into another, row by row in the order of commit. Broken off, it goes on where the target stands.</summary>
public static class StoreCopy
{
    private const int AtOnce = 64;

    /// <param name="progress">Told the events held by the target and by the source, after each group.</param>
    /// <exception cref="BridgeStoreException">An engine failed, the source is damaged, or the target holds another history; what was copied until then stays.</exception>
    public static void Run(IBridgeStore source, IBridgeStore target, Action<long, long> progress)
    {
        var forgotten = source.Retention.Read();
        if (forgotten is not null)
        {
            target.Retention.Adopt(forgotten);
        }

        var total = source.ReadLogs().Sum(log => log.End.UpTo);
        var ends = target.ReadLogs().ToDictionary(log => log.Log, log => log.End);
        var row = 0L;
        for (var stretches = source.ReadStretches(row, AtOnce); stretches.Count > 0; stretches = source.ReadStretches(row, AtOnce))
        {
            // One time of receipt a group: a partition is a month, and reports count by the centre's own time.
            foreach (var month in Months(stretches))
            {
                List<LogAppend> appends = [.. month.Select(stretch => Continue(stretch, ends)).OfType<LogAppend>()];
                if (appends.Count > 0)
                {
                    target.Commit(new BridgeWrites(appends, [], []) { ReceivedAt = month[0].ReceivedAt });
                }
            }

            row = stretches[^1].Row;
            progress(ends.Values.Sum(end => end.UpTo), total);
        }

        CopyConfigurations(source, target);
        target.Commit(WithCommands(source, target, new BridgeWrites([], [.. source.ReadQuarantine(int.MaxValue).Reverse()], source.ReadFacts())));
        CopySnapshots(source, target);
        Compare(source, target);
        CopyHealth(source, target);
        source.Alerts.CopyTo(target.Alerts);
        MakeViews(source, target, forgotten);
    }

    // One by one, oldest first; a copy that was broken off goes on with those that lack. Looks go along, and what was removed stays so.
    private static void CopySnapshots(IBridgeStore source, IBridgeStore target)
    {
        foreach (var one in source.Snapshots.ReadCentres().SelectMany(centre => source.Snapshots.Read(centre, int.MaxValue).Reverse()).Where(one => target.Snapshots.Find(one.Announced.Key) is null))
        {
            target.Snapshots.Adopt(one, source.Snapshots.ReadPicture(one.Announced.Key));
        }
    }

    // Centre by centre, each at once, so that a copy that was broken off adds nothing twice.
    private static void CopyHealth(IBridgeStore source, IBridgeStore target)
    {
        foreach (var centre in source.ReadLogs().Select(log => log.Log.Centre).Concat(source.ReadFacts().Select(fact => fact.Key.Centre)).Distinct())
        {
            if (target.Health.Read(centre, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, HealthSlot.Length).Count == 0)
            {
                target.Health.Put([.. source.Health.Read(centre, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, HealthSlot.Length)]);
            }
        }
    }

    // Made from the log, as a rebuild makes them; what came of forgotten events is taken over.
    private static void MakeViews(IBridgeStore source, IBridgeStore target, ForgottenPart? forgotten)
    {
        using var writer = target.Views.OpenWriter();
        var begun = target.Views.ReadGenerations();
        if (forgotten is not null && !begun.Any(one => one.IsWhole))
        {
            var generation = begun.LastOrDefault(one => one.Version == Projection.Version && one.Row == 0) ?? writer.Begin(Projection.Version);
            OldViews.Carry(source.Views, writer, generation.Id, forgotten, target.Views.ReadLag(0).Rows, row: 0);
            writer.Switch(generation);
        }

        var rebuild = new Rebuild(target, writer);
        while (!rebuild.Step())
        {
        }
    }

    // All at once, so that a target which has any audit has all of it.
    private static BridgeWrites WithCommands(IBridgeStore source, IBridgeStore target, BridgeWrites writes)
    {
        if (target.ReadAudit(1).Count > 0)
        {
            return writes;
        }

        // Every command left a line in the audit, also one of a centre that never sent an event.
        List<AuditLine> audit = [.. source.ReadAudit(int.MaxValue).Reverse()];
        var commands = audit.Select(line => line.Centre).Distinct().SelectMany(centre => source.ReadCommands(centre, int.MaxValue).Reverse()).OrderBy(command => command.Given.Given).ToList();
        return writes with { Commands = [.. commands.Select(command => command.Given)], Steps = [.. commands.SelectMany(StepsOf)], Audit = audit };
    }

    // One after another as they were given, each with what became of any until the next, so that the states come in their order. Broken off, it goes on with those that lack.
    private static void CopyConfigurations(IBridgeStore source, IBridgeStore target)
    {
        foreach (var centre in source.Configurations.ReadCentres())
        {
            List<ConfigurationRecord> all = [.. source.Configurations.Read(centre, int.MaxValue).Reverse()];
            List<ConfigurationStep> steps = [.. all.SelectMany(one => one.History.Where(moment => ConfigurationOutcome.IsKnown(moment.State) || moment.State == ConfigurationStages.Sent)
                .Select(moment => new ConfigurationStep(centre, one.Given.Revision, moment.State, moment.Note, moment.At))).OrderBy(step => step.At)];
            for (var i = 0; i < all.Count; i++)
            {
                var (revision, until) = (all[i].Given.Revision, i + 1 < all.Count ? all[i + 1].Given.Given : DateTimeOffset.MaxValue);
                if (target.Configurations.Find(centre, revision) is null)
                {
                    Keep(new([source.Configurations.Find(centre, revision)!.Given], [], [.. steps.Where(step => step.At < until)]));
                }

                steps.RemoveAll(step => step.At < until);
            }

            if (!all[^1].IsWanted)
            {
                Keep(new([], [new ConfigurationWithdrawal(centre, "", "", all[^1].History.LastOrDefault(moment => moment.State == ConfigurationStages.Withdrawn)?.At ?? all[^1].At)], []));
            }
        }

        // Their lines are in the audit that is copied.
        void Keep(ConfigurationWrites writes) => target.Commit(new BridgeWrites([], [], []) { Configurations = writes, Audit = [] });
    }

    // Runs of one month that follow each other: a clock that was set back makes months come again, and the order of commit is the order of rows.
    private static IEnumerable<List<StoredStretch>> Months(IReadOnlyList<StoredStretch> stretches)
    {
        List<StoredStretch> run = [];
        foreach (var stretch in stretches)
        {
            if (run.Count > 0 && MonthOf(run[0]) != MonthOf(stretch))
            {
                yield return run;
                run = [];
            }

            run.Add(stretch);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private static (int Year, int Month) MonthOf(StoredStretch stretch) => (stretch.ReceivedAt.UtcDateTime.Year, stretch.ReceivedAt.UtcDateTime.Month);

    private static IEnumerable<CommandStep> StepsOf(CommandRecord command) => command.History.Select(moment => moment.State == command.State
        ? new CommandStep(command.Given.Key, moment.State, moment.Note, command.Done, command.Of, moment.At)
        : new CommandStep(command.Given.Key, moment.State, moment.Note, null, null, moment.At));

    private static LogAppend? Continue(StoredStretch stretch, Dictionary<LogId, LogEnd> ends)
    {
        var held = ends.GetValueOrDefault(stretch.Log, LogEnd.Empty);
        if (held.UpTo >= stretch.To)
        {
            return null; // Copied before.
        }

        var before = stretch.Gap is { } gap ? gap.From - 1 : stretch.From - 1;
        if (held.UpTo != before)
        {
            throw new BridgeStoreException($"The target holds {stretch.Log.Centre}, epoch {stretch.Log.Epoch}, up to {held.UpTo}; the source goes on after {before}. Copy into an empty store.");
        }

        var hash = stretch.Events.Aggregate(stretch.Gap?.Hash ?? held.Hash, (hash, one) => hash.Next(one.Span));
        if (hash != stretch.Hash)
        {
            throw new BridgeStoreException($"Events {stretch.From} to {stretch.To} of {stretch.Log.Centre}, epoch {stretch.Log.Epoch}, are not what was received: the source is damaged there.");
        }

        return new LogAppend(stretch.Log, held, stretch.Gap, stretch.Events, ends[stretch.Log] = new LogEnd(stretch.To, hash));
    }

    private static void Compare(IBridgeStore source, IBridgeStore target)
    {
        var held = target.ReadLogs().ToDictionary(log => log.Log, log => log.End);
        foreach (var (log, end) in source.ReadLogs())
        {
            if (held.GetValueOrDefault(log, LogEnd.Empty) != end)
            {
                throw new BridgeStoreException($"{log.Centre}, epoch {log.Epoch}, stands at {end.UpTo} in the source and at {held.GetValueOrDefault(log).UpTo} in the target. Is a bridge still writing?");
            }
        }
    }
}
