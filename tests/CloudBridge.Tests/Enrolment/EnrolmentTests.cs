using System.Security.Cryptography;
using MotCua.CloudBridge.Enrolment;
using MotCua.Protocols;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Enrolment;

/// <summary>What the commands of the authority make and refuse. Certificates are read by OpenSSL's program.</summary>
public sealed class EnrolmentTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly TestProvince province;

    public EnrolmentTests() => province = new TestProvince(time);

    public void Dispose() => province.Dispose();

    // OpenSSL judges at the moment that the test lives in.
    private string Now => time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string CaFile => Path.Combine(province.Ca, Authority.CertificateFile);

    private string[] Request(ECDsa key, string centre = "pt-viet-tri")
    {
        File.WriteAllText(province.PathOf("box.csr"), CentreRequest.Make(new CentreId(centre), key));
        return [centre, "--request", province.PathOf("box.csr"), "--mqtt", "localhost:8883"];
    }

    private string Refused(params string[] args) => province.Said(1, EnrolCommand.Run, [.. args, "--ca", province.Ca, "--out", province.Out]);

    private static string Words(params string[] args) => TestProvince.OpenSsl(args).Output;

    [Fact]
    public void The_authority_signs_certificates_and_lists_only_and_its_key_is_the_owners_alone()
    {
        var text = Words("x509", "-in", CaFile, "-noout", "-text");
        Assert.Contains("CA:TRUE, pathlen:0", text, StringComparison.Ordinal);
        Assert.Contains("Certificate Sign, CRL Sign", text, StringComparison.Ordinal);
        Assert.Contains("ASN1 OID: prime256v1", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(province.Ca, Authority.KeyFile)));
    }

    [Fact]
    public void An_authority_is_never_overwritten()
    {
        var before = File.ReadAllText(Path.Combine(province.Ca, Authority.KeyFile));
        province.Said(1, CaCommand.Make, "--out", province.Ca);
        Assert.Equal(before, File.ReadAllText(Path.Combine(province.Ca, Authority.KeyFile)));
    }

    [Fact]
    public void A_key_that_could_not_be_put_in_its_place_is_left_nowhere()
    {
        var file = province.PathOf("there.key");
        File.WriteAllText(file, "");
        Assert.Throws<IOException>(() => TrustFile.Write(file, "secret", TrustFile.OwnerOnly, mayReplace: false));
        Assert.Equal([file], Directory.GetFiles(province.PathOf(), "there*"));
    }

    [Fact]
    public void A_centres_certificate_holds_for_a_client_of_that_name_and_for_nothing_else()
    {
        var files = province.Centre("pt-viet-tri");
        string[] verify = ["verify", "-x509_strict", "-attime", Now, "-CAfile", CaFile];
        Assert.Equal(0, TestProvince.OpenSsl([.. verify, "-purpose", "sslclient", files.CertificateFile]).Code);
        Assert.NotEqual(0, TestProvince.OpenSsl([.. verify, "-purpose", "sslserver", files.CertificateFile]).Code);
        var text = Words("x509", "-in", files.CertificateFile, "-noout", "-text");
        Assert.Contains("Subject: CN = pt-viet-tri\n", text, StringComparison.Ordinal);
        Assert.Contains("CA:FALSE", text, StringComparison.Ordinal);
        Assert.Contains("TLS Web Client Authentication", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.KeyFile));
        Assert.Equal(Words("x509", "-in", files.CertificateFile, "-noout", "-pubkey"), Words("pkey", "-in", files.KeyFile, "-pubout"));
    }

    [Theory]
    [InlineData("mqtt.phutho.example", "-verify_hostname", true)]
    [InlineData("10.1.2.3", "-verify_ip", true)]
    [InlineData("mqtt.elsewhere.example", "-verify_hostname", false)]
    public void The_brokers_certificate_holds_for_its_hosts_only(string host, string option, bool holds)
    {
        var certificate = Path.Combine(province.Broker("mqtt.phutho.example,10.1.2.3"), "broker.pem");
        Assert.Equal(holds, TestProvince.OpenSsl("verify", "-x509_strict", "-attime", Now, "-CAfile", CaFile, "-purpose", "sslserver", option, host, certificate).Code == 0);
    }

    [Theory]
    [InlineData("86400")] // 2 January 1970
    [InlineData("946684800")] // 1 January 2000, where a clock chip begins
    public void A_box_whose_clock_stands_in_the_past_believes_the_broker(string clock)
    {
        var certificate = Path.Combine(province.Broker(), "broker.pem");
        Assert.Equal(0, TestProvince.OpenSsl("verify", "-x509_strict", "-attime", clock, "-CAfile", CaFile, "-purpose", "sslserver", certificate).Code);
    }

    [Fact]
    public void A_revoked_certificate_is_on_the_list_and_the_others_are_not()
    {
        var (lost, kept) = (province.Centre("pt-viet-tri"), province.Centre("pt-lam-thao"));
        province.Revoke("pt-viet-tri");
        var list = Path.Combine(province.Ca, Authority.RevokedFile);
        Assert.Contains("verify OK", Words("crl", "-in", list, "-CAfile", CaFile, "-noout"), StringComparison.Ordinal);
        string[] verify = ["verify", "-x509_strict", "-attime", Now, "-CAfile", CaFile, "-crl_check", "-CRLfile", list];
        Assert.Contains("certificate revoked", TestProvince.OpenSsl([.. verify, lost.CertificateFile]).Output, StringComparison.Ordinal);
        Assert.Equal(0, TestProvince.OpenSsl([.. verify, kept.CertificateFile]).Code);
    }

    [Fact]
    public void The_list_of_revoked_ones_holds_as_long_as_the_authority()
    {
        province.Centre("pt-viet-tri");
        static string End(string said) => said[(said.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
        Assert.Equal(End(Words("x509", "-in", CaFile, "-noout", "-enddate")), End(Words("crl", "-in", Path.Combine(province.Ca, Authority.RevokedFile), "-noout", "-nextupdate")));
    }

    [Fact]
    public void A_bundle_says_where_to_and_what_to_do()
    {
        province.Centre("pt-viet-tri");
        var folder = Path.Combine(province.Out, "pt-viet-tri");
        Assert.Equal(["DOC-TRUOC.txt", "ca.pem", "centre.key", "centre.pem", "mqtt.yaml", "province.pub"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("sudo edge enrol --take /media/usb/pt-viet-tri", File.ReadAllText(Path.Combine(folder, "DOC-TRUOC.txt")), StringComparison.Ordinal);
        Assert.Contains("XÓA", File.ReadAllText(Path.Combine(folder, "DOC-TRUOC.txt")), StringComparison.Ordinal);
        Assert.Contains("host: \"localhost\"\n  port: 8883\n", File.ReadAllText(Path.Combine(folder, BundleFiles.Uplink)), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(province.Ca, "province.pub")), File.ReadAllText(Path.Combine(folder, BundleFiles.Province)));
    }

    [Fact]
    public void A_box_that_asks_gets_a_certificate_for_its_own_key_and_no_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains(KeyFingerprint.Aloud(KeyFingerprint.Of(key)), province.Enrol([.. Request(key)]), StringComparison.Ordinal);
        var folder = Path.Combine(province.Out, "pt-viet-tri");
        Assert.False(File.Exists(Path.Combine(folder, BundleFiles.Key)));
        Assert.Equal(key.ExportSubjectPublicKeyInfoPem(), Words("x509", "-in", Path.Combine(folder, BundleFiles.Certificate), "-noout", "-pubkey").Trim());
        Assert.Contains("không có bí mật", File.ReadAllText(Path.Combine(folder, "DOC-TRUOC.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_may_not_be_delivered_yet_is_never_deleted_for_a_request()
    {
        var files = province.Centre("pt-viet-tri");
        var before = (File.ReadAllText(files.KeyFile), File.ReadAllText(files.CertificateFile));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains("có thể chưa giao", Refused([.. Request(key)]), StringComparison.Ordinal);
        Assert.Equal(before, (File.ReadAllText(files.KeyFile), File.ReadAllText(files.CertificateFile)));
        File.Delete(files.KeyFile);
        Assert.Contains("vẫn còn hiệu lực", province.Enrol([.. Request(key)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_under_another_centres_name_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains("yêu cầu là của pt-lam-thao, không phải pt-viet-tri", Refused(["pt-viet-tri", .. Request(key, "pt-lam-thao")[1..]]), StringComparison.Ordinal);
        province.Said(2, EnrolCommand.Run, [.. Request(key)[1..], "--ca", province.Ca, "--out", province.Out]);
    }

    [Fact]
    public void A_broker_is_listed_under_its_first_host_and_found_under_each()
    {
        var other = string.Join('.', Enumerable.Repeat("mot-cua-phu-tho", 6));
        province.Broker($"mqtt.phutho.example,{other}");
        using (var authority = Authority.Open(province.Ca, time))
        {
            Assert.Equal(("mqtt.phutho.example", true, false), (authority.Issued[0].Name, authority.Issued[0].IsBrokerAt(other), authority.Issued[0].IsBrokerAt("elsewhere")));
        }

        Assert.Contains("Subject: CN = mqtt.phutho.example\n", Words("x509", "-in", Path.Combine(province.Out, "broker", "broker.pem"), "-noout", "-text"), StringComparison.Ordinal);
        province.Said(2, EnrolCommand.Run, "--broker", other, "--ca", province.Ca, "--out", province.Out);
    }

    [Theory]
    [InlineData(1, "pt-viet-tri", "--request", "{dir}/rubbish", "--mqtt", "b:8883")]
    [InlineData(2, "Việt-Trì", "--mqtt", "b:8883")]
    [InlineData(2, "bridge.1", "--mqtt", "b:8883")]
    [InlineData(2, "pt-viet-tri", "--mqtt", "b")]
    [InlineData(2, "pt-viet-tri", "--mqtt", "b:70000")]
    [InlineData(2, "pt-viet-tri")]
    [InlineData(2, "pt-viet-tri", "--mqtt", "b:8883", "--days", "0")]
    [InlineData(2, "pt-viet-tri", "--mqtt", "b:8883", "--colour", "red")]
    [InlineData(2, "pt-viet-tri", "--mqtt", "b:8883", "--province", "{dir}/nothing.pub")]
    [InlineData(2, "--bridge", "a.b")]
    [InlineData(2, "--broker", "a b")]
    [InlineData(2)]
    public void What_is_wrong_gets_no_certificate(int code, params string[] args)
    {
        File.WriteAllText(province.PathOf("rubbish"), "rubbish");
        var said = province.Said(code, EnrolCommand.Run, [.. args.Select(arg => arg.Replace("{dir}", province.PathOf(), StringComparison.Ordinal)), "--ca", province.Ca, "--out", province.Out]);
        Assert.NotEmpty(said);
        using var authority = Authority.Open(province.Ca, time);
        Assert.Empty(authority.Issued);
    }

    [Fact]
    public void A_broker_that_no_certificate_names_is_told_before_the_installer_drives_out()
    {
        Assert.Contains("chưa có chứng thư máy chủ cho mqtt.phutho.example", province.Enrol("pt-viet-tri", "--mqtt", "mqtt.phutho.example:8883"), StringComparison.Ordinal);
        province.Broker("mqtt.phutho.example");
        Assert.DoesNotContain("chưa có chứng thư", province.Enrol("pt-lam-thao", "--mqtt", "mqtt.phutho.example:8883"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_centres_are_enrolled_by_one_command()
    {
        string[] ids = [.. Enumerable.Range(1, 148).Select(i => $"pt-{i:d3}")];
        province.Enrol([.. ids, "--mqtt", "localhost:8883"]);
        Assert.Equal(ids, Directory.GetDirectories(province.Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var authority = Authority.Open(province.Ca, time);
        Assert.Equal(148, authority.Issued.Select(row => row.Serial).Distinct().Count());
    }

    [Fact]
    public void The_list_tells_what_ends_soon_until_it_is_renewed()
    {
        province.Centre("pt-viet-tri", "--days", "100");
        province.Centre("pt-lam-thao");
        Assert.DoesNotContain("SẮP HẾT HẠN", province.Said(0, CaCommand.List, "--ca", province.Ca), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(75));
        Assert.Contains("SẮP HẾT HẠN", province.Said(CaCommand.EndsSoon, CaCommand.List, "--ca", province.Ca), StringComparison.Ordinal);
        Assert.Contains("vẫn còn hiệu lực", province.Enrol("pt-viet-tri", "--mqtt", "localhost:8883"), StringComparison.Ordinal);
        Assert.Contains("đã có bản mới hơn", province.Said(0, CaCommand.List, "--ca", province.Ca), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(30));
        Assert.DoesNotContain("đã có bản mới hơn", province.Said(0, CaCommand.List, "--ca", province.Ca), StringComparison.Ordinal);
        Assert.Contains("đã hết hạn", province.Said(0, CaCommand.List, "--ca", province.Ca, "--all", "true"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_certificate_outlives_its_authority()
    {
        var files = province.Centre("pt-viet-tri", "--days", "7300");
        time.Advance(TimeSpan.FromDays(10 * 365));
        var late = province.Centre("pt-lam-thao", "--days", "7300");
        Assert.Equal(Words("x509", "-in", CaFile, "-noout", "-enddate"), Words("x509", "-in", late.CertificateFile, "-noout", "-enddate"));
        time.Advance(TimeSpan.FromDays((10 * 365) + 1));
        Assert.Contains("ended", province.Said(1, EnrolCommand.Run, "pt-viet-tri", "--mqtt", "localhost:8883", "--ca", province.Ca, "--out", province.Out), StringComparison.Ordinal);
        Assert.True(File.Exists(files.CertificateFile));
    }

    [Fact]
    public void One_of_two_certificates_of_a_name_is_revoked_by_its_number()
    {
        province.Centre("pt-viet-tri");
        province.Centre("pt-viet-tri");
        string first;
        using (var authority = Authority.Open(province.Ca, time))
        {
            first = authority.Issued[0].Serial;
        }

        province.Revoke(first.ToUpperInvariant());
        using var after = Authority.Open(province.Ca, time);
        Assert.Equal([true, false], after.Issued.Select(row => row.Revoked is not null));
        province.Said(1, CaCommand.Revoke, "pt-khong-co", "--ca", province.Ca);
    }

    [Fact]
    public void An_access_list_that_the_operator_changed_stays_when_the_broker_is_renewed()
    {
        var folder = province.Broker();
        File.AppendAllText(Path.Combine(folder, "acl"), "# ours\n");
        var before = File.ReadAllText(Path.Combine(folder, "broker.pem"));
        province.Broker();
        Assert.EndsWith("# ours\n", File.ReadAllText(Path.Combine(folder, "acl")), StringComparison.Ordinal);
        Assert.NotEqual(before, File.ReadAllText(Path.Combine(folder, "broker.pem")));
    }
}
