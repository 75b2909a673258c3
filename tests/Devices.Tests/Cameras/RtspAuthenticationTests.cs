using System.Security.Cryptography;
using System.Text;
using MotCua.Edge.Devices.Cameras;
using MotCua.Edge.Devices.Cameras.Rtsp;
using Xunit;

namespace MotCua.Devices.Tests.Cameras;

public sealed class RtspAuthenticationTests
{
    private const string Nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private const string Cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_examples_of_rfc_7616_come_out(string algorithm, string response)
    {
        var login = new RtspAuthentication(new CameraLogin("Mufasa", "Circle of Life"), () => Cnonce);
        Assert.Null(login.For("GET", "/dir/index.html"));
        Assert.True(login.Take([("WWW-Authenticate", $"Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, nonce=\"{Nonce}\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"")]));
        var field = login.For("GET", "/dir/index.html")!;
        Assert.Contains($"response=\"{response}\"", field, StringComparison.Ordinal);
        Assert.Contains($"algorithm={algorithm}, opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001, cnonce=\"{Cnonce}\"", field, StringComparison.Ordinal);
        Assert.Contains("nc=00000002", login.For("GET", "/dir/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_rfc_2069_comes_out_with_its_erratum()
    {
        var login = new RtspAuthentication(new CameraLogin("Mufasa", "CircleOfLife"), () => Cnonce);
        Assert.True(login.Take([("WWW-Authenticate", "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"")]));
        Assert.Contains("response=\"1949323746fe6a43ef61f9606e7febea\"", login.For("GET", "/dir/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_the_strongest_is_answered_and_basic_only_when_there_is_no_other()
    {
        string[] all = ["Basic realm=\"IP Camera\"", $"Digest realm=\"IP Camera\", nonce=\"{Nonce}\"", $"Digest realm=\"IP Camera\", nonce=\"{Nonce}\", algorithm=SHA-256", $"Digest realm=\"x\", nonce=\"{Nonce}\", algorithm=SHA-512-256"];
        Assert.StartsWith("Digest ", Answer(all), StringComparison.Ordinal);
        Assert.Contains("algorithm=SHA-256", Answer(all), StringComparison.Ordinal);
        Assert.Equal("Basic YWRtaW46eDp5", Answer(all[0]));
        Assert.Null(Answer("Negotiate"));
        Assert.Null(Answer("Digest realm=\"x\""));
        Assert.Null(Answer($"Digest realm=\"x\", nonce=\"{Nonce}\", qop=\"auth-int\""));

        static string? Answer(params string[] fields)
        {
            var login = new RtspAuthentication(new CameraLogin("admin", "x:y"), () => Cnonce);
            return login.Take(fields.Select(field => ("www-authenticate", field))) ? login.For("DESCRIBE", "rtsp://a/") : null;
        }
    }

    [Fact]
    public void What_was_answered_and_is_asked_again_is_refused_unless_it_was_only_stale()
    {
        var login = new RtspAuthentication(new CameraLogin("admin", "wrong"), () => Cnonce);
        Assert.True(login.Take([("WWW-Authenticate", $"Digest realm=\"x\", nonce=\"{Nonce}\"")]));
        Assert.True(login.Take([("WWW-Authenticate", "Digest realm=\"x\", nonce=\"two\", stale=TRUE")]));
        Assert.Contains("nonce=\"two\"", login.For("DESCRIBE", "rtsp://a/"), StringComparison.Ordinal);
        Assert.False(login.Take([("WWW-Authenticate", "Digest realm=\"x\", nonce=\"three\"")]));
    }

    [Fact]
    public void Staleness_is_believed_once()
    {
        var login = new RtspAuthentication(new CameraLogin("admin", "wrong"), () => Cnonce);
        Assert.True(login.Take([("WWW-Authenticate", "Digest realm=\"x\", nonce=\"one\"")]));
        Assert.True(login.Take([("WWW-Authenticate", "Digest realm=\"x\", nonce=\"two\", stale=true")]));
        Assert.False(login.Take([("WWW-Authenticate", "Digest realm=\"x\", nonce=\"three\", stale=true")]));
    }

    [Fact]
    public void A_realm_is_hashed_byte_by_byte_as_it_came_and_a_name_as_utf_8()
    {
        var login = new RtspAuthentication(new CameraLogin("quản", "mật khẩu"), () => Cnonce);
        byte[] realm = Encoding.UTF8.GetBytes("Sảnh");
        Assert.True(login.Take([("WWW-Authenticate", $"Digest realm=\"{Encoding.Latin1.GetString(realm)}\", nonce=\"n\", algorithm=SHA-256")]));
        static string Hash(params byte[][] parts) => Convert.ToHexStringLower(SHA256.HashData([.. parts.SelectMany(part => part)]));
        var secret = Hash(Encoding.UTF8.GetBytes("quản:"), realm, Encoding.UTF8.GetBytes(":mật khẩu"));
        var response = Hash(Encoding.ASCII.GetBytes($"{secret}:n:{Hash("DESCRIBE:rtsp://a/"u8.ToArray())}"));
        var field = login.For("DESCRIBE", "rtsp://a/")!;
        Assert.Contains($"response=\"{response}\"", field, StringComparison.Ordinal);
        Assert.Contains("username=\"quản\", realm=\"Sảnh\"", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(field)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_prints_nothing_of_itself() => Assert.DoesNotContain("secret", $"{new CameraLogin("admin", "secret")}", StringComparison.Ordinal);
}
