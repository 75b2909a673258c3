using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Hosting.Tests;

public sealed class SelfTestCommandTests
{
    [Fact]
    public async Task The_command_prints_what_the_running_edge_tries_and_finds()
    {
        var devices = TestCentre.Yaml.IndexOf("devices:", StringComparison.Ordinal);
        using var edge = new EdgeProcess(TestCentre.Yaml[..devices] + "devices: { boards: [{ id: hall-sign, chip: max7219 }, { id: xa, chip: tm1637, clk: 20, dio: 21 }] }\n");
        await edge.StartAsync();
        using var said = new StringWriter();
        var code = await EdgeSelfTest.RunAsync(Arguments(edge.Http.BaseAddress!.ToString()), said, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(said.ToString().Contains("Đang thử bảng số 2. Hãy nhìn bảng.", StringComparison.Ordinal), said.ToString());
        Assert.Contains("✓ hall-sign: Đã gửi hình thử.", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("✓ xa: Bảng nhận hình thử và trả lời.", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("– uplink: Chưa nối về tỉnh", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("Đã kiểm tra xong.", said.ToString(), StringComparison.Ordinal);
        // Without espeak-ng there is no voice, and the walk says so.
        Assert.Equal(said.ToString().Contains('✗', StringComparison.Ordinal) ? 1 : 0, code);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "sudo systemctl start motcua-edge")]
    [InlineData("nowhere", "không phải địa chỉ")]
    public async Task Where_no_edge_runs_it_says_what_to_do(string urls, string said)
    {
        using var output = new StringWriter();
        Assert.NotEqual(0, await EdgeSelfTest.RunAsync(Arguments(urls), output, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Contains(said, output.ToString(), StringComparison.Ordinal);
    }

    private static EdgeArguments Arguments(string urls) => EdgeArguments.TryRead(["self-test", "--urls", urls], TextWriter.Null)!;
}
