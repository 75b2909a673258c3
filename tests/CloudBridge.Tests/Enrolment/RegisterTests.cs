using System.Security.Cryptography;
using MotCua.CloudBridge.Enrolment;
using MotCua.Protocols;
using MotCua.Protocols.Trust;
using MotCua.Testing;
using Xunit;

namespace MotCua.CloudBridge.Tests.Enrolment;

/// <summary>What was given out and taken back is never forgotten.</summary>
public sealed class RegisterTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly TestProvince province;

    public RegisterTests() => province = new TestProvince(time);

    public void Dispose() => province.Dispose();

    [Fact]
    public void A_key_that_was_revoked_is_never_signed_again()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        province.Enrol(Request(key));
        province.Revoke("pt-viet-tri");
        Assert.Contains("--new-key", Refused(Request(key)), StringComparison.Ordinal);
        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        province.Enrol(Request(next));
    }

    [Fact]
    public void A_list_from_before_keys_were_noted_is_read_and_kept()
    {
        var list = Path.Combine(province.Ca, "issued.tsv");
        File.WriteAllText(list, "serial\tkind\tname\tissued\tuntil\trevoked\n4a00\tbroker\tmqtt.phutho.example,10.1.2.3\t2026-01-01T00:00:00Z\t2040-01-01T00:00:00Z\t-\n");
        Assert.DoesNotContain("chưa có chứng thư", province.Enrol("pt-viet-tri", "--mqtt", "10.1.2.3:8883"), StringComparison.Ordinal);
        using var authority = Authority.Open(province.Ca, time);
        Assert.Equal([null, 64], authority.Issued.Select(row => row.Key?.Length));
    }

    [Fact]
    public void A_list_that_is_missing_or_out_of_an_old_copy_lets_nobody_back_in()
    {
        var list = Path.Combine(province.Ca, "issued.tsv");
        province.Centre("pt-viet-tri");
        var old = File.ReadAllText(list);
        province.Revoke("pt-viet-tri");
        var revoked = File.ReadAllText(Path.Combine(province.Ca, Authority.RevokedFile));
        File.WriteAllText(list, old);
        Assert.Contains("cũ hơn crl.pem", province.Said(1, CaCommand.Revoke, "pt-khong-co", "--ca", province.Ca), StringComparison.Ordinal);
        File.Delete(list);
        Assert.Contains("sao lưu", Refused("pt-lam-thao", "--mqtt", "localhost:8883"), StringComparison.Ordinal);
        Assert.Equal(revoked, File.ReadAllText(Path.Combine(province.Ca, Authority.RevokedFile)));
    }

    [Fact]
    public void A_damaged_list_stops_everything_rather_than_forget_what_was_given_out()
    {
        province.Centre("pt-viet-tri");
        File.AppendAllText(Path.Combine(province.Ca, "issued.tsv"), "rubbish\n");
        Assert.Contains("line 3", province.Said(1, CaCommand.Revoke, "pt-viet-tri", "--ca", province.Ca), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_commands_at_once_do_not_lose_each_others_lines()
    {
        using var busy = Authority.Open(province.Ca, time);
        Assert.Contains("Another command", province.Said(1, EnrolCommand.Run, "pt-viet-tri", "--mqtt", "localhost:8883", "--ca", province.Ca, "--out", province.Out), StringComparison.Ordinal);
    }

    private string[] Request(ECDsa key)
    {
        File.WriteAllText(province.PathOf("box.csr"), CentreRequest.Make(new CentreId("pt-viet-tri"), key));
        return ["pt-viet-tri", "--request", province.PathOf("box.csr"), "--mqtt", "localhost:8883"];
    }

    private string Refused(params string[] args) => province.Said(1, EnrolCommand.Run, [.. args, "--ca", province.Ca, "--out", province.Out]);
}
