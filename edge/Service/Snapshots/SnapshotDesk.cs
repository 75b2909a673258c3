using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using MotCua.Edge.Commands;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Snapshots;
using MotCua.Edge.Devices.Stepping;
using MotCua.Edge.Loop;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;
using MotCua.Protocols.Faults;
using MotCua.Protocols.Snapshots;

namespace MotCua.Edge.Snapshots;

/// <summary>Pictures on demand: written down first, then taken, then held in memory until the province knows of them and the broker has them, or their time is over.</summary>
/// <remarks>
/// <code>
///   wish ─► may it? ─► journal: asked ─► taken ─► the province has signed for "asked" ─► up/snap ─► PUBACK ─► journal: sent
/// </code>
/// Nothing of a picture is ever on the card: a restart loses those that wait, and says so. One loop steps; commands, pages, the writer and the uplink come from their own threads.
/// </remarks>
public sealed partial class SnapshotDesk : ISteppedLoop, ICommitSink, IDisposable
{
    /// <summary>Pictures that wait at once, some 3 MB: one of each camera of the largest centre. For an emergency another makes room.</summary>
    public const int MostHeld = 16;

    /// <summary>Of one camera and one cause: nobody watches a hall by single pictures, and what the province takes keeps no emergency from its own.</summary>
    public const int MostAnHour = 6;

