namespace MotCua.Edge.Devices.Cameras;

/// <summary>Lets through what cameras tell until one tells too much: a few incidents of a kind at once, then one every five minutes. A start that is told has its end told.</summary>
/// <remarks>Each one is a record on a card and a message to the province. A fault of a camera, or its own word, may come and go all day. Called from any thread.</remarks>
public sealed class CameraIncidents(ICameraSink sink, TimeProvider time) : ICameraSink
{
    /// <summary>What comes at once when somebody works at a camera.</summary>
    public const int AtOnce = 6;

    public static readonly TimeSpan OneMoreEvery = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();

    // Bounded by the cameras of the file, their roles and the kinds there are.
    private readonly Dictionary<(string Camera, StreamRoles Role, CameraMatter Matter, Onvif.NoticeKind? Noticed), Bucket> buckets = [];

    /// <inheritdoc/>
    public void Tell(CameraNews news)
    {
        lock (gate)
        {
            if (!Passes(BucketOf(news), news.Phase))
            {
                return;
            }
        }

        sink.Tell(news);
    }

    /// <summary>Its start was told before this program began, so its end is told.</summary>
    public void Resume(CameraNews begun)
    {
        lock (gate)
        {
            BucketOf(begun).IsOpen = true;
        }
    }

    private Bucket BucketOf(CameraNews news)
    {
        var key = (news.Camera.Value, news.Role, news.Matter, news.Noticed);
        if (!buckets.TryGetValue(key, out var bucket))
        {
            buckets[key] = bucket = new Bucket { At = time.GetTimestamp() };
        }

        return bucket;
    }

    private bool Passes(Bucket bucket, CameraPhase phase)
    {
        if (phase == CameraPhase.End)
        {
            (var was, bucket.IsOpen) = (bucket.IsOpen, false);
            return was;
        }

        var now = time.GetTimestamp();
        bucket.Left = Math.Min(AtOnce, bucket.Left + (time.GetElapsedTime(bucket.At, now) / OneMoreEvery));
        bucket.At = now;
        if (bucket.Left < 1 || (phase == CameraPhase.Update && !bucket.IsOpen))
        {
            return false;
        }

        bucket.Left--;
        bucket.IsOpen = true;
        return true;
    }

    private sealed class Bucket
    {
        public double Left { get; set; } = AtOnce;

        public long At { get; set; }

        public bool IsOpen { get; set; }
    }
}
