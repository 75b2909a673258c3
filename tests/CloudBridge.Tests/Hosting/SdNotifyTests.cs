using System.Net.Sockets;
using System.Text;
using MotCua.CloudBridge.Hosting;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Hosting;

public sealed class SdNotifyTests
{
    private readonly ManualTime time = new();

    private static string Next(Socket manager)
    {
        var buffer = new byte[100];
        return manager.Poll(TimeSpan.Zero, SelectMode.SelectRead) ? Encoding.ASCII.GetString(buffer, 0, manager.Receive(buffer)) : "";
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Words_reach_the_manager_on_a_path_or_an_abstract_socket(bool isAbstract)
    {
        var directory = Directory.CreateTempSubdirectory("sd-");
        var path = isAbstract ? $"@{directory.Name}" : Path.Combine(directory.FullName, "notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{directory.Name}" : path));
        using (var systemd = new SdNotify(path, time))
        {
            systemd.Ready();
            systemd.Progress();
            systemd.Progress();
            systemd.Stopping();
        }

        Assert.Equal(["READY=1", "WATCHDOG=1", "STOPPING=1", ""], [Next(manager), Next(manager), Next(manager), Next(manager)]);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void Without_a_manager_nothing_happens()
    {
        using var nobody = new SdNotify(null, time);
        nobody.Ready();
        using var gone = new SdNotify("/nowhere/notify", time);
        gone.Progress();
    }
}
