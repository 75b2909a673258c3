using System.Text.Json;
using MotCua.Edge.SelfTest;
using MotCua.Protocols.Commands;

namespace MotCua.Edge.Commands;

/// <summary><c>self-test</c>: the walk over all devices, as a clerk starts it.</summary>
internal sealed class SelfTestKind(SelfTestRunner runner) : ICommandKind
{
    private const string Busy = "Đang có một lượt kiểm tra; chờ xong rồi thử lại.";

    private const int MostNamed = 6;

    private (CommandId Id, long Number)? begun;

    public string Name => CommandKinds.SelfTest;

    public string? Check(JsonElement body) => runner.Progress is { Running: true } ? Busy : null;

    public string? Begin(CommandId id, JsonElement body)
    {
        if (!runner.TryStart("province"))
        {
            return Busy;
        }

        begun = (id, runner.Progress!.Number);
        return null;
    }

    public CommandProgress Look(CommandId id)
    {
        if (begun is not { } of || of.Id != id || runner.Progress is not { } test)
        {
            return CommandProgress.Interrupted;
        }

        return test switch
        {
            _ when test.Number != of.Number => new(CommandState.Done, "Đã kiểm tra xong; kết quả ở sự kiện tự kiểm tra."),
            { Running: true } => new(CommandState.Running, test.Now, test.Rows.Length, test.Steps),
            _ => new(CommandState.Done, Result(test), test.Rows.Length, test.Steps),
        };
    }

    // What failed is named; a device that failed twice, as a button with its lamp may, once.
    private static string Result(SelfTestProgress test)
    {
        var failed = test.Rows.Where(row => row.Result.Verdict == SelfTestVerdict.Failed).Select(row => row.Device).Distinct(StringComparer.Ordinal).ToList();
        return SelfTestSteps.Summary(test.Rows)
            + (failed.Count > 0 ? $" Có lỗi: {string.Join(", ", failed.Take(MostNamed))}{(failed.Count > MostNamed ? " …" : "")}." : "");
    }
}
