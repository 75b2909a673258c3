using System.Security.Cryptography;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Configuration;
using MotCua.Edge.Hosting;
using MotCua.Protocols;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Enrolment.Tests;

public sealed class EdgeEnrolTests : IDisposable
{
    private static readonly string Unconnected = TestCentre.Yaml.Replace("mqtt: { host: 127.0.0.1, port: 1883, province-key: province.pub }\n", "", StringComparison.Ordinal);

    private readonly TestAuthority authority = new();
    private readonly string box = Directory.CreateTempSubdirectory("box-").FullName;

    public EdgeEnrolTests() => File.WriteAllText(Config, Unconnected);

    public void Dispose()
    {
        Directory.Delete(box, recursive: true);
        authority.Dispose();
    }

    private string Config => Path.Combine(box, "centre.yaml");

    private string Key => Path.Combine(box, BundleFiles.Key);

    private (int Code, string Said) Run(params string[] args)
    {
        using var said = new StringWriter();
        return (EdgeEnrol.Run([.. args, "--config", Config], new ManualTime(), said), said.ToString());
    }

    private string Check()
    {
        using var said = new StringWriter();
        Assert.Equal(0, EdgeCheck.Run(new EdgeArguments("check", Config, box, ""), said));
        return said.ToString();
    }

    private CentreRequest Ask(params string[] more)
    {
        Assert.Equal(0, Run(["--out", authority.Folder, .. more]).Code);
        return CentreRequest.TryRead(File.ReadAllText(Path.Combine(authority.Folder, "pt-viet-tri.csr")), out _)!;
    }

