using MotCua.Edge.Devices.Cameras.Decoding;
using MotCua.Edge.Devices.Cameras.Hearing;
using MotCua.Edge.Devices.Cameras.Judging;
using MotCua.Edge.Devices.Cameras.Rtsp;
using MotCua.Edge.Devices.Stepping;

namespace MotCua.Edge.Devices.Cameras;

// What is done with a stream from its first packet to its last.
public sealed partial class StreamEye
{
    /// <summary>A stream that plays.</summary>
    private sealed class Playing(
        StreamEye eye, RtspConnection connection, string place, MediaTrack? video, HeardTrack? heard, int pictureChannel, int soundChannel) : IAsyncDisposable
    {
        private readonly TimeProvider time = eye.time;
        private readonly EyeOptions options = eye.options;
        private readonly IPictureParts keys = video?.Codec == "JPEG" ? new JpegPictures(eye.options.Room) : new KeyPictures(video?.Codec == "H265", eye.options.Room);
        private readonly bool isJudged = eye.stream.Roles.HasFlag(StreamRoles.Detect);
        private readonly SoundLevel? level = soundChannel >= 0 ? new SoundLevel(eye.time.GetTimestamp(), eye.time.TimestampFrequency) : null;
        private readonly List<byte> frames = [];
        private SoundMeter? meter;
        private long fedAt = long.MinValue;
        private long pictureAt = eye.time.GetTimestamp();
        private PictureProgram? decoder;
        private long? failedAt;

        public async Task RunAsync(CancellationToken stop)
        {
            if (video is not null)
            {
                keys.TakeSets(video.Parameters);
            }

            meter = heard?.Aac is { } aac && level is not null ? new SoundMeter(aac, options.Decoder, time, level) : null;
            eye.hears = soundChannel >= 0 ? heard : null;
            await StartDecoderAsync();
            var greetAt = time.After(connection.SessionTimeout / 2);
            var lookAt = time.GetTimestamp();
            using var silence = new CancellationTokenSource();
            await using var patience = time.CreateTimer(_ => silence.Cancel(), null, options.SilentFor, Timeout.InfiniteTimeSpan);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, stop);
            while (true)
            {
                InterleavedPacket packet;
                try
                {
                    packet = await connection.NextAsync(either.Token);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    throw new CameraTroubleException(eye.sight.IsSeen ? CameraFaults.NoAnswer : CameraFaults.NoPicture, $"không gửi gì trong {options.SilentFor.TotalSeconds:0.#} s");
                }

                await TakeAsync(packet, patience, stop);
                var now = time.GetTimestamp();
                if (now < lookAt)
                {
                    continue;
                }

                // A few times a second is enough for all that follows; a timer of its own for each packet would cost more than the packet.
                lookAt = now + (time.TimestampFrequency / 4);
                patience.Change(options.SilentFor, Timeout.InfiniteTimeSpan);
                await CollectAsync(now);
                if (now >= greetAt)
                {
                    greetAt = now + time.Units(connection.SessionTimeout / 2);
                    await connection.KeepAliveAsync(place, stop);
                }
            }
        }

        private async ValueTask TakeAsync(InterleavedPacket packet, ITimer patience, CancellationToken stop)
        {
            if (packet.Channel == soundChannel && heard is not null)
            {
                Hear(packet.Bytes);
            }
            else if (packet.Channel == pictureChannel && decoder is not null)
            {
                var now = time.GetTimestamp();
                var isDue = fedAt == long.MinValue || time.GetElapsedTime(fedAt, now) >= options.Every - TimeSpan.FromMilliseconds(200);
                if (!HasPicture(packet.Bytes.Span, isDue))
                {
                    return;
                }

                if (isDue)
                {
                    fedAt = now;
                    // A decoder that takes its time is no camera that is silent.
                    patience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                    await SparingAsync(async () => await decoder!.FeedAsync(keys.Parts(), stop));
                    patience.Change(options.SilentFor, Timeout.InfiniteTimeSpan);
                }

                keys.Drop();
            }
        }

