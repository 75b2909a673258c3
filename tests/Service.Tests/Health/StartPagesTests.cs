using MotCua.Edge.Health;
using Xunit;

namespace MotCua.Service.Tests.Health;

public sealed class StartPagesTests
{
    [Fact]
    public async Task Pages_of_program_files_go_and_come_back_when_they_are_used()
    {
        var pages = new StartPages();
        Assert.InRange(await pages.StepAsync(TestContext.Current.CancellationToken), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        var before = FilePages();
        var rest = await pages.StepAsync(TestContext.Current.CancellationToken);
        var after = FilePages();
        Assert.InRange(rest, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Assert.True(after < before * 3 / 4, $"{before} kB of files were mapped, {after} kB are.");
        Assert.InRange(Enumerable.Range(0, 1000).Select(i => (double)i).Average(), 499, 500);
    }

    [Theory]
    [InlineData("7f00-9f00 r-xp 00000000 fe:00 24 /opt/motcua/libcoreclr.so", "0", true)]
    [InlineData("7f00-9f00 r--s 00000000 fe:00 24 /opt/một cửa/a.dll", "0", true)]
    [InlineData("7f00-9f00 r-xp 00000000 fe:00 24 /opt/motcua/libcoreclr.so", "4", false)] // One page of it was changed: the file does not have it.
    [InlineData("7f00-9f00 rw-p 00000000 fe:00 24 /opt/motcua/libcoreclr.so", "0", false)] // May be written at any moment.
    [InlineData("7f00-9f00 r-xs 00000000 00:01 24 /memfd:doublemapper (deleted)", "0", false)]
    [InlineData("7f00-9f00 r-xp 00000000 00:00 0", "0", false)]
    [InlineData("7f00-9f00 r-xp 00000000 00:00 0 [vdso]", "0", false)]
    public void Only_what_can_hold_nothing_of_our_own_is_let_go_of(string mapping, string anonymous, bool goes)
    {
        string[] smaps = [mapping, "Size:                  8 kB", $"Anonymous:             {anonymous} kB", "VmFlags: rd mr mw me"];
        Assert.Equal(goes ? [((nint)0x7f00, (nint)0x2000)] : [], StartPages.Unchanged(smaps));
    }

    [Fact]
    public void Each_mapping_is_judged_by_its_own_lines()
    {
        string[] smaps =
        [
            "1000-2000 r--p 00000000 fe:00 24 /a", "Anonymous:             8 kB", "2000-3000 r-xp 00000000 fe:00 24 /a", "Anonymous:             0 kB", "3000-4000 rw-p 00000000 fe:00 24 /a",
            "Anonymous:             0 kB", "rubbish", "", "zzzz-4000 r-xp 00000000 fe:00 24 /a", "Anonymous:             0 kB", "5000-6000 r-xp 00000000 fe:00 24 /a",
        ];
        Assert.Equal([((nint)0x2000, (nint)0x1000)], StartPages.Unchanged(smaps));
    }

    private static long FilePages() => File.ReadLines("/proc/self/status").Single(line => line.StartsWith("RssFile:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] is var kilobytes
        ? long.Parse(kilobytes, System.Globalization.CultureInfo.InvariantCulture) : 0;
}
