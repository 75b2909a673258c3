using System.Diagnostics;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Engines;

/// <summary>Follows a script and all its children without asking again and again: they hold the writing end of a named pipe.</summary>
internal sealed class ProcessLife : IAsyncDisposable
{
    // Only a failing test ever waits that long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Task<StreamReader> opened;

    public ProcessLife(string pipe)
    {
        using var make = Process.Start("mkfifo", [pipe]);
        make.WaitForExit();
        opened = Task.Run(() => new StreamReader(pipe)); // Opening waits for the writer.
    }

    public async Task StartedAsync() => Assert.Equal("started", await (await OpenedAsync()).ReadLineAsync().WaitAsync(Patience));

    /// <summary>Returns when the last of them is gone.</summary>
    public async Task EndedAsync() => Assert.Equal("", await (await OpenedAsync()).ReadToEndAsync().WaitAsync(Patience));

    public async ValueTask DisposeAsync() => (await OpenedAsync()).Dispose();

    private Task<StreamReader> OpenedAsync() => opened.WaitAsync(Patience);
}
