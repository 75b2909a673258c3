using MotCua.Edge.Loop;
using MotCua.Protocols.Commands;

namespace MotCua.Edge.Commands;

/// <summary>What a command turned out to be worth.</summary>
public abstract record CommandVerdict
{
    private CommandVerdict()
    {
    }

    /// <summary>It is to be carried out.</summary>
    public sealed record Obey : CommandVerdict;

    /// <summary>It was had before; the answer is said again, and nothing else happens.</summary>
    public sealed record Had(KnownCommand Command) : CommandVerdict;

    /// <summary>Nobody knows yet whether it has expired; it waits.</summary>
    public sealed record NotYet : CommandVerdict;

    /// <summary>So many are open that it has to wait. As with the next, nothing is answered.</summary>
    public sealed record Later : CommandVerdict;

    /// <param name="Remember">Whether the journal keeps it: else the same command, sent again, would be judged anew and might then be obeyed though the province was told no.
    /// False where every later judgement says the same, so that an old command that somebody repeats writes nothing to the card.</param>
    public sealed record Refuse(string Reason, bool Remember) : CommandVerdict;

    /// <summary>More is remembered than there is room for. Nothing is answered, so that the province sends it again while it lives.</summary>
    public sealed record TooMany : CommandVerdict;
}

/// <summary>Decides about commands of the province whose signature holds. Pure.</summary>
public static class CommandJudge
{
    /// <summary>Accepted and not over yet; more wait at the province, which sends them again: many that were given while the line was down come all at once.</summary>
    public const int MostOpen = 8;

    /// <summary>Trusted clocks of box and province may differ by so much.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    // Further apart one of them is wrong, and expiry means nothing.
    private static readonly TimeSpan FromTheFuture = TimeSpan.FromMinutes(10);

    /// <param name="open">Commands that are accepted and not over.</param>
    /// <param name="now">Null when nobody knows what time it is.</param>
    /// <param name="kind">Null when this program does not know the kind.</param>
    public static CommandVerdict Judge(Command command, CommandMemory memory, int open, ProvinceTime? now, bool ownClock, ICommandKind? kind)
    {
        if (memory.Known.TryGetValue(command.Id.Value, out var known))
        {
            return new CommandVerdict.Had(known);
        }

        if (command.Expires - command.Issued > Command.LongestLife)
        {
            return new CommandVerdict.Refuse("Lệnh có hạn dài quá 24 giờ.", Remember: false);
        }

        if (now is not { } moment || HasExpired(command.Expires, moment) is not { } expired)
        {
            return new CommandVerdict.NotYet();
        }

        if (expired)
        {
            return new CommandVerdict.Refuse("Lệnh đã hết hạn khi đến trung tâm.", Remember: false);
        }

        if (memory.IsFullFor(command.Issued))
        {
            return new CommandVerdict.TooMany();
        }

        if (open >= MostOpen)
        {
            return new CommandVerdict.Later();
        }

        return WhyNot(command, moment.Latest, ownClock, kind) is { } reason ? new CommandVerdict.Refuse(reason, Remember: true) : new CommandVerdict.Obey();
    }

    /// <returns>Null when it may have.</returns>
    public static bool? HasExpired(DateTimeOffset expires, ProvinceTime now) => now.Latest <= expires + Leeway ? false : now.Earliest > expires + Leeway ? true : null;

    private static string? WhyNot(Command command, DateTimeOffset latest, bool ownClock, ICommandKind? kind) => kind switch
    {
        _ when ownClock && command.Issued > latest + FromTheFuture => "Đồng hồ của tỉnh và của máy tại trung tâm lệch nhau quá 10 phút.",
        null => $"Phiên bản máy tại trung tâm chưa biết lệnh «{command.Kind}».",
        _ => kind.Check(command.Body),
    };
}
