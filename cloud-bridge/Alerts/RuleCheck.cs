namespace MotCua.CloudBridge.Alerts;

/// <summary>Says everything that is wrong with rules at once, in words of the person who edits them. Pure.</summary>
public static class RuleCheck
{
    /// <summary>Rules are a page that people read.</summary>
    public const int MostBytes = 48 * 1024;

    /// <summary>Each has a bit in an alert.</summary>
    public const int MostSteps = 16;

    private const int MostFaults = 400;
    private const int MostDays = 400;
    private const int MostChannels = 16;
    private const int MostMinutes = 7 * 24 * 60;
    private const int MostName = 60;

    /// <returns>Vietnamese, a line each; empty when they can go live.</returns>
    public static IReadOnlyList<string> Problems(AlertRules rules) =>
        [.. Faults(rules), .. Hold(rules.Hold), .. Group(rules.Group), .. Limits(rules.Limits), .. Steps(rules), .. Calendar(rules.Calendar)];

    private static IEnumerable<string> Faults(AlertRules rules)
    {
        if (rules.Faults.Count > MostFaults)
        {
            yield return $"faults: nhiều nhất {MostFaults} dòng.";
        }

        foreach (var twice in rules.Faults.GroupBy(rule => rule.Code, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"faults: «{twice.Key}» có nhiều dòng; giữ một dòng.";
        }

        foreach (var rule in rules.Faults)
        {
            if (!ProvinceFaults.Knows(rule.Code))
            {
                yield return $"faults: không có mã sự cố «{rule.Code}».";
            }

            if (rule.DependsOn is { } on && !ProvinceFaults.Knows(on))
            {
                yield return $"faults «{rule.Code}»: dependsOn «{on}» không có trong danh mục.";
            }

            if ((rule.Severity is not null && SeverityWords.TryRead(rule.Severity) is null) || (rule.OffHours is not null && SeverityWords.TryRead(rule.OffHours) is null))
            {
                yield return $"faults «{rule.Code}»: mức là notice, warning hoặc critical.";
            }

            if (rule.HoldSeconds is < 0 or > 86_400)
            {
                yield return $"faults «{rule.Code}»: holdSeconds từ 0 đến 86400.";
            }

            if (IsCircle(rules, rule.Code))
            {
                yield return $"faults «{rule.Code}»: dependsOn đi vòng tròn.";
            }
        }
    }

    private static bool IsCircle(AlertRules rules, string code)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { code };
        for (var on = rules.TermsOf(code).DependsOn; on is not null; on = rules.TermsOf(on).DependsOn)
        {
            if (!seen.Add(on))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Hold(HoldRules hold)
    {
        if (hold.ClearSeconds is < 10 or > 3600)
        {
            yield return "hold.clearSeconds từ 10 đến 3600.";
        }

        if (hold.ReopenMinutes is < 0 or > 1440)
        {
            yield return "hold.reopenMinutes từ 0 đến 1440.";
        }

        if (hold.FlapCount is < 2 or > 16)
        {
            yield return "hold.flapCount từ 2 đến 16.";
        }

        if (hold.FlapMinutes is < 1 or > 120 || hold.QuietMinutes is < 1 or > 240)
        {
            yield return "hold.flapMinutes từ 1 đến 120, quietMinutes từ 1 đến 240.";
        }

        if (hold.SettleSeconds is < 10 or > 900)
        {
            yield return "hold.settleSeconds từ 10 đến 900.";
        }
    }

    private static IEnumerable<string> Group(GroupRules group)
    {
        if (group.RegionLeast is < 2 or > 1000 || group.ProvinceLeast is < 2 or > 10_000)
        {
            yield return "group: regionLeast từ 2 đến 1000, provinceLeast từ 2 đến 10000.";
        }

        if (group.RegionPercent is < 1 or > 100 || group.ProvincePercent is < 1 or > 100)
        {
            yield return "group: regionPercent và provincePercent từ 1 đến 100.";
        }

        if (group.TogetherMinutes is < 1 or > 120 || group.PowerLeast is < 2 or > 50 || group.PowerSeconds is < 10 or > 900)
        {
            yield return "group: togetherMinutes từ 1 đến 120, powerLeast từ 2 đến 50, powerSeconds từ 10 đến 900.";
        }
    }

    private static IEnumerable<string> Limits(LimitRules limits)
    {
        if (limits.HotC is not (>= 40 and <= 120) || limits.RoomHotC is not (>= 20 and <= 60))
        {
            yield return "limits: hotC từ 40 đến 120, roomHotC từ 20 đến 60.";
        }

        if (limits.DiskFreeMb is < 0 or > 1_000_000 || limits.PendingEvents is < 1 or > 100_000_000 || limits.ClockMinutes is < 1 or > 1440)
        {
            yield return "limits: diskFreeMb từ 0, pendingEvents từ 1, clockMinutes từ 1 đến 1440.";
        }
    }

    private static IEnumerable<string> Steps(AlertRules rules)
    {
        if (rules.Steps.Count > MostSteps)
        {
            yield return $"steps: nhiều nhất {MostSteps} bước.";
        }

        foreach (var (step, number) in rules.Steps.Select((step, i) => (step, i + 1)))
        {
            if (step.AfterMinutes is < 0 or > MostMinutes || SeverityWords.TryRead(step.At) is null)
            {
                yield return $"steps, bước {number}: afterMinutes từ 0 đến {MostMinutes}, at là notice, warning hoặc critical.";
            }

            if (step.Channels.Count is 0 or > MostChannels || step.Channels.Any(name => name.Length is 0 or > MostName || name.Any(char.IsControl)))
            {
                yield return $"steps, bước {number}: cần 1–{MostChannels} kênh, mỗi tên 1–{MostName} ký tự.";
            }
        }
    }

    private static IEnumerable<string> Calendar(WorkCalendar calendar)
    {
        if (calendar.Weekly.Count > 50 || calendar.Off.Count > MostDays || calendar.ExtraDays.Count > MostDays)
        {
            return [$"calendar: nhiều nhất 50 khoảng giờ, {MostDays} kỳ nghỉ và {MostDays} ngày làm bù."];
        }

        return calendar.Problems();
    }
}
