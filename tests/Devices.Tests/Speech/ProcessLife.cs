using System.Diagnostics;
using Xunit;

namespace MotCua.Devices.Tests.Speech;

/// <summary>Follows a script and all its children without asking again and again: they hold the writing end of a named pipe.</summary>
internal sealed class ProcessLife : IAsyncDisposable
{
    private readonly Task<StreamReader> opened;

    public ProcessLife(string pipe)
    {
        using var make = Process.Start("mkfifo", [pipe]);
        make.WaitForExit();
        opened = Task.Run(() => new StreamReader(pipe)); // Opening waits for the writer.
    }

    public async Task StartedAsync() => Assert.Equal("started", await (await opened).ReadLineAsync(TestContext.Current.CancellationToken));

    /// <summary>Returns when the last of them is gone.</summary>
    public async Task EndedAsync() => Assert.Equal("", await (await opened).ReadToEndAsync(TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync() => (await opened).Dispose();
}
