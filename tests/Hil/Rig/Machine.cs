using Xunit;

namespace MotCua.Hil.Rig;

/// <summary>The virtual machine that these tests run in.</summary>
internal static class Machine
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Nothing here may touch the hardware of a person's machine.</summary>
    public static void MustBeVirtual() =>
        Assert.True(File.ReadAllText("/proc/cmdline").Contains("motcua.hil", StringComparison.Ordinal), "These tests drive devices of a virtual machine; start them with ./test hil.");

    /// <summary>Waits for what the kernel or another process does in its own time.</summary>
    public static void Until(Func<bool> happened, Func<string>? complaint = null) => Within(Patience, happened, complaint);

    public static void Within(TimeSpan atMost, Func<bool> happened, Func<string>? complaint = null) =>
        Assert.True(SpinWait.SpinUntil(happened, atMost), complaint?.Invoke() ?? $"It did not happen within {atMost.TotalSeconds:0} s.");

    /// <summary>Lets real time pass, where that is what is tested.</summary>
    public static void Rest(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }
}
