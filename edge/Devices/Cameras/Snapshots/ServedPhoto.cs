using System.Security.Cryptography;
using MotCua.Edge.Devices.Cameras.Onvif;
using MotCua.Edge.Devices.Cameras.Rtsp;
using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Cameras.Snapshots;

/// <summary>Gets the still picture that a camera's own service offers (ONVIF GetSnapshotUri), with a digest where it asks for one.</summary>
internal static class ServedPhoto
{
    /// <returns>Null when the camera offers none.</returns>
    /// <exception cref="OnvifFaultException">The camera refused; <see cref="OnvifFaultException.IsLogin"/> when it does not take the login.</exception>
    /// <exception cref="IOException">No connection, or it broke.</exception>
    /// <exception cref="InvalidDataException">What came is no picture, or a larger one than is taken.</exception>
    public static async Task<byte[]?> GetAsync(Uri service, CameraLogin? login, PhotoOptions options, TimeProvider time, CancellationToken stop)
    {
        var client = new OnvifClient(service, login, time);
        await client.FindServicesAsync(stop);
        return await client.FindSnapshotAsync(stop) is { } where ? await FetchAsync(where, login, options, stop) : null;
    }

    internal static async Task<byte[]> FetchAsync(Uri where, CameraLogin? login, PhotoOptions options, CancellationToken stop)
    {
        var (status, body, fields) = await HttpExchange.GetAsync(where, null, options.MostServed, stop);
        if (status == 401 && login is not null)
        {
            // A password in the clear is said for no picture, so only a digest is answered; and once, since each wrong try counts.
            var answer = new RtspAuthentication(login, () => RandomNumberGenerator.GetHexString(16, lowercase: true));
            if (!answer.Take(fields.Where(field => !field.Value.StartsWith("Basic", StringComparison.OrdinalIgnoreCase))))
            {
                throw new InvalidDataException("địa chỉ ảnh không nhận cách đăng nhập nào an toàn");
            }

            (status, body, _) = await HttpExchange.GetAsync(where, answer.For("GET", where.PathAndQuery), options.MostServed, stop);
        }

        return status switch
        {
            401 or 403 => throw new OnvifFaultException(isLogin: true, $"trả lời HTTP {status}"),
            not 200 => throw new InvalidDataException($"trả lời HTTP {status}"),
            _ when body.Length >= options.MostServed => throw new InvalidDataException("ảnh của camera quá lớn"),
            _ when !body.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => throw new InvalidDataException("địa chỉ ảnh không cho ảnh JPEG"),
            _ => body,
        };
    }
}
