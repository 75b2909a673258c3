using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MotCua.Protocols;
using MotCua.Protocols.Trust;
using Xunit;

namespace MotCua.Edge.Enrolment.Tests;

public sealed class CertificateFilesTests : IDisposable
{
    private static readonly CentreId Centre = new("pt-viet-tri");

    private readonly TestAuthority authority = new();
    private readonly string folder;

    public CertificateFilesTests() => folder = authority.Bundle("pt-viet-tri");

    public void Dispose() => authority.Dispose();

    private CertificateLook Look() => CertificateFiles.Look(TestAuthority.FilesIn(folder), Centre);

    private string PathOf(string name) => Path.Combine(folder, name);

    [Fact]
    public void What_the_province_hands_out_can_be_used()
    {
        var look = Look();
        Assert.Empty(look.Problems);
        Assert.Equal(TestAuthority.Until, look.Until);
    }

    [Theory]
    [InlineData("ca.pem", "không có tệp chứng thư của tỉnh")]
    [InlineData("centre.pem", "không có tệp chứng thư của trung tâm")]
    [InlineData("centre.key", "không có tệp khóa riêng của trung tâm")]
    public void A_file_that_is_missing_is_named(string name, string said)
    {
        File.Delete(PathOf(name));
        var problem = Assert.Single(Look().Problems);
        Assert.StartsWith(PathOf(name), problem, StringComparison.Ordinal);
        Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("centre.pem")]
    [InlineData("centre.key")]
    public void A_file_that_is_no_PEM_is_named(string name)
    {
        foreach (var text in (string[])["", "rubbish", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", new string('x', 100_000)])
        {
            File.WriteAllText(PathOf(name), text);
            Assert.Contains(Look().Problems, problem => problem.StartsWith(PathOf(name), StringComparison.Ordinal) && problem.Contains("PEM", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_told_and_nothing_breaks()
    {
        File.Delete(PathOf("centre.key"));
        Directory.CreateDirectory(PathOf("centre.key"));
        Assert.StartsWith(PathOf("centre.key"), Assert.Single(Look().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_everybody_on_the_box_can_read_is_told_with_the_command_that_mends_it()
    {
        File.SetUnixFileMode(PathOf("centre.key"), TrustFile.Everyone);
        Assert.Contains($"sudo chmod 640 {PathOf("centre.key")}", Assert.Single(Look().Problems), StringComparison.Ordinal);
        Assert.Empty(CertificateFiles.Look(TestAuthority.FilesIn(folder), Centre, onStick: true).Problems);
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("centre.pem")]
    [InlineData("centre.key")]
    public void What_the_service_may_not_read_is_told_to_an_administrator_who_may(string name)
    {
        Assert.Empty(CertificateFiles.Look(TestAuthority.FilesIn(folder), Centre, forService: true).Problems);
        File.SetUnixFileMode(PathOf(name), TrustFile.OwnerOnly);
        Assert.Contains($"sudo chgrp motcua {PathOf(name)}", Assert.Single(CertificateFiles.Look(TestAuthority.FilesIn(folder), Centre, forService: true).Problems), StringComparison.Ordinal);
        Assert.Empty(Look().Problems);
    }

    [Fact]
    public void A_file_of_another_group_than_its_folder_is_told_to_an_administrator()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only an administrator gives files away.");
        using var given = System.Diagnostics.Process.Start("chgrp", ["12345", PathOf("centre.key")]);
        given.WaitForExit();
        Assert.Contains("sudo chgrp motcua", Assert.Single(CertificateFiles.Look(TestAuthority.FilesIn(folder), Centre, forService: true).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(PathOf("centre.key"), other.ExportPkcs8PrivateKeyPem());
        var problem = Assert.Single(Look().Problems);
        Assert.Contains("không cùng một cặp", problem, StringComparison.Ordinal);
        Assert.Contains("sudo edge enrol --out THƯ-MỤC rồi gửi yêu cầu mới cho tỉnh", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_of_another_centre_is_told() =>
        Assert.Contains("cấp cho «pt-viet-tri», hộp này là «pt-lam-thao»", Assert.Single(CertificateFiles.Look(TestAuthority.FilesIn(folder), new CentreId("pt-lam-thao")).Problems), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_of_another_authority_is_told()
    {
        using var strangers = new TestAuthority();
        File.Copy(Path.Combine(strangers.Bundle("pt-viet-tri"), "ca.pem"), PathOf("ca.pem"), overwrite: true);
        Assert.Contains("không do nơi cấp", Assert.Single(Look().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_authorities_in_one_file_are_both_believed()
    {
        using var next = new TestAuthority();
        File.AppendAllText(PathOf("ca.pem"), "\n" + File.ReadAllText(Path.Combine(next.Bundle("pt-viet-tri"), "ca.pem")));
        Assert.Empty(Look().Problems);
    }

    [Fact]
    public void A_certificate_of_a_server_is_told()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        authority.Bundle("pt-viet-tri", new PublicKey(key), usage: "1.3.6.1.5.5.7.3.1");
        File.WriteAllText(PathOf("centre.key"), key.ExportPkcs8PrivateKeyPem());
        Assert.Contains("chứng thư của máy chủ", Assert.Single(Look().Problems), StringComparison.Ordinal);
    }
}
