namespace MotCua.Testing;

/// <summary>A clock that moves only when a test moves it; timers fire inside <see cref="Advance"/>, in order of due time.</summary>
/// <remarks>Wall time and monotonic time are apart, so that a test can step the wall clock as an NTP correction does.</remarks>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset wall = start;
    private long monotonicTicks = TimeSpan.FromSeconds(100).Ticks;

    /// <summary>Monday 2026-11-23, 08:00 in Phú Thọ.</summary>
    public ManualTime() : this(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7)))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("Asia/Ho_Chi_Minh", TimeSpan.FromHours(7), "ICT", "ICT");

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return wall.ToUniversalTime();
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return monotonicTicks;
        }
    }

    /// <summary>How many timers are set: a test that lets time pass waits until whoever it woke waits again.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return timers.Count;
            }
        }
    }

    /// <summary>Steps the wall clock only, as an NTP correction does; monotonic time and timers do not notice.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (gate)
        {
            wall += by;
        }
    }

    /// <summary>Lets time pass; every timer due on the way fires at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetTimestamp() + by.Ticks;
        while (NextDueUntil(target) is { } timer)
        {
            timer.Fire();
        }

        lock (gate)
        {
            wall += TimeSpan.FromTicks(target - monotonicTicks);
            monotonicTicks = target;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? NextDueUntil(long target)
    {
        lock (gate)
        {
            var next = timers.Where(t => t.Due <= target).MinBy(t => t.Due);
            if (next is not null)
            {
                var due = Math.Max(next.Due, monotonicTicks);
                wall += TimeSpan.FromTicks(due - monotonicTicks);
                monotonicTicks = due;
                next.Reschedule();
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public long Due { get; private set; } = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner.gate)
            {
                this.period = period;
                owner.timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = owner.monotonicTicks + dueTime.Ticks;
                    owner.timers.Add(this);
                }
            }

            return true;
        }

        public void Reschedule()
        {
            if (period > TimeSpan.Zero)
            {
                Due += period.Ticks;
            }
            else
            {
                owner.timers.Remove(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (owner.gate)
            {
                owner.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
