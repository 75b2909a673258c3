using System.Collections.Immutable;
using System.Net.Sockets;
using MotCua.Edge.Devices.Cameras.Onvif;

namespace MotCua.Edge.Devices.Cameras.Snapshots;

/// <summary>A picture that was taken; it lives in memory only.</summary>
/// <param name="Jpeg">At most <see cref="PhotoOptions.MostBytes"/>.</param>
public sealed record CameraPhoto(byte[] Jpeg)
{
    /// <summary>Says how large it is, so that no log can say more.</summary>
    public override string ToString() => $"(ảnh {Jpeg.Length} byte)";
}

/// <summary>Takes pictures with one camera.</summary>
public interface ICameraPhotographer
{
    /// <summary>Takes one picture; one at a time.</summary>
    /// <param name="blur">Nobody is to be known on it.</param>
    /// <exception cref="CameraTroubleException">None could be taken; its fault says why in the words of the catalogue.</exception>
    Task<CameraPhoto> TakeAsync(bool blur, CancellationToken stop);
}

/// <summary>The real one: asks the camera's own service for a picture, and where that gives none takes a key picture out of its stream.</summary>
/// <remarks>The stream that is recorded goes first, since it is the sharper one. No file is written, and neither picture nor password stands in a message.</remarks>
/// <param name="camera">With its login, and its streams where they are really to be had.</param>
/// <param name="gate">Shared with the camera's eyes; null for a photographer that is alone.</param>
public sealed class CameraPhotographer(Camera camera, TimeProvider time, LoginGate? gate = null, PhotoOptions? options = null) : ICameraPhotographer
{
    private readonly PhotoOptions options = options ?? PhotoOptions.Default;
    private readonly LoginGate? gate = camera.Login is null ? null : gate ?? new LoginGate(time);
    private readonly ImmutableArray<CameraFeed> streams =
    [
        .. ((StreamRoles[])[StreamRoles.Record, StreamRoles.Detect]).Select(role => camera.Streams.FirstOrDefault(stream => stream.Roles.HasFlag(role))).OfType<CameraFeed>().Distinct(),
    ];

    private int taking;
    private long? refusedAt;

    /// <inheritdoc/>
    public async Task<CameraPhoto> TakeAsync(bool blur, CancellationToken stop)
    {
        if (Interlocked.Exchange(ref taking, 1) == 1)
        {
            throw new CameraTroubleException(CameraFaults.NoPicture, "camera đang chụp một ảnh khác");
        }

        try
        {
            if (gate?.IsRefused == true)
            {
                throw new CameraTroubleException(CameraFaults.LoginRefused, "camera không nhận tài khoản; không thử thêm để camera không khóa tài khoản");
            }

            return new CameraPhoto(await ServedAsync(blur, stop) ?? await FromStreamAsync(blur, stop));
        }
        catch (Exception e) when (e is not CameraTroubleException && !stop.IsCancellationRequested) // Whatever a stranger sent: no picture, and nothing else.
        {
            throw new CameraTroubleException(CameraFaults.BadAnswer, $"{e.GetType().Name}: {e.Message}", e);
        }
        finally
        {
            Volatile.Write(ref taking, 0);
        }
    }

    // Null: the stream is to be asked.
    private async Task<byte[]?> ServedAsync(bool blur, CancellationToken stop)
    {
        if (camera.Onvif is not { } service || (refusedAt is { } at && time.GetElapsedTime(at) < options.RefusedPause))
        {
            return null;
        }

        using var deadline = new CancellationTokenSource(options.ServiceWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        byte[]? served;
        try
        {
            served = await ServedPhoto.GetAsync(service, camera.Login, options, time, either.Token);
            refusedAt = null;
        }
        catch (OnvifFaultException e)
        {
            refusedAt = e.IsLogin ? time.GetTimestamp() : refusedAt;
            return null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or SocketException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return null;
        }

        try
        {
            return served is null ? null : await PhotoProgram.RunAsync("mjpeg", served, blur, options, time, stop);
        }
        catch (CameraTroubleException e) when (e.Fault == CameraFaults.DecoderFailed && !streams.IsEmpty)
        {
            return null; // A JPEG that is none; the stream may be better.
        }
    }

    private async Task<byte[]> FromStreamAsync(bool blur, CancellationToken stop)
    {
        CameraTroubleException trouble = new(CameraFaults.NoPicture, "camera không có luồng hình nào để chụp");
        foreach (var stream in streams)
        {
            await EnterAsync(stop);
            try
            {
                var (format, bytes) = await KeyPhoto.TakeAsync(stream, camera.Login, gate, options, time, stop);
                return await PhotoProgram.RunAsync(format, bytes, blur, options, time, stop);
            }
            catch (CameraTroubleException e) when (e.Fault == CameraFaults.LoginRefused)
            {
                gate?.Refuse(options.RefusedPause);
                throw;
            }
            catch (CameraTroubleException e)
            {
                trouble = e; // Another stream of the same camera may have what this one has not.
            }
            finally
            {
                gate?.Leave();
            }
        }

        throw trouble;
    }

    // While an eye of this camera tries the login for the first time, nobody else does.
    private async Task EnterAsync(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.KeyWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            while (gate?.TryEnter() == false)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, either.Token);
            }
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CameraTroubleException(CameraFaults.NoAnswer, "camera chưa nhận tài khoản ở luồng nào", e);
        }
    }
}
