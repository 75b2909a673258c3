using System.Text.Json;
using MotCua.Edge.Commands;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;

namespace MotCua.Fleet.Centres;

/// <summary>A command that a virtual centre carries out by letting the time pass that the real thing would take.</summary>
internal sealed class VirtualCommand(string name, TimeProvider time, Func<JsonElement, string?> check, TimeSpan lasts, Func<string> end) : ICommandKind
{
    private readonly Dictionary<CommandId, (long Begun, string? Told)> begun = [];

    public string Name => name;

    /// <param name="record">Takes what becomes an event; light.</param>
    public static IReadOnlyList<ICommandKind> All(TimeProvider time, Action<EventData> record, Func<IReadOnlyList<(string Device, string Kind)>> devices) =>
    [
        new VirtualCommand(
            CommandKinds.Announce, time, body => CommandKinds.TryRead<AnnounceBody>(body, out var reason) is null ? $"Nội dung lệnh phát loa không đúng: {reason}" : null,
            TimeSpan.FromSeconds(6), () => "Loa đã đọc xong."),
        new VirtualCommand(CommandKinds.SelfTest, time, _ => null, TimeSpan.FromSeconds(12), () =>
        {
            List<SelfTestDevice> tried = [.. devices().Where(one => one.Kind != "service").Select(one => new SelfTestDevice(one.Device, "ok", null))];
            record(new SelfTestFinished("province", 12, tried));
            return $"{tried.Count} phép thử đạt.";
        }),
    ];

    public string? Check(JsonElement body) => check(body);

    public string? Begin(CommandId id, JsonElement body)
    {
        begun[id] = (time.GetTimestamp(), null);
        return null;
    }

    public CommandProgress Look(CommandId id)
    {
        if (!begun.TryGetValue(id, out var one))
        {
            return CommandProgress.Interrupted;
        }

        if (one.Told is null && time.GetElapsedTime(one.Begun) < lasts)
        {
            return new CommandProgress(CommandState.Running, null);
        }

        begun[id] = one with { Told = one.Told ?? end() };
        return new CommandProgress(CommandState.Done, begun[id].Told);
    }
}
