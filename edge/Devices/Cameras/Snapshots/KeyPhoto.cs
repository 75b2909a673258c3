using MotCua.Edge.Devices.Cameras.Rtsp;

namespace MotCua.Edge.Devices.Cameras.Snapshots;

/// <summary>Takes one key picture out of a stream, on a connection of its own, which is left as soon as it is there.</summary>
/// <remarks>A connection of its own, since the eye that watches may be in a pause, or look at a smaller stream.</remarks>
internal static class KeyPhoto
{
    /// <returns>The picture as a byte stream that a decoder takes, and its format.</returns>
    /// <exception cref="CameraTroubleException">No connection, no such stream, another codec, or no key picture in time.</exception>
    public static async Task<(string Format, byte[] Bytes)> TakeAsync(CameraFeed stream, CameraLogin? login, LoginGate? gate, PhotoOptions options, TimeProvider time, CancellationToken stop)
    {
        using var connection = await WithinAsync(
            options.AnswerWithin, token => RtspConnection.OpenAsync(stream.Url, login, new ByteBudget(options.MostBytesPerSecond, time), token), CameraFaults.Unreachable, time, stop);
        var (tracks, place) = await WithinAsync(options.AnswerWithin, connection.DescribeAsync, CameraFaults.NoAnswer, time, stop);
        gate?.Accept();
        var video = tracks.FirstOrDefault(track => track.Kind == "video");
        if (video?.Codec is not ("H264" or "H265"))
        {
            throw new CameraTroubleException(CameraFaults.CodecUnsupported, video is null ? "luồng không có hình" : $"hình {video.Codec}");
        }

        var channel = await WithinAsync(options.AnswerWithin, token => connection.SetupAsync(video, place, 0, token), CameraFaults.NoAnswer, time, stop);
        await WithinAsync(options.AnswerWithin, async token => { await connection.PlayAsync(place, token); return 0; }, CameraFaults.NoAnswer, time, stop);
        using var keys = new KeyPictures(video.Codec == "H265", options.Room);
        keys.TakeSets(video.Parameters);
        var bytes = await WithinAsync(options.KeyWithin, token => NextAsync(connection, channel, keys, token), CameraFaults.NoPicture, time, stop);
        await WithinAsync(options.AnswerWithin, async token => { await connection.TearDownAsync(place, token); return 0; }, CameraFaults.NoAnswer, time, stop);
        return (video.Codec == "H265" ? "hevc" : "h264", bytes);
    }

    private static async Task<byte[]> NextAsync(RtspConnection connection, int channel, KeyPictures keys, CancellationToken stop)
    {
        while (true)
        {
            var packet = await connection.NextAsync(stop);
            if (packet.Channel == channel && IsWhole(packet.Bytes.Span, keys))
            {
                var bytes = new byte[keys.Parts().Sum(part => part.Length)];
                var at = 0;
                foreach (var part in keys.Parts())
                {
                    part.CopyTo(bytes.AsMemory(at));
                    at += part.Length;
                }

                keys.Drop();
                return bytes;
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes, KeyPictures keys) => RtpPacket.TryRead(bytes, out var rtp) && keys.Take(rtp);

    private static async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, Health.FaultCode late, TimeProvider time, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CameraTroubleException(late, $"không trả lời trong {limit.TotalSeconds:0.#} s", e);
        }
    }
}
