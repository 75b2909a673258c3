using MotCua.CloudBridge.Hosting;
using MotCua.CloudBridge.Tests.Enrolment;
using MotCua.CloudBridge.Enrolment;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Hosting;

/// <summary>From the region that a centre is enrolled with to the one that alerts know.</summary>
public sealed class RegionsCommandTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly TestProvince province;
    private readonly string store;

    public RegionsCommandTests()
    {
        province = new TestProvince(time);
        store = Directory.CreateDirectory(province.PathOf("store")).FullName;
        Stores.Open(store, time).Dispose();
    }

    public void Dispose() => province.Dispose();

    [Fact]
    public void The_region_that_a_centre_is_enrolled_with_is_the_one_that_alerts_know()
    {
        Enrol("Lâm Thao", "lam-thao", "cao-mai");
        Enrol("Việt Trì", "cao-mai");
        Assert.Equal(0, Run(out _, "--store", store, "--file", Path.Combine(province.Ca, "regions.csv"), "--who", "Trực ban", "--reason", "Sắp xếp"));
        Assert.Equal(0, Run(out var said, "--store", store));
        Assert.Equal(["lam-thao;Lâm Thao", "cao-mai;Việt Trì"], said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("no region")]
    [InlineData("NO;Việt Trì")]
    [InlineData("viet-tri;a;b")]
    public void A_wrong_line_is_named_and_nothing_is_set(string line)
    {
        var file = province.PathOf("regions.csv");
        File.WriteAllText(file, $"lam-thao;Lâm Thao\n{line}\n");
        Assert.Equal(1, Run(out var said, "--store", store, "--file", file, "--who", "Trực ban", "--reason", "Sắp xếp"));
        Assert.Contains("regions.csv:2", said, StringComparison.Ordinal);
        using var opened = Stores.Open(store, time);
        Assert.Empty(opened.Alerts.ReadRegions());
    }

    [Fact]
    public void A_wrong_command_line_is_told_how_it_is_used()
    {
        Assert.Equal(2, Run(out var said, "--store", store, "--file", "x"));
        Assert.Contains("CENTRE;REGION", said, StringComparison.Ordinal);
        Assert.Equal(2, Run(out _, "--store", province.PathOf("nowhere")));
    }

    private int Run(out string said, params string[] args)
    {
        using var output = new StringWriter();
        var code = RegionsCommand.Run(args, time, output, output);
        said = output.ToString();
        return code;
    }

    private void Enrol(string region, params string[] centres)
    {
        using var output = new StringWriter();
        Assert.True(
            EnrolCommand.Run([.. centres, "--ca", province.Ca, "--out", province.PathOf($"out-{region}"), "--mqtt", "localhost:8883", "--region", region], time, output, output) == 0, output.ToString());
    }
}
