using System.Net;
using System.Net.Sockets;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Buses;

public sealed class TcpLineTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ManualTime time = new();
    private readonly TcpLine line;

    public TcpLineTests()
    {
        listener.Start();
        line = new TcpLine("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, time);
    }

    public void Dispose()
    {
        line.Dispose();
        listener.Dispose();
    }

    [Fact]
    public async Task What_is_not_taken_in_time_is_told_as_such_and_its_rest_is_taken_back()
    {
        var stop = TestContext.Current.CancellationToken;
        var writing = line.WriteAsync(new byte[64 * 1024 * 1024], Limit, stop).AsTask();
        using var printer = await listener.AcceptSocketAsync(stop);
        while (!writing.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(BusFailure.TimedOut, (await Assert.ThrowsAsync<BusException>(() => writing)).Failure);
        // Reset, not ended: a printer that reads on must not print the rest of a ticket that was given up.
        var buffer = new byte[1024 * 1024];
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (await printer.ReceiveAsync(buffer, stop) > 0)
            {
            }
        });
    }

    [Fact]
    public async Task A_printer_that_is_not_there_is_no_slow_one()
    {
        listener.Stop();
        var failure = await Assert.ThrowsAsync<IOException>(() => line.WriteAsync(new byte[1], Limit, TestContext.Current.CancellationToken).AsTask());
        Assert.IsNotType<BusException>(failure);
    }

    [Fact]
    public async Task What_was_written_before_an_orderly_end_arrives()
    {
        var stop = TestContext.Current.CancellationToken;
        await line.WriteAsync(new byte[10_000], Limit, stop);
        using var printer = await listener.AcceptSocketAsync(stop);
        line.Dispose();
        var (buffer, all) = (new byte[4096], 0);
        while (await printer.ReceiveAsync(buffer, stop) is var count and > 0)
        {
            all += count;
        }

        Assert.Equal(10_000, all);
    }
}
