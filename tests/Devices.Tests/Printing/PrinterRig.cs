using System.Net;
using System.Net.Sockets;
using MotCua.Devices.Tests.Buses;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Devices.Buses.Kernel;
using MotCua.Edge.Devices.Printing.EscPos;
using MotCua.Edge.Devices.Virtual.Printer;
using MotCua.Testing;

namespace MotCua.Devices.Tests.Printing;

/// <summary>A line with a strict printer at its far end.</summary>
internal abstract class PrinterRig : IDisposable
{
    public const int Width = 576;

    protected PrinterRig(TimeProvider time) => (Time, Far) = (time, new VirtualPrinter(Width, time, strict: false));

    public TimeProvider Time { get; }

    public VirtualPrinter Far { get; }

    public abstract IByteLine Line { get; }

    /// <summary>How long an answer may take: on real lines the machine may be busy with everything else.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(5);

    /// <summary>Takes the device away, or brings it back.</summary>
    public abstract void Plug(bool there);

    /// <summary>Waits for the work while time passes, for rigs whose time stands still.</summary>
    public virtual Task PassAsync(Task work) => work;

    public virtual void Dispose()
    {
        Line.Dispose();
        Far.Dispose();
    }

    /// <summary>Carries bytes between a real line and the printer until the far side is closed.</summary>
    protected async Task CarryAsync(Func<byte[], CancellationToken, ValueTask<int>> read, Func<byte[], int, ValueTask> write, CancellationToken stop)
    {
        var answering = AnswerAsync();
        var buffer = new byte[8192];
        try
        {
            while (await read(buffer, stop) is var count and > 0)
            {
                await Far.WriteAsync(buffer.AsMemory(0, count), TimeSpan.FromMinutes(1), stop);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The line is gone; so is this end.
        }

        await answering;

        async Task AnswerAsync()
        {
            var said = new byte[64];
            try
            {
                while (true)
                {
                    var count = await Far.ReadAsync(said, TimeSpan.FromMinutes(1), stop);
                    if (count > 0)
                    {
                        await write(said, count);
                    }
                }
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // As above.
            }
        }
    }
}

/// <summary>The simulated printer itself, on manual time.</summary>
internal sealed class VirtualRig : PrinterRig
{
    private static readonly TimeSpan Stride = TimeSpan.FromMilliseconds(50);

    public VirtualRig() : base(new ManualTime())
    {
    }

    public override IByteLine Line => Far;

    public override TimeSpan Patience => EscPosPrinter.AnswerLimit;

    public override void Plug(bool there) => Far.Unplugged = !there;

    public override Task PassAsync(Task work) => PassAsync((ManualTime)Time, work);

    public static async Task PassAsync(ManualTime time, Task work)
    {
        while (!work.IsCompleted)
        {
            time.Advance(Stride);
            await Task.Yield();
        }

        await work;
    }
}

/// <summary>A printer in the network: a real connection over the loopback.</summary>
internal sealed class TcpRig : PrinterRig
{
    private readonly int port;
    private TcpListener? listener;
    private CancellationTokenSource? life;
    private Task serving = Task.CompletedTask;

    public TcpRig() : base(TimeProvider.System)
    {
        listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Line = new TcpLine("127.0.0.1", port, Time);
        Begin();
    }

    public override IByteLine Line { get; }

    public override void Plug(bool there)
    {
        if (there)
        {
            listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            Begin();
        }
        else
        {
            life!.Cancel();
            listener!.Stop();
            serving.Wait();
            Far.Unplugged = true;
            Far.Unplugged = false;
        }
    }

    public override void Dispose()
    {
        life?.Cancel();
        listener?.Stop();
        serving.Wait();
        base.Dispose();
    }

    private void Begin()
    {
        life = new CancellationTokenSource();
        serving = ServeAsync(listener!, life.Token);
    }

    private async Task ServeAsync(TcpListener from, CancellationToken stop)
    {
        try
        {
            for (var (before, ended) = (Task.CompletedTask, (CancellationTokenSource?)null); ;)
            {
                var client = await from.AcceptSocketAsync(stop);
                // As the network board of a printer: whoever comes anew takes the place of one that hangs.
                await (ended?.CancelAsync() ?? Task.CompletedTask);
                await before;
                ended?.Dispose();
                ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
                before = ServeOneAsync(client, ended);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Switched off.
        }
    }

    private async Task ServeOneAsync(Socket client, CancellationTokenSource one)
    {
        using (client)
        {
            await CarryAsync(async (buffer, end) =>
            {
                var count = await client.ReceiveAsync(buffer, end);
                await (count == 0 ? one.CancelAsync() : Task.CompletedTask);
                return count;
            }, async (bytes, count) => await client.SendAsync(bytes.AsMemory(0, count)), one.Token);
        }
    }
}

/// <summary>A serial printer at the other end of a pseudo-terminal of this machine's kernel.</summary>
internal sealed class SerialRig : PrinterRig
{
    private readonly string link = Path.Combine(Path.GetTempPath(), $"motcua-tty-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}-{System.Security.Cryptography.RandomNumberGenerator.GetHexString(8)}");
    private PseudoTerminal? other;
    private CancellationTokenSource? life;

    public SerialRig() : base(TimeProvider.System)
    {
        Plug(true);
        Line = CharacterLine.Serial(link, new SerialSettings(115200), Time);
        Far.Overruns = true;
    }

    public override IByteLine Line { get; }

    public override void Plug(bool there)
    {
        if (!there)
        {
            life!.Cancel();
            other!.Dispose();
            File.Delete(link);
            Far.Unplugged = true;
            Far.Unplugged = false;
            return;
        }

        var (terminal, alive) = (other, life) = (new PseudoTerminal(), new CancellationTokenSource());
        File.CreateSymbolicLink(link, terminal.Path);
        // Its reads hold a thread, which must not be one of the few that everything else shares.
        _ = CarryAsync((buffer, end) => new ValueTask<int>(Task.Factory.StartNew(() => ReadPatiently(terminal, buffer, end), end, TaskCreationOptions.LongRunning, TaskScheduler.Default)), (bytes, count) =>
        {
            terminal.Write(bytes[..count]);
            return ValueTask.CompletedTask;
        }, alive.Token);
    }

    public override void Dispose()
    {
        Plug(false);
        base.Dispose();
    }

    // Nobody has the other end open before the first write, which reading tells as an error.
    private static int ReadPatiently(PseudoTerminal terminal, byte[] buffer, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (terminal.ReadSome(buffer) is var count and > 0)
            {
                return count;
            }

            stop.WaitHandle.WaitOne(5);
        }

        return 0;
    }
}
