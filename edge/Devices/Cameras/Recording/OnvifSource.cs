using System.Collections.Immutable;
using MotCua.Edge.Devices.Cameras.Onvif;

namespace MotCua.Edge.Devices.Cameras.Recording;

/// <summary>A recorder, or a camera with a card of its own, that speaks ONVIF Profile G.</summary>
internal sealed class OnvifSource(Recorder recorder, Uri url, TimeProvider time) : IRecorderSource
{
    /// <summary>In place of a channel: whatever there is, as of a camera that keeps itself.</summary>
    public const string Everything = "*";

    private OnvifClient? client;

    /// <inheritdoc/>
    public Task<RecorderAnswer> AskAsync(CancellationToken stop) => Deadline.KeepAsync(AskAllAsync, RecorderEye.Within, time, stop);

    private async Task<RecorderAnswer> AskAllAsync(CancellationToken stop)
    {
        try
        {
            var asked = client ?? new OnvifClient(url, recorder.Login, time);
            var clock = await asked.ReadClockAsync(stop);
            var at = time.GetTimestamp();
            if (client is null)
            {
                await asked.FindSearchAsync(stop);
                client = asked;
            }

            var kept = await asked.FindRecordingsAsync(stop);
            var newest = ImmutableDictionary.CreateBuilder<string, DateTimeOffset?>(StringComparer.Ordinal);
            foreach (var channel in recorder.Cameras.Select(camera => camera.Channel))
            {
                var mine = kept.Where(one => channel == Everything || one.Names.Contains(channel, StringComparer.OrdinalIgnoreCase)).ToList();
                if (mine.Count > 0 || channel == Everything)
                {
                    // One that runs and tells no end has reached now.
                    newest[channel] = mine.Select(one => one.Latest ?? (one.IsRunning ? (DateTimeOffset?)clock : null)).Max();
                }
            }

            return new RecorderAnswer(clock, at, newest.ToImmutable(), null, null);
        }
        catch (OnvifFaultException e)
        {
            client = null;
            throw new CameraTroubleException(e.IsLogin ? RecorderFaults.LoginRefused : RecorderFaults.BadAnswer, e.Message, e);
        }
        catch (Exception)
        {
            client = null; // Whatever it was: the next one is asked from the beginning.
            throw;
        }
    }
}
