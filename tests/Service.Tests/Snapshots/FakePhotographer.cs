using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Snapshots;

namespace MotCua.Edge.Snapshots.Tests;

/// <summary>Whoever takes pictures: as a test says, at once or when it lets go.</summary>
internal sealed class FakePhotographer : ICameraPhotographer
{
    /// <summary>A JPEG from its first mark to its last, with nothing to see: 1280 by 720, or 640 by 360 blurred.</summary>
    public static byte[] Picture(bool blur) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xDB, 0, 4, 0, 1, 0xFF, 0xC0, 0, 11, 8, .. blur ? (byte[])[1, 104, 2, 128] : [2, 208, 5, 0], 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, .. "nobody reads this on a card"u8, 0xFF, 0xD9,
    ];

    /// <summary>Whether each picture that was taken had to be blurred.</summary>
    public List<bool> Taken { get; } = [];

    /// <summary>Null: as it is asked for.</summary>
    public byte[]? Gives { get; set; }

    /// <summary>Pictures that are being taken, and the most that ever were at once.</summary>
    public (int Now, int Most) AtOnce { get; private set; }

    public CameraTroubleException? Fails { get; set; }

    /// <summary>Held: nothing comes before it is let go.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>Told when one is about to be taken.</summary>
    public Action? Before { get; set; }

    public async Task<CameraPhoto> TakeAsync(bool blur, CancellationToken stop)
    {
        lock (Taken)
        {
            AtOnce = (AtOnce.Now + 1, Math.Max(AtOnce.Most, AtOnce.Now + 1));
        }

        Before?.Invoke();
        if (Held is { } held)
        {
            await held.Task.WaitAsync(stop);
        }

        lock (Taken)
        {
            AtOnce = (AtOnce.Now - 1, AtOnce.Most);
            Taken.Add(blur);
        }

        return Fails is { } trouble ? throw trouble : new CameraPhoto(Gives ?? Picture(blur));
    }
}
