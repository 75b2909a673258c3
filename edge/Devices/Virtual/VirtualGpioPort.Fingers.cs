namespace MotCua.Edge.Devices.Virtual;

/// <content>What happens to the buttons: fingers, disturbances and faults.</content>
public sealed partial class VirtualGpioPort
{
    private static readonly TimeSpan LongestSpike = TimeSpan.FromMicroseconds(200);

    /// <summary>A contact bounces for at most this long after a touch and after a release. Zero: clean edges. Default 5 ms.</summary>
    public TimeSpan LongestBounce { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The chip is gone: requests and reads fail, held lines are lost and must be requested again after it came back.</summary>
    public bool Unplugged
    {
        get
        {
            lock (gate)
            {
                return unplugged;
            }
        }

        set
        {
            lock (gate)
            {
                if (value && !unplugged)
                {
                    generation++;
                    foreach (var line in lines)
                    {
                        line.Free();
                    }
                }

                unplugged = value;
            }

            Changed?.Invoke();
        }
    }

    /// <summary>Presses a button, holds it, and lets it go; with bounces both times. A press that is still going on is replaced.</summary>
    /// <param name="hold">From the first touch to the begin of the release; longer than <see cref="LongestBounce"/> for a press that counts.</param>
    public void Press(int offset, TimeSpan hold)
    {
        TimeSpan[] down, up;
        lock (gate)
        {
            down = [.. ContactBounce.Changes(random, LongestBounce).Where(at => at < hold)];
            up = ContactBounce.Changes(random, LongestBounce);
        }

        // An even number is left when the hold is shorter than the bounce: then the release finds the contact open already.
        if (down.Length % 2 == 0)
        {
            down = down[..^1];
        }

        MoveFinger(offset, [.. down, .. up.Select(at => at + hold)], startsPressed: false);
    }

    /// <summary>Presses a button and keeps the finger there.</summary>
    public void Hold(int offset)
    {
        TimeSpan[] down;
        lock (gate)
        {
            down = ContactBounce.Changes(random, LongestBounce);
        }

        MoveFinger(offset, down, startsPressed: false);
    }

    /// <summary>Lets a held button go.</summary>
    public void Release(int offset)
    {
        TimeSpan[] up;
        lock (gate)
        {
            up = ContactBounce.Changes(random, LongestBounce);
        }

        MoveFinger(offset, up, startsPressed: true);
    }

    /// <summary>The contact welds together, or comes free again.</summary>
    public void Stick(int offset, bool stuck) => Touch(offset, line => line.Stuck = stuck);

    /// <summary>A disturbance (a relay, a lamp, lightning) turns the level over for moments of 1 to 200 µs.</summary>
    /// <param name="over">The spikes are spread at random over this time.</param>
    public void Disturb(int offset, int spikes, TimeSpan over)
    {
        TimeSpan[] changes;
        lock (gate)
        {
            // One spike in each slot, so that no two overlap.
            var slot = over / spikes;
            changes =
            [
                .. Enumerable.Range(0, spikes).SelectMany(spike =>
                {
                    var width = TimeSpan.FromTicks(random.NextInt64(10, Math.Min(LongestSpike.Ticks, slot.Ticks / 2) + 1));
                    var begin = slot * spike + (slot - width) * random.NextDouble();
                    return new[] { begin, begin + width };
                }),
            ];
        }

        var schedule = new ScheduledChanges(time, changes, place => Touch(offset, line => line.Spike = place % 2 == 0));
        schedule.Begin();
    }

    /// <summary>The chip sees levels but tells no edges of this line, and the sequence shows no hole.</summary>
    public void LoseEdges(int offset, bool lost) => Touch(offset, line => line.LosesEdges = lost);

    /// <summary>Another program holds the line; matters when it is requested next.</summary>
    public void HoldByOther(int offset, bool held) => Touch(offset, line => line.HeldByOther = held);

    private void MoveFinger(int offset, TimeSpan[] changes, bool startsPressed)
    {
        var finger = new ScheduledChanges(time, changes, place => Touch(offset, line => line.Pressed = (place % 2 == 0) != startsPressed));
        lock (gate)
        {
            lines[offset].Finger?.Dispose();
            lines[offset].Finger = finger;
        }

        finger.Begin();
    }

    private void Touch(int offset, Action<VirtualLine> change)
    {
        bool queued;
        lock (gate)
        {
            change(lines[offset]);
            queued = lines[offset].Follow();
        }

        if (queued)
        {
            EdgeQueued?.Invoke();
        }

        Changed?.Invoke();
    }
}