    [Fact]
    public void A_box_asks_with_a_key_that_stays_in_it_and_takes_what_it_is_given()
    {
        Assert.Contains("chưa có mục mqtt", Check(), StringComparison.Ordinal);
        var request = Ask();
        Assert.Equal(new CentreId("pt-viet-tri"), request.Centre);
        Assert.Equal(TrustFile.OwnerAndGroup, File.GetUnixFileMode(Key));
        authority.Bundle("pt-viet-tri", request.Key);
        var (code, said) = Run("--take", authority.Folder);
        Assert.True(code == 0, said);
        Assert.DoesNotContain("Xóa", said, StringComparison.Ordinal);
        var mqtt = CentreFile.Read(Config).Beside(box).Mqtt;
        Assert.Equal(("mqtt.phutho.example", 8883, TestAuthority.FilesIn(box)), (mqtt?.Host, mqtt?.Port, mqtt?.Tls));
        Assert.StartsWith(Unconnected.TrimEnd(), File.ReadAllText(Config), StringComparison.Ordinal);
        Assert.DoesNotContain("Chú ý", Check(), StringComparison.Ordinal);
        Assert.Contains("hạn dùng đến 22/11/2029", Check(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundle_with_a_key_is_taken_whole_and_the_stick_is_to_be_wiped()
    {
        var folder = authority.Bundle("pt-viet-tri");
        File.SetUnixFileMode(Path.Combine(folder, BundleFiles.Key), (UnixFileMode)0x1FF); // As a stick shows all its files.
        var (code, said) = Run("--take", folder);
        Assert.True(code == 0, said);
        Assert.Contains($"Xóa {folder}", said, StringComparison.Ordinal);
        Assert.Equal(TrustFile.OwnerAndGroup, File.GetUnixFileMode(Key));
        Assert.DoesNotContain("Chú ý", Check(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broker_that_is_not_where_the_province_says_is_told_and_followed_when_asked()
    {
        var folder = authority.Bundle("pt-viet-tri");
        Run("--take", folder);
        File.WriteAllText(Config, File.ReadAllText(Config).Replace("host: \"mqtt.phutho.example\"\n  port: 8883", "host: mqtt.elsewhere.example # cũ\n  port: 1884", StringComparison.Ordinal));
        File.SetUnixFileMode(Config, TrustFile.OwnerAndGroup);
        var before = File.ReadAllText(Config);
        var (code, said) = Run("--take", folder);
        Assert.Equal((EdgeEnrol.Elsewhere, before), (code, File.ReadAllText(Config)));
        Assert.Contains("mqtt.elsewhere.example:1884", said, StringComparison.Ordinal);
        Assert.Contains("  host: \"mqtt.phutho.example\"\n  port: 8883\n", said, StringComparison.Ordinal);
        Assert.Equal(0, Run("--take", folder, "--move").Code);
        Assert.Equal(before.Replace("mqtt.elsewhere.example", "\"mqtt.phutho.example\"", StringComparison.Ordinal).Replace("1884", "8883", StringComparison.Ordinal), File.ReadAllText(Config));
        Assert.Equal(TrustFile.OwnerAndGroup, File.GetUnixFileMode(Config));
        Assert.Equal(0, Run("--take", folder).Code);
    }

    [Fact]
    public void Another_province_is_taken_only_when_told()
    {
        Run("--take", authority.Bundle("pt-viet-tri"));
        using var strangers = new TestAuthority();
        var folder = strangers.Bundle("pt-viet-tri");
        string[] Kept() => [.. ((string[])["ca.pem", "centre.pem", "centre.key", "province.pub"]).Select(name => File.ReadAllText(Path.Combine(box, name)))];
        var before = Kept();
        var said = Refused(folder);
        Assert.Contains($"{Path.Combine(box, "ca.pem")}: ", said, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(box, "province.pub")}: ", said, StringComparison.Ordinal);
        Assert.Contains($"sudo edge enrol --take {folder} --new-province", said, StringComparison.Ordinal);
        Assert.Equal(before, Kept());
        File.Copy(Path.Combine(authority.Folder, "pt-viet-tri", "province.pub"), Path.Combine(folder, "province.pub"), overwrite: true);
        Assert.DoesNotContain("province.pub: ", Refused(folder), StringComparison.Ordinal);
        Assert.Equal(0, Run("--take", folder, "--new-province").Code);
        Assert.Equal(File.ReadAllText(Path.Combine(folder, "centre.key")), Kept()[2].TrimEnd());
    }

    [Fact]
    public void A_new_key_waits_beside_the_one_in_use_until_its_certificate_is_there()
    {
        authority.Bundle("pt-viet-tri", Ask().Key);
        Run("--take", authority.Folder);
        var old = File.ReadAllText(Key);
        var (code, said) = Run("--out", authority.Folder, "--new-key");
        Assert.True(code == 0, said);
        var request = Ask(); // Once more, without saying it again: the same new key.
        Assert.Contains(KeyFingerprint.Aloud(KeyFingerprint.Of(request.Key.ExportSubjectPublicKeyInfo())), said, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllText(Key));
        Assert.DoesNotContain("Chú ý", Check(), StringComparison.Ordinal);
        authority.Bundle("pt-viet-tri", request.Key);
        Assert.Equal(0, Run("--take", authority.Folder).Code);
        Assert.NotEqual(old, File.ReadAllText(Key));
        Assert.Equal(TrustFile.OwnerAndGroup, File.GetUnixFileMode(Key));
        Assert.False(File.Exists(Key + BundleFiles.NextKeySuffix));
        Assert.DoesNotContain("Chú ý", Check(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_damaged_is_told_with_the_command_that_makes_another()
    {
        File.WriteAllText(Key, "rubbish");
        var (code, said) = Run("--out", authority.Folder);
        Assert.Equal(1, code);
        Assert.Contains("sudo edge enrol --out THƯ-MỤC --new-key", said, StringComparison.Ordinal);
        authority.Bundle("pt-viet-tri", Ask("--new-key").Key);
        Assert.Equal(0, Run("--take", authority.Folder).Code);
    }

    [Fact]
    public void A_renewal_replaces_the_certificate_and_leaves_the_file_as_the_installer_wrote_it()
    {
        authority.Bundle("pt-viet-tri", Ask().Key);
        Run("--take", authority.Folder);
        File.AppendAllText(Config, "\n# ours\n");
        var (before, key) = (File.ReadAllText(Config), File.ReadAllText(Key));
        authority.Bundle("pt-viet-tri", Ask().Key, TestAuthority.Until.AddYears(3));
        Assert.Equal(0, Run("--take", authority.Folder).Code);
        Assert.Equal((before, key), (File.ReadAllText(Config), File.ReadAllText(Key)));
        Assert.Equal(TestAuthority.Until.AddYears(3), CertificateFiles.Look(TestAuthority.FilesIn(box), new CentreId("pt-viet-tri")).Until);
    }

    [Fact]
    public void What_is_for_another_box_or_another_key_is_not_taken_and_nothing_changes()
    {
        var other = authority.Bundle("pt-lam-thao");
        Assert.Contains("cấp cho «pt-lam-thao»", Refused(other), StringComparison.Ordinal);
        Ask();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        authority.Bundle("pt-viet-tri", new System.Security.Cryptography.X509Certificates.PublicKey(key));
        Assert.Contains("không cùng một cặp", Refused(authority.Folder), StringComparison.Ordinal);
        Assert.Contains("không có tệp", Refused(Path.Combine(authority.Folder, "nowhere")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(box, BundleFiles.Certificate)));
    }

    [Fact]
    public void A_bundle_whose_province_key_is_damaged_is_not_taken()
    {
        var folder = authority.Bundle("pt-viet-tri");
        File.WriteAllText(Path.Combine(folder, BundleFiles.Province), "rubbish");
        Refused(folder);
        Assert.Equal(["centre.yaml"], Directory.GetFiles(box).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_speaks_plainly_to_its_broker_is_told_what_to_write()
    {
        File.WriteAllText(Config, TestCentre.Yaml);
        Assert.Contains("tls: { ca: ca.pem, cert: centre.pem, key: centre.key }", Refused(authority.Bundle("pt-viet-tri")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_has_ended_is_told_to_whoever_takes_it() =>
        Assert.Contains("đã hết hạn", Run("--take", authority.Bundle("pt-viet-tri", new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero))).Said, StringComparison.Ordinal);

    [Fact]
    public void What_was_not_taken_yet_is_a_remark_of_check_and_keeps_no_centre_closed()
    {
        File.WriteAllText(Config, TestCentre.Yaml.Replace("province.pub }", "province.pub, tls: { ca: ca.pem, cert: centre.pem, key: centre.key } }", StringComparison.Ordinal));
        var said = Check();
        Assert.Equal(4, said.Split('\n').Count(line => line.StartsWith("Chú ý", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData]
    [InlineData("--out")]
    [InlineData("--help")]
    [InlineData("--take", "a", "--out", "b")]
    [InlineData("--take", "a", "--new-key")]
    [InlineData("--out", "a", "--move")]
    public void What_is_not_understood_is_answered_with_how_to_say_it(params string[] args)
    {
        var (code, said) = Run(args);
        Assert.Equal(EdgeArguments.UsageError, code);
        Assert.Contains("edge enrol --take DIR", said, StringComparison.Ordinal);
    }

    private string Refused(string bundle)
    {
        var before = File.ReadAllText(Config);
        var (code, said) = Run("--take", bundle);
        Assert.Equal(1, code);
        Assert.Equal(before, File.ReadAllText(Config));
        return said;
    }
}
