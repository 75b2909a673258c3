namespace MotCua.Protocols;

/// <summary>Every topic of the contract, major version 1. <c>up</c> is written by a centre, <c>down</c> by the province.</summary>
public static class Topics
{
    public const string Root = "motcua/v1";

    /// <summary>What a bridge subscribes to beside the events: all that centres say except <c>up/evt</c>.</summary>
    public static IReadOnlyList<string> BridgeFilters { get; } =
    [
        $"{Root}/+/up/state", $"{Root}/+/up/birth", $"{Root}/+/up/dev/+", $"{Root}/+/up/health", $"{Root}/+/up/res/+", $"{Root}/+/up/snap/+",
    ];

    /// <summary>Events of all centres; the only filter that replicas share.</summary>
    public static string AllEvents => $"{Root}/+/up/evt";

    public static string SharedEvents => $"$share/bridge/{AllEvents}";

    public static string State(CentreId centre) => $"{Root}/{centre}/up/state";

    public static string Birth(CentreId centre) => $"{Root}/{centre}/up/birth";

    public static string Device(CentreId centre, string device) => $"{Root}/{centre}/up/dev/{device}";

    public static string Health(CentreId centre) => $"{Root}/{centre}/up/health";

    public static string Events(CentreId centre) => $"{Root}/{centre}/up/evt";

    public static string Ack(CentreId centre) => $"{Root}/{centre}/down/ack";

    public static string Command(CentreId centre) => $"{Root}/{centre}/down/cmd";

    /// <summary>How the centre shall be set up; retained.</summary>
    public static string Configuration(CentreId centre) => $"{Root}/{centre}/down/cfg";

    /// <summary>Where a centre answers a command.</summary>
    public static string Answer(CentreId centre, string command) => $"{Root}/{centre}/up/res/{command}";

    /// <summary>Where a centre sends a picture that was asked for.</summary>
    public static string Snapshot(CentreId centre, string id) => $"{Root}/{centre}/up/snap/{id}";

    public static string Down(CentreId centre) => $"{Root}/{centre}/down/#";

    /// <summary>Splits an <c>up</c> topic.</summary>
    /// <param name="kind">The level after <c>up</c>, such as <c>evt</c> or <c>dev</c>.</param>
    /// <param name="id">The level after the kind, or empty.</param>
    /// <returns>False when the topic is not of this contract.</returns>
    public static bool TryParseUp(string topic, out CentreId centre, out string kind, out string id)
    {
        centre = default;
        (kind, id) = ("", "");
        var levels = topic.Split('/', 8);
        if (levels.Length is < 5 or > 6 || levels[0] != "motcua" || levels[1] != "v1" || levels[3] != "up" || !CentreId.IsValid(levels[2]))
        {
            return false;
        }

        var fits = levels[4] switch
        {
            "state" or "birth" or "health" or "evt" => levels.Length == 5,
            "dev" or "res" or "snap" => levels.Length == 6 && levels[5].Length > 0,
            _ => false,
        };
        if (!fits)
        {
            return false;
        }

        centre = new CentreId(levels[2]);
        kind = levels[4];
        id = levels.Length == 6 ? levels[5] : "";
        return true;
    }
}
