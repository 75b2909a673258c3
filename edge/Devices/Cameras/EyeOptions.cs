namespace MotCua.Edge.Devices.Cameras;

/// <summary>How an eye looks.</summary>
public sealed record EyeOptions
{
    public static EyeOptions Default { get; } = new();

    /// <summary>The program that decodes pictures.</summary>
    public string Decoder { get; init; } = "ffmpeg";

    /// <summary>Bytes a second that a stream may send for long; twice as many may come at once. Default 4 MB: the main stream of a 4K camera has 1 to 2.</summary>
    public int MostBytesPerSecond { get; init; } = 4_000_000;

    /// <summary>A decoder that is not there, or fails beside sound or a recorded stream, is started again so much later. Default 3 min.</summary>
    public TimeSpan DecoderPause { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Shared by all eyes. Default 4 MB: two large pictures and some small ones at once.</summary>
    public Rtsp.PictureBudget Room { get; init; } = new(most: 64);

    /// <summary>From one judged picture to the next, at least. Default 2 s.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Each answer of a camera that is not playing yet. Default 5 s.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A camera that plays and sends nothing for so long is gone. Default 6 s.</summary>
    public TimeSpan SilentFor { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Packets without a picture that could be decoded, for so long. Default 12 s: cameras with long groups of pictures send one every ten.</summary>
    public TimeSpan PictureWithin { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>A stream that is only recorded is tried so often. Default 30 s.</summary>
    public TimeSpan TryEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest pause after a failure. Default 1 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest. Default 30 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After a refused login: cameras lock an account after a few wrong tries. Default 5 min.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(5);
}
