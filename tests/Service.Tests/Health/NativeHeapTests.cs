using System.Globalization;
using System.Runtime.InteropServices;
using MotCua.Edge.Health;
using Xunit;

namespace MotCua.Service.Tests.Health;

public sealed class NativeHeapTests
{
    private const int Blocks = 4096;
    private const int BlockBytes = 16 * 1024;

    [Fact]
    public async Task What_the_c_library_keeps_of_freed_memory_goes_back_to_the_box()
    {
        var blocks = new nint[Blocks];
        for (var i = 0; i < Blocks; i++)
        {
            blocks[i] = Marshal.AllocHGlobal(BlockBytes);
            Marshal.WriteByte(blocks[i], BlockBytes / 2, 1);
        }

        // The last one keeps the heap from shrinking by itself, as anything long-lived does.
        foreach (var block in blocks[..^1])
        {
            Marshal.FreeHGlobal(block);
        }

        var before = ResidentPages();
        var rest = await new NativeHeap().StepAsync(TestContext.Current.CancellationToken);
        var freed = (before - ResidentPages()) * Environment.SystemPageSize;
        Marshal.FreeHGlobal(blocks[^1]);
        Assert.True(freed > Blocks * Environment.SystemPageSize / 2, $"{freed} bytes went back.");
        Assert.InRange(rest, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    private static long ResidentPages() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture);
}