    private const int MostEnded = 32;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyDictionary<string, ICameraPhotographer?> cameras;
    private readonly Func<int, IEnumerable<string>> camerasOf;
    private readonly bool hasProvince;
    private readonly EdgeLoop loop;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<(string Id, long Seq)> durable = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, SnapshotOrder> orders = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Camera, string Cause), Queue<long>> asked = [];
    private readonly Queue<(string Id, string Phase, string? Note)> ended = new();
    private ImmutableArray<CameraSnapshot> left;
    private Task<CameraPhoto>? taking;
    private long turns;

    /// <param name="cameras">By device name; null for one that cannot be used.</param>
    /// <param name="camerasOf">Those that look at a counter.</param>
    /// <param name="left">What an earlier run of the program asked for and did not end.</param>
    /// <param name="hasProvince">There is somebody to send pictures to.</param>
    public SnapshotDesk(
        IReadOnlyDictionary<string, ICameraPhotographer?> cameras, Func<int, IEnumerable<string>> camerasOf, IEnumerable<SnapshotMark> left, bool hasProvince, EdgeLoop loop, TimeProvider time)
    {
        (this.cameras, this.camerasOf, this.hasProvince, this.loop, this.time) = (cameras, camerasOf, hasProvince, loop, time);
        this.left = [.. left.Where(mark => mark.IsOpen).Select(mark => mark.Then(SnapshotPhase.Failed, "Máy tại trung tâm khởi động lại; ảnh chưa gửi thì đã mất."))];
    }

    public string Name => "snapshots";

    public WakeSignal Wake { get; } = new();

    /// <summary>Raised when there may be a picture to send; handlers only set a signal.</summary>
    public event Action? Ready;

    /// <summary>Why no picture can be taken now, Vietnamese; null when one can. Any thread.</summary>
    public string? WhyNot(string camera, string cause)
    {
        lock (gate)
        {
            return WhyNotNow(camera, cause);
        }
    }

    /// <summary>Asks for a picture. Returns at once; any thread.</summary>
    /// <returns>Null when it is on its way into the journal; otherwise why not, Vietnamese.</returns>
    public string? Ask(SnapshotWish wish)
    {
        lock (gate)
        {
            if (WhyNotNow(wish.Camera, wish.Cause) is { } problem)
            {
                return problem;
            }

            if (!loop.Record(wish.Say(SnapshotPhase.Asked, null), light: false))
            {
                return "Thẻ nhớ của máy chưa ghi được; thử lại sau ít phút.";
            }

            Times(wish.Camera, wish.Cause).Enqueue(time.GetTimestamp());
            MakeRoom(wish.Camera);
            orders[wish.Id] = new SnapshotOrder(wish, ++turns, time.After(wish.Ttl));
        }

        Wake.Set();
        return null;
    }

    /// <summary>The emergency button of a counter: a picture of each camera that looks at it. Any thread.</summary>
    public IReadOnlyList<EmergencyPicture> Emergency(int counter) =>
    [
        .. camerasOf(counter).Select(camera =>
        {
            var id = $"khan-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
            var problem = Ask(SnapshotWish.Emergency(id, camera, counter));
            return new EmergencyPicture(camera, problem is null ? id : null, problem);
        }),
    ];

    /// <summary>How far a picture has come. Any thread.</summary>
    public CommandProgress Look(string id)
    {
        lock (gate)
        {
            if (orders.TryGetValue(id, out var order) && order.End is null)
            {
                return new CommandProgress(CommandState.Running, order.IsBeingTaken ? order.Taking is null ? "Chờ đến lượt chụp." : "Camera đang chụp." : order.IsUnderWay ? "Đang gửi ảnh về tỉnh." : "Đã chụp; ảnh chờ đường truyền về tỉnh.");
            }

            var (phase, note) = order?.End ?? ended.Where(one => one.Id == id).Select(one => (one.Phase, one.Note)).LastOrDefault();
            return phase switch
            {
                null => CommandProgress.Interrupted with { Reason = "Máy tại trung tâm khởi động lại; ảnh chưa gửi thì đã mất. Yêu cầu chụp lại nếu còn cần." },
                SnapshotPhase.Sent => new CommandProgress(CommandState.Done, "Đã gửi ảnh."),
                _ => new CommandProgress(CommandState.Failed, note),
            };
        }
    }

    public void Accept(Committed committed)
    {
        foreach (var happened in committed.Events)
        {
            if (happened.Data is CameraSnapshot { Phase: SnapshotPhase.Asked } told)
            {
                durable.Enqueue((told.Id, happened.Seq));
                Wake.Set();
            }
        }
    }

    public ValueTask<TimeSpan> StepAsync(CancellationToken stop)
    {
        bool ready;
        TimeSpan rest;
        lock (gate)
        {
            TellLeft();
            while (durable.TryDequeue(out var written))
            {
                if (orders.TryGetValue(written.Id, out var order) && order.Seq is null)
                {
                    order.Seq = written.Seq;
                }
            }

            foreach (var order in orders.Values.OrderBy(order => order.Turn).ToList())
            {
                Advance(order);
            }

            TakeNext();
            ready = orders.Values.Any(order => order.Message is not null && !order.IsUnderWay);
            rest = orders.Count > 0 || !left.IsEmpty ? Pace : Timeout.InfiniteTimeSpan;
        }

        if (ready)
        {
            Ready?.Invoke();
        }

        return ValueTask.FromResult(rest);
    }

    public void Dispose()
    {
        ending.Cancel();
        ending.Dispose();
    }

    private void TellLeft()
    {
        while (left is [var first, ..] && loop.Record(first, light: true))
        {
            left = left.RemoveAt(0);
        }
    }

    private void Advance(SnapshotOrder order)
    {
        if (order.End is null && order.Taking is { IsCompleted: true } taken)
        {
            order.Taking = null;
            Taken(order, taken);
        }

        // Also one that is under way: a broker that never answers keeps no picture here for ever.
        if (order.End is null && time.GetTimestamp() >= order.Until)
        {
            End(order, SnapshotPhase.Failed, "Hết thời gian lưu trước khi gửi được; ảnh đã xóa.");
        }

        // The journal may have had no room when it ended.
        if (order.End is { } end && loop.Record(order.Wish.Say(end.Phase, end.Note), light: true))
        {
            orders.Remove(order.Wish.Id);
            ended.Enqueue((order.Wish.Id, end.Phase, end.Note));
            if (ended.Count > MostEnded)
            {
                ended.Dequeue();
            }
        }
    }

    private void Taken(SnapshotOrder order, Task<CameraPhoto> taken)
    {
        if (!taken.IsCompletedSuccessfully)
        {
            // What a camera says in its own words leaves no box; the catalogue's words do.
            var fault = (taken.Exception?.InnerException as CameraTroubleException)?.Fault ?? CameraFaults.NoAnswer;
            End(order, SnapshotPhase.Failed, $"Không chụp được: {FaultCatalogue.Find(fault.Value)?.Title ?? fault.Value}.");
            return;
        }

        var jpeg = taken.Result.Jpeg;
        if (jpeg.Length > SnapshotMessage.MostJpeg || JpegPicture.TryMeasure(jpeg, SnapshotMessage.SideOf(order.Wish.Blur), out _) is null)
        {
            End(order, SnapshotPhase.Failed, "Không chụp được: ảnh không dùng được.");
            return;
        }

        order.Message = new SnapshotMessage(new SnapshotHead(order.Wish.Id, order.Wish.Camera, time.GetUtcNow(), order.Wish.Blur), jpeg).ToBytes();
    }

    private static void End(SnapshotOrder order, string phase, string? note) => (order.End, order.Message, order.Taking) = ((phase, note), null, null);

    private string? WhyNotNow(string camera, string cause)
    {
        var isKnown = cameras.TryGetValue(camera, out var photographer);
        return cameras.Count switch
        {
            0 => "Trung tâm không có camera.",
            _ when !isKnown => $"Trung tâm không có camera «{camera}».",
            _ when photographer is null => "Camera chưa dùng được: máy không đọc được tệp tài khoản của camera.",
            _ when !hasProvince => "Máy chưa nối với tỉnh nên không có nơi nhận ảnh.",
            // An emergency waits for its turn, and another makes room for it.
            _ when cause != SnapshotCause.Emergency && orders.Values.Any(order => order.Wish.Camera == camera && order.IsBeingTaken) => "Camera đang chụp một ảnh khác; thử lại sau ít giây.",
            _ when cause != SnapshotCause.Emergency && orders.Count >= MostHeld => "Quá nhiều ảnh đang chờ gửi về tỉnh.",
            _ when Times(camera, cause).Count >= MostAnHour => $"Camera đã chụp {MostAnHour} ảnh trong một giờ qua; chờ ít phút rồi thử lại.",
            _ => null,
        };
    }

    // Bounded by the cameras of the file, two causes and the pictures of an hour.
    private Queue<long> Times(string camera, string cause)
    {
        if (!asked.TryGetValue((camera, cause), out var times))
        {
            asked[(camera, cause)] = times = new Queue<long>();
        }

        while (times.TryPeek(out var first) && time.GetElapsedTime(first) >= Hour)
        {
            times.Dequeue();
        }

        return times;
    }
}
