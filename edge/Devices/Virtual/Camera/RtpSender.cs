using System.Buffers.Binary;

namespace MotCua.Edge.Devices.Virtual.Camera;

/// <summary>Films, encodes and sends as RTP (H.264 by RFC 6184, G.711 by RFC 3551), until nobody looks.</summary>
internal sealed class RtpSender(RtspTalk talk, VirtualCamera camera, TimeProvider time, int videoChannel, int audioChannel)
{
    private const int MostPayload = 1400;
    private const int HeadBytes = 12;

    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(1.0 / H264Encoder.FramesPerSecond);

    private readonly long began = time.GetTimestamp();
    private ushort videoSequence;
    private ushort audioSequence;
    private uint audioTime;

    public async Task RunAsync(CancellationToken stop)
    {
        using var encoder = videoChannel >= 0 ? new H264Encoder() : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var sending = encoder is null ? Task.CompletedTask : SendPicturesAsync(encoder, either.Token);
        try
        {
            await FilmAsync(encoder, sending, either.Token);
        }
        finally
        {
            await either.CancelAsync();
            await sending.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task FilmAsync(H264Encoder? encoder, Task sending, CancellationToken stop)
    {
        var frame = new byte[VirtualScene.Width * VirtualScene.Height];
        var sound = new byte[HeadBytes + (8000 / H264Encoder.FramesPerSecond)];
        for (var count = 1L; !sending.IsFaulted; count++)
        {
            if (camera.Cut)
            {
                throw new IOException("The plug is out.");
            }

            if (encoder is not null)
            {
                camera.Scene.Film(time.GetElapsedTime(began), frame);
                await encoder.FeedAsync(frame, stop);
                await encoder.FlushAsync(stop);
            }

            if (audioChannel >= 0)
            {
                camera.Hear(sound.AsSpan(HeadBytes));
                Head(sound, 0, isLast: false, audioSequence++, audioTime);
                audioTime += (uint)(sound.Length - HeadBytes);
                await talk.SendAsync(audioChannel, sound, stop);
            }

            var rest = (Frame * count) - time.GetElapsedTime(began);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time, stop);
        }
    }

    // A unit of type 9 begins each picture, so the one before it was the last of its own.
    private async Task SendPicturesAsync(H264Encoder encoder, CancellationToken stop)
    {
        byte[]? held = null;
        uint at = 0;
        await foreach (var unit in encoder.UnitsAsync(stop))
        {
            var isBegin = (unit.Span[0] & 0x1F) == 9;
            if (held is not null)
            {
                await SendUnitAsync(held, at, isLast: isBegin, stop);
            }

            at = isBegin ? (uint)(time.GetElapsedTime(began).TotalSeconds * 90_000) : at;
            held = isBegin ? null : unit.ToArray();
        }
    }

    private async Task SendUnitAsync(byte[] unit, uint at, bool isLast, CancellationToken stop)
    {
        var packet = new byte[HeadBytes + MostPayload];
        if (unit.Length <= MostPayload)
        {
            unit.CopyTo(packet, HeadBytes);
            Head(packet, 96, isLast, videoSequence++, at);
            await talk.SendAsync(videoChannel, packet.AsMemory(0, HeadBytes + unit.Length), stop);
            return;
        }

        // FU-A: the first byte of the unit is spread over two.
        for (var offset = 1; offset < unit.Length; offset += MostPayload - 2)
        {
            var length = Math.Min(MostPayload - 2, unit.Length - offset);
            var isEnd = offset + length == unit.Length;
            packet[HeadBytes] = (byte)((unit[0] & 0xE0) | 28);
            packet[HeadBytes + 1] = (byte)((unit[0] & 0x1F) | (offset == 1 ? 0x80 : 0) | (isEnd ? 0x40 : 0));
            unit.AsSpan(offset, length).CopyTo(packet.AsSpan(HeadBytes + 2));
            Head(packet, 96, isLast && isEnd, videoSequence++, at);
            await talk.SendAsync(videoChannel, packet.AsMemory(0, HeadBytes + 2 + length), stop);
        }
    }

    private static void Head(Span<byte> packet, int type, bool isLast, ushort sequence, uint at)
    {
        packet[0] = 0x80;
        packet[1] = (byte)(type | (isLast ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], at);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], 0x4D43);
    }
}
