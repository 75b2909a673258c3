using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Announcing;

/// <summary>How loud speech is at this hour of the wall clock. While nobody knows the hour it is as loud as ever: better a voice at night than none by day.</summary>
public sealed class HourlyLoudness(SpeechOptions options, TimeProvider time, IClockTrust clock) : ILoudness
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(7);

    public Loudness Now()
    {
        if (!options.Hours.IsEmpty && clock.Now() != ClockTrust.Unsynced)
        {
            var at = TimeOnly.FromTimeSpan(time.GetUtcNow().ToOffset(Zone).TimeOfDay);
            foreach (var span in options.Hours)
            {
                if (span.Covers(at))
                {
                    return new Loudness(span.Volume);
                }
            }
        }

        return new Loudness(options.Volume);
    }
}
