using System.Globalization;
using MotCua.Edge.Assembly;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Pages;

/// <summary>Anybody in the hall may call for help, so only places that the centre has are asked for, and none flickers.</summary>
/// <remarks>In memory only: what a restart forgets is a pause of some seconds.</remarks>
internal sealed class HelpDoor(EdgeCentre centre)
{
    /// <summary>After a call was taken back; a finger that trembles calls nobody twice, and no script rings the team's bell without end.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private const int MostKiosks = 20;
    private const string Counter = "quay-";
    private const string Kiosk = "may-lay-so";

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> withdrawn = new(StringComparer.Ordinal);

    /// <exception cref="BadFieldException">The place is none, or has just taken a call back.</exception>
    public RequestHelp Ask(string place, HelpRequest? body)
    {
        var ask = new RequestHelp(QueueFields.Place(place), QueueFields.Help(body?.Kind));
        if (!IsKnown(ask.Place.Value))
        {
            throw new BadFieldException("unknown-place", "Trung tâm không có nơi này: gọi từ quay-1 (số quầy), sanh, ban-huong-dan, may-lay-so hoặc mã thiết bị.", StatusCodes.Status404NotFound);
        }

        lock (gate)
        {
            if (withdrawn.TryGetValue(ask.Place.Value, out var at) && centre.Time.GetElapsedTime(at) < Rest)
            {
                throw new BadFieldException("just-withdrawn", "Yêu cầu ở đây vừa được rút lại; xin chờ mười giây rồi gọi lại.", StatusCodes.Status409Conflict);
            }
        }

        return ask;
    }

    public async Task<IResult> WithdrawAsync(string place, CancellationToken stop) => await QueueRequests.RunAsync(
        centre, () => new WithdrawHelp(QueueFields.Place(place)),
        accepted =>
        {
            Remember(place);
            return QueueRequests.Done(accepted);
        },
        stop);

    private void Remember(string place)
    {
        lock (gate)
        {
            foreach (var (old, _) in withdrawn.Where(one => centre.Time.GetElapsedTime(one.Value) >= Rest).ToList())
            {
                withdrawn.Remove(old);
            }

            // Bounded by the places that could call.
            withdrawn[place] = centre.Time.GetTimestamp();
        }
    }

    private bool IsKnown(string place) => place is "sanh" or "ban-huong-dan" or Kiosk
        || (NumberAfter(place, Kiosk + "-") is >= 1 and <= MostKiosks)
        || (NumberAfter(place, Counter) is { } number and >= 1 and <= 99 && centre.Loop.Durable.State.Queue.Plan.Counters.ContainsKey(new CounterId(number)))
        || centre.Devices.All.Any(device => device.Device == place);

    private static int? NumberAfter(string place, string head) =>
        place.StartsWith(head, StringComparison.Ordinal) && int.TryParse(place.AsSpan(head.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && string.Create(CultureInfo.InvariantCulture, $"{head}{number}") == place ? number : null;
}
