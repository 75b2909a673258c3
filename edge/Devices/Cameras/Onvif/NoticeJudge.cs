using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras.Onvif;

/// <summary>Makes incidents of a camera's notices: what stops and begins again within a minute goes on, and one that lasts is told of every ten minutes. Pure but for the clock.</summary>
/// <remarks>A hall full of people moves all day. That is one incident from the first citizen to the lunch break, not ten thousand.</remarks>
internal sealed class NoticeJudge(TimeProvider time, Action<NoticeKind, CameraPhase, TimeSpan> tell)
{
    /// <summary>So long nothing must be noticed before it is over.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan UpdateEvery = TimeSpan.FromMinutes(10);

    private readonly Dictionary<NoticeKind, Incident> open = [];

    /// <summary>What goes on now.</summary>
    public IEnumerable<NoticeKind> Open => open.Keys;

    public void Take(Notice notice)
    {
        var now = time.GetTimestamp();
        if (open.TryGetValue(notice.Kind, out var known))
        {
            open[notice.Kind] = known with { LastAt = now, IsOn = notice.IsOn ?? false };
        }
        else if (notice.IsOn != false)
        {
            open[notice.Kind] = new Incident(now, now, now, notice.IsOn ?? false);
            tell(notice.Kind, CameraPhase.Start, TimeSpan.Zero);
        }
    }

    /// <summary>To be called every few seconds.</summary>
    public void Look()
    {
        var now = time.GetTimestamp();
        foreach (var (kind, incident) in open.ToList())
        {
            if (!incident.IsOn && time.GetElapsedTime(incident.LastAt, now) >= Quiet)
            {
                open.Remove(kind);
                tell(kind, CameraPhase.End, time.GetElapsedTime(incident.Since, incident.LastAt));
            }
            else if (time.GetElapsedTime(incident.ToldAt, now) >= UpdateEvery)
            {
                open[kind] = incident with { ToldAt = now };
                tell(kind, CameraPhase.Update, time.GetElapsedTime(incident.Since, now));
            }
        }
    }

    /// <summary>What was told to have begun before this program did goes on, until a minute without a sign.</summary>
    public void Resume(NoticeKind kind, TimeSpan lasted)
    {
        var now = time.GetTimestamp();
        open[kind] = new Incident(now - time.Units(lasted), now, now, IsOn: false);
    }

    /// <summary>The camera tells nothing any more, so nobody knows: what was open ends.</summary>
    public void Lose()
    {
        foreach (var (kind, incident) in open.ToList())
        {
            open[kind] = incident with { IsOn = false };
        }
    }

    private readonly record struct Incident(long Since, long LastAt, long ToldAt, bool IsOn);
}
