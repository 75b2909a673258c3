using System.Net.Sockets;
using MotCua.Edge.Devices.Buses.Kernel;

namespace MotCua.Edge.Devices.Buses;

/// <summary>A TCP connection as a line of bytes, such as to port 9100 of a network printer.</summary>
/// <remarks>Connected with the first call and anew after a failure, so a printer that was away works again as soon as it is back.</remarks>
/// <param name="host">Name or address.</param>
/// <param name="port">1 to 65535.</param>
public sealed class TcpLine(string host, int port, TimeProvider time) : IByteLine
{
    /// <summary>A printer on the same wire answers within milliseconds; a hall with a bad Wi-Fi bridge within a second.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    private Socket? socket;
    private bool disposed;

    public string Name => $"{host}:{port}";

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan atMost, CancellationToken stop) => await HoldAsync(
        "taking bytes", atMost, async (opened, limited) =>
        {
            for (var rest = bytes; !rest.IsEmpty;)
            {
                rest = rest[await opened.SendAsync(rest, limited)..];
            }

            return 0;
        },
        lateIsFailure: true, stop);

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan atMost, CancellationToken stop) => HoldAsync(
        "answering", atMost, async (opened, limited) =>
        {
            if (opened.Available == 0 && atMost == TimeSpan.Zero && !opened.Poll(0, SelectMode.SelectRead))
            {
                return 0;
            }

            var read = await opened.ReceiveAsync(buffer, limited);
            return read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        },
        lateIsFailure: false, stop);

    /// <inheritdoc/>
    /// <remarks>The connection is reset, not ended: what the printer did not take is of a ticket that was given up, and many serve nobody else before they have taken it.</remarks>
    public void Close()
    {
        socket?.Close(0);
        socket = null;
    }

    public void Dispose()
    {
        disposed = true;
        socket?.Dispose();
        socket = null;
    }

    private async ValueTask<int> HoldAsync(string what, TimeSpan atMost, Func<Socket, CancellationToken, ValueTask<int>> work, bool lateIsFailure, CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        try
        {
            var opened = socket ??= await ConnectAsync(stop);
            // A look at what is there already needs no time; any wait needs some.
            using var deadline = new CancellationTokenSource(atMost > TimeSpan.Zero ? atMost : TimeSpan.FromSeconds(1), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
            try
            {
                return await work(opened, either.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return lateIsFailure ? throw new BusException(BusFailure.TimedOut, Name, null, ErrorNumber.TimedOut, $"{what} took longer than {atMost.TotalSeconds:0.#} s") : 0;
            }
        }
        catch (SocketException e)
        {
            Close();
            throw new IOException($"{Name}: {e.Message}", e);
        }
        catch (IOException)
        {
            Close();
            throw;
        }
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken stop)
    {
        var opened = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var deadline = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            await opened.ConnectAsync(host, port, either.Token);
            return opened;
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            opened.Dispose();
            throw new IOException($"{Name}: nothing answers within {ConnectLimit.TotalSeconds:0} s", e);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
