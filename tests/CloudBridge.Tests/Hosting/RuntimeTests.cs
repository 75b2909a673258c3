using System.Text.Json;
using Xunit;

namespace MotCua.CloudBridge.Tests.Hosting;

public sealed class RuntimeTests
{
    // A property of the project that is spelt wrong is no error, and the web SDK's own choice is a heap for each core: a quarter more memory under a country's load.
    [Fact]
    public void The_bridge_has_one_heap_whatever_the_number_of_cores()
    {
        using var options = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cloud-bridge.runtimeconfig.json")));
        Assert.False(options.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.GC.Server").GetBoolean());
    }
}
