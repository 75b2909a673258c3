using System.Diagnostics;
using System.Text.Json;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

public sealed partial class OnvifTests
{
    [Fact]
    public async Task A_client_that_is_none_of_ours_finds_a_camera_there_as_well()
    {
        await using var camera = new OnvifDouble { Password = "secret" };
        camera.Notice("tns1:RuleEngine/CellMotionDetector/Motion", "IsMotion", isOn: true);
        var understood = await AskAsync(camera, "onvif.mjs");
        Assert.Equal(("T-1", "Hãng Thử", TimeProvider.System.GetUtcNow().Year), (understood.GetProperty("model").GetString(), understood.GetProperty("maker").GetString(), understood.GetProperty("year").GetInt32()));
        Assert.Contains("p=Profile_1", understood.GetProperty("snapshot").GetString(), StringComparison.Ordinal);
        Assert.Equal(("tns1:RuleEngine/CellMotionDetector/Motion", true), (understood.GetProperty("topics")[0].GetString(), understood.GetProperty("values")[0].GetBoolean()));
    }

    private static async Task<JsonElement> AskAsync(OnvifDouble camera, string script)
    {
        var folder = Path.Combine(SourceTree.Root, "tests", "Devices.Tests", "checks");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "Run first: npm ci --prefix tests/Devices.Tests/checks");
        using var node = Process.Start(new ProcessStartInfo("node", [script, $"{camera.Port}", camera.User, camera.Password])
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var complaints = node.StandardError.ReadToEndAsync(Test);
        var seen = await node.StandardOutput.ReadToEndAsync(Test);
        await node.WaitForExitAsync(Test);
        Assert.True(node.ExitCode == 0, $"{await complaints} {string.Join(' ', camera.Asked)}");
        return JsonDocument.Parse(seen).RootElement;
    }
}
