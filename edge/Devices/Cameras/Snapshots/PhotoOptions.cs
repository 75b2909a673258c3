using MotCua.Edge.Devices.Cameras.Rtsp;

namespace MotCua.Edge.Devices.Cameras.Snapshots;

/// <summary>How a picture is taken on demand.</summary>
public sealed record PhotoOptions
{
    public static PhotoOptions Default { get; } = new();

    /// <summary>The program that decodes and encodes.</summary>
    public string Program { get; init; } = "ffmpeg";

    /// <summary>
    /// Most bytes of a finished picture. Default 192 KB: a packet of the broker takes 256 KB (<c>MqttConnection.MaxPacketBytes</c>), of which a quarter is left for its head and for what a
    /// later version says beside it; and a line of 256 kbit/s carries it in six seconds.
    /// </summary>
    public int MostBytes { get; init; } = 192 * 1024;

    /// <summary>Longest side of a finished picture, pixels. Default 1280: who stands where is seen, the weave of a coat is not.</summary>
    public int LongestSide { get; init; } = 1280;

    /// <summary>Most bytes of a picture as a camera's own service gives it. Default 2 MB: one of 4K at a good quality.</summary>
    public int MostServed { get; init; } = 2 * 1024 * 1024;

    /// <summary>All that the camera's own service may take before its stream is used. Default 8 s.</summary>
    public TimeSpan ServiceWithin { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>A service that refused the login is left alone for so long: cameras lock an account after a few wrong tries. Default 10 min.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Each answer of the camera's stream. Default 5 s.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From playing to the first key picture. Default 15 s: cameras with long groups of pictures send one every ten.</summary>
    public TimeSpan KeyWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Each run of the program. Default 10 s: a key picture of 4K takes a Pi 3 two.</summary>
    public TimeSpan ProgramWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second that the stream may send meanwhile.</summary>
    public int MostBytesPerSecond { get; init; } = EyeOptions.Default.MostBytesPerSecond;

    /// <summary>Where the key picture is put together; shared with the eyes, so that nothing fills the heap together with them.</summary>
    public PictureBudget Room { get; init; } = EyeOptions.Default.Room;
}
