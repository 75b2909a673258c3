using System.Globalization;
using MotCua.CloudBridge.Store;

namespace MotCua.CloudBridge.Hosting;

/// <summary><c>cloud-bridge forget --store STORE --before YYYY-MM</c>: removes whole months of events, by their receipt. What was made of them stays.</summary>
public static class ForgetCommand
{
    /// <summary>Exit code when nothing was removed, since nobody has confirmed it.</summary>
    public const int NotConfirmed = 4;

    private const string Usage = """
        cloud-bridge forget --store STORE --before YYYY-MM [--yes]
          Removes the events that the province received before that month (UTC). Tickets, figures and faults made of them stay; the events themselves are gone for good.
          Without --yes it only says what would go. The bridge may go on running. Broken off, the same command goes on.
        """;

    /// <returns>0, <see cref="NotConfirmed"/>, 1 when it cannot be done, 2 for a wrong command line.</returns>
    public static int Run(string[] args, TimeProvider time, TextWriter output, TextWriter errors)
    {
        var (store, month, confirmed) = args switch
        {
            ["--store", { Length: > 0 } one, "--before", var text] => (one, text, false),
            ["--store", { Length: > 0 } one, "--before", var text, "--yes"] => (one, text, true),
            _ => (null, null, false),
        };
        if (store is null || !DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            || (!Stores.IsPostgres(store) && !File.Exists(Path.Combine(store, Stores.SqliteFile))))
        {
            errors.WriteLine(Usage);
            return 2;
        }

        var before = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        try
        {
            if (before > time.GetUtcNow())
            {
                errors.WriteLine("Tháng này và các tháng sau không xóa được. This month and later ones stay: --before is at most this month.");
                return 1;
            }

            using var opened = Stores.Open(store, time);
            return Run(opened, before, confirmed, time, output, errors);
        }
        catch (Exception e) when (e is BridgeStoreException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Run(IBridgeStore store, DateTimeOffset before, bool confirmed, TimeProvider time, TextWriter output, TextWriter errors)
    {
        var plan = store.Retention.Plan(before);
        if (plan.Stretches == 0)
        {
            store.Retention.Finish(); // What was broken off after its stretches were out of sight.
            output.WriteLine("Không có gì để xóa. Nothing was received before that month.");
            return 0;
        }

        if (WhyNot(store, plan) is { } why)
        {
            errors.WriteLine(why);
            return 1;
        }

        if (!confirmed)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Sẽ xóa hẳn {plan.Events:N0} sự kiện nhận trước {before:yyyy-MM}. {plan.Events:N0} events would be gone for good; add --yes to do it."));
            return NotConfirmed;
        }

        store.Retention.Forget(plan, time.GetUtcNow());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Đã xóa {plan.Events:N0} sự kiện. Forgotten: {plan.Events:N0} events received before {before:yyyy-MM}; tickets, figures and faults stay."));
        return 0;
    }

    private static string? WhyNot(IBridgeStore store, ForgetPlan plan)
    {
        if (!plan.IsBeginning)
        {
            return "Có sự kiện mới hơn nằm lẫn trong phần sẽ xóa (đồng hồ máy chủ từng sai). Newer stretches lie among those: a bridge's clock was wrong. Choose an earlier month.";
        }

        var generations = store.Views.ReadGenerations();
        return generations.FirstOrDefault(one => one.IsWhole) is not { } whole || whole.Row < plan.Row
            ? "Số liệu của các tháng đó chưa tổng hợp xong. Tickets and figures of those months are not made yet: let the bridge catch up first."
            : generations.Any(one => one.Id > whole.Id && one.Row < plan.Row)
            ? "Đang tổng hợp lại số liệu. The views are being made again from those months: let the rebuild end first."
            : null;
    }
}
