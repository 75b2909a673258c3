using MotCua.CloudBridge.Hosting;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.CloudBridge.Tests.Hosting;

public sealed class OptionsTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("options-");

    public void Dispose() => directory.Delete(recursive: true);

    private string PrivateKey => Path.Combine(directory.FullName, KeysCommand.PrivateFile);

    private int MakeKeys() => KeysCommand.Run(["--out", directory.FullName], TextWriter.Null, TextWriter.Null);

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        Assert.Null(BridgeOptions.TryRead(["--mqtt", "nowhere", "--shared", "perhaps", "--colour", "red"], out var errors));
        Assert.Equal(4, errors.Count);
    }

    [Fact]
    public void A_key_is_enough_and_pages_stay_on_loopback()
    {
        MakeKeys();
        var options = BridgeOptions.TryRead(["--key", PrivateKey, "--mqtt", "broker:8883"], out _);
        Assert.Equal(("broker", 8883, true), (options?.MqttHost, options?.MqttPort, options?.Shared));
        Assert.StartsWith("http://127.0.0.1:", options?.Urls, StringComparison.Ordinal);
    }

    [Fact]
    public void Public_addresses_are_several_and_mistakes_among_them_are_told()
    {
        MakeKeys();
        var options = BridgeOptions.TryRead(["--key", PrivateKey, "--public-url", "https://motcua.phutho.example; http://tinh:8090/"], out _);
        Assert.Equal(["motcua.phutho.example", "tinh"], options!.PublicUrls.Select(url => url.Host));
        Assert.Null(BridgeOptions.TryRead(["--key", PrivateKey, "--public-url", "motcua.phutho.example"], out var errors));
        Assert.Contains("https://motcua.phutho.example", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_a_hyphen_stands_in_the_environment_with_an_underscore()
    {
        MakeKeys();
        Environment.SetEnvironmentVariable("MOTCUA_BRIDGE_PUBLIC_URL", "https://motcua.phutho.example");
        try
        {
            Assert.Equal("motcua.phutho.example", Assert.Single(BridgeOptions.TryRead(["--key", PrivateKey], out _)!.PublicUrls).Host);
            Assert.Equal("tinh", Assert.Single(BridgeOptions.TryRead(["--key", PrivateKey, "--public-url", "http://tinh"], out _)!.PublicUrls).Host);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MOTCUA_BRIDGE_PUBLIC_URL", null);
        }
    }

    [Fact]
    public void A_key_pair_fits_together_and_the_private_half_is_the_owners_alone()
    {
        Assert.Equal(0, MakeKeys());
        using var key = ProvinceKey.FromPem(File.ReadAllText(PrivateKey));
        Assert.Equal(key.PublicPem(), File.ReadAllText(Path.Combine(directory.FullName, KeysCommand.PublicFile)).Trim());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PrivateKey));
        }
    }

    [Fact]
    public void An_existing_key_is_never_overwritten()
    {
        MakeKeys();
        var before = File.ReadAllText(PrivateKey);
        Assert.Equal(1, MakeKeys());
        Assert.Equal(before, File.ReadAllText(PrivateKey));
    }
}