        // Where each picture stands by itself, those that nobody looks at are not even put together.
        private bool HasPicture(ReadOnlySpan<byte> bytes, bool isDue) => RtpPacket.TryRead(bytes, out var rtp) && keys.Take(rtp, isDue);

        private void Hear(ReadOnlyMemory<byte> bytes)
        {
            if (!RtpPacket.TryRead(bytes.Span, out var sound))
            {
                return;
            }

            var tap = eye.tap;
            if (heard!.Table is { } table)
            {
                level!.Take(sound.Content, table, time.GetTimestamp());
                tap?.Take(sound.Content, table);
                return;
            }

            meter!.Take(sound.Content);
            if (tap is not null)
            {
                frames.Clear();
                heard.Aac!.Append(sound.Content, frames);
                tap.Feed([.. frames]);
            }
        }

        // A decoder that fails takes sound and recording with it only when there are none.
        private async ValueTask SparingAsync(Func<ValueTask> work)
        {
            try
            {
                await work();
            }
            catch (CameraTroubleException e) when (eye.HasOthers && (e.Fault == CameraFaults.DecoderAbsent || e.Fault == CameraFaults.DecoderFailed))
            {
                failedAt = time.GetTimestamp();
                eye.NotePictures(new StreamTrouble(e.Fault, e.Message, failedAt.Value));
                await StopDecoderAsync();
            }
        }

        private ValueTask StartDecoderAsync() => isJudged
            ? SparingAsync(() =>
            {
                (decoder, failedAt, pictureAt, fedAt) = (new PictureProgram(options.Decoder, FormatOf(video!.Codec), time, eye.news), null, time.GetTimestamp(), long.MinValue);
                return ValueTask.CompletedTask;
            })
            : ValueTask.CompletedTask;

        private static string FormatOf(string codec) => codec switch { "H265" => "hevc", "JPEG" => "mjpeg", _ => "h264" };

        private async ValueTask StopDecoderAsync()
        {
            if (decoder is { } old)
            {
                decoder = null;
                await old.DisposeAsync();
            }
        }

        public async ValueTask DisposeAsync()
        {
            eye.hears = null;
            eye.tap?.End("kết nối tới camera bị đứt");
            keys.Dispose();
            if (meter is not null)
            {
                await meter.DisposeAsync();
            }

            await StopDecoderAsync();
        }

        private async ValueTask CollectAsync(long now)
        {
            if (failedAt is { } since && time.GetElapsedTime(since, now) >= options.DecoderPause)
            {
                await StartDecoderAsync();
            }

            var seen = false;
            await SparingAsync(() =>
            {
                while (decoder?.TryTake() is { } picture)
                {
                    seen = true;
                    pictureAt = now;
                    eye.Seen(decoder.Size, now, null, picture, decides: true);
                }

                return ValueTask.CompletedTask;
            });
            if (seen && eye.sight.Pictures is not null)
            {
                eye.NotePictures(null);
            }

            if (soundChannel >= 0)
            {
                meter?.Collect();
                var sound = new SoundSight(HasTrack: true, eye.sight.Sound?.Codec, heard is not null, level!.Decibels, level.CameAt, level.HeardAt) { DecodedAt = meter?.DecodedAt, Undecoded = meter?.Trouble };
                eye.Seen(null, null, heard is null && eye.sight.Sound is { } known ? known : sound, null, decides: decoder is null);
            }
            else if (decoder is null)
            {
                eye.Seen(null, isJudged ? null : now, null, null, decides: true);
            }

            if (decoder is not null && time.GetElapsedTime(pictureAt, now) > options.PictureWithin)
            {
                throw new CameraTroubleException(
                    CameraFaults.NoPicture, $"không có khung hình khóa nào trong {options.PictureWithin.TotalSeconds:0} s{(keys.Spoilt > 0 ? $", {keys.Spoilt} khung hỏng" : "")}");
            }

            if (seen)
            {
                eye.news();
            }
        }
    }
}
