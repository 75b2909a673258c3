using MotCua.CloudBridge.Dashboard;
using MotCua.CloudBridge.Hosting;
using Xunit;

namespace MotCua.CloudBridge.Tests.Dashboard;

public sealed class VideoLinkTests
{
    [Theory]
    [InlineData("https://video.phutho.example/{centre}/{camera}?t={time}", true)]
    [InlineData("http://10.0.0.5:8080/?cam={camera}#{time}", true)]
    [InlineData("https://video.phutho.example/all", true)]
    [InlineData("ftp://video.phutho.example/{camera}", false)]
    [InlineData("javascript:alert('{camera}')", false)]
    [InlineData("//video.phutho.example/{camera}", false)]
    [InlineData("https://{centre}.example/{camera}", false)]
    [InlineData("https://video.example:{camera}/", false)]
    [InlineData("{camera}://video.example/", false)]
    [InlineData("https://user:secret@video.example/{camera}", false)]
    [InlineData("https://video.phutho.example/{user}", false)]
    [InlineData("https://video.phutho.example/\n{camera}", false)]
    public void A_link_leads_to_the_host_that_was_written_down_and_nowhere_else(string template, bool holds) => Assert.Equal(holds ? template : null, VideoLink.TryRead(template)?.Template);

    [Fact]
    public void A_wrong_link_is_a_mistake_at_the_start_and_none_is_none()
    {
        Assert.Null(BridgeOptions.TryRead(["--key", "/nowhere", "--video-link", "ftp://x/{camera}"], out var errors));
        Assert.Contains(errors, error => error.Contains("--video-link", StringComparison.Ordinal) && error.Contains("{time}", StringComparison.Ordinal));
        BridgeOptions.TryRead(["--key", "/nowhere"], out var fewer);
        Assert.DoesNotContain(fewer, error => error.Contains("video", StringComparison.Ordinal));
    }
}
