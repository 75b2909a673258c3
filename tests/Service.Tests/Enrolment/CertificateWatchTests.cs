using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Commands;
using MotCua.Protocols;
using MotCua.Protocols.Events;
using MotCua.Testing;
using Xunit;

namespace MotCua.Edge.Enrolment.Tests;

public sealed class CertificateWatchTests : IDisposable
{
    private readonly TestAuthority authority = new();
    private readonly ManualTime time = new(TestAuthority.Until - TimeSpan.FromDays(100));
    private readonly SettableTrust trust = new() { Trust = ClockTrust.Synced };
    private readonly ProvinceClock clock;
    private readonly CertificateWatch watch;
    private readonly Dictionary<string, string> faults = [];

    public CertificateWatchTests()
    {
        clock = new ProvinceClock(time, trust);
        watch = new CertificateWatch(TestAuthority.FilesIn(authority.Bundle("pt-viet-tri")), new CentreId("pt-viet-tri"), clock, (code, detail) =>
        {
            faults.Remove(code);
            if (detail is not null)
            {
                faults.Add(code, detail);
            }
        });
    }

    public void Dispose()
    {
        watch.Dispose();
        authority.Dispose();
    }

    [Fact]
    public void The_end_is_told_thirty_days_ahead_with_its_date_and_is_over_with_a_new_certificate()
    {
        Assert.Empty(FaultsAfter(TimeSpan.FromDays(69)));
        Assert.Equal(["uplink.certificate-ends"], FaultsAfter(TimeSpan.FromDays(1)));
        Assert.Contains("23/11/2029", faults["uplink.certificate-ends"], StringComparison.Ordinal);
        authority.Bundle("pt-viet-tri", TestAuthority.Until.AddYears(1));
        Assert.Empty(FaultsAfter(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_certificate_that_has_ended_is_told_as_such_and_no_longer_as_ending()
    {
        Assert.Equal(["uplink.certificate-ended"], FaultsAfter(TimeSpan.FromDays(100)));
        authority.Bundle("pt-viet-tri", TestAuthority.Until.AddYears(1));
        Assert.Empty(FaultsAfter(TimeSpan.FromMinutes(1)));
    }

    /// <summary>A box without a battery begins in some year; neither 1970 nor 2099 says anything of its certificate.</summary>
    [Theory]
    [InlineData(-60)]
    [InlineData(70)]
    public void A_clock_that_nobody_trusts_says_nothing(int years)
    {
        trust.Trust = ClockTrust.Unsynced;
        time.StepWallClock(TimeSpan.FromDays(365.25 * years));
        Assert.Empty(FaultsAfter(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_box_without_a_clock_takes_the_time_from_what_the_province_signs()
    {
        trust.Trust = ClockTrust.Unsynced;
        time.StepWallClock(TimeSpan.FromDays(-365 * 50));
        clock.Written(1, (long)time.GetElapsedTime(0).TotalMilliseconds);
        clock.Acknowledged(1, TestAuthority.Until - TimeSpan.FromDays(20));
        Assert.Equal(["uplink.certificate-ends"], FaultsAfter(TimeSpan.FromMinutes(1)));
        Assert.Equal(["uplink.certificate-ended"], FaultsAfter(TimeSpan.FromDays(20)));
    }

    [Fact]
    public void Files_that_cannot_be_used_are_told_until_they_can()
    {
        var key = Path.Combine(authority.Folder, "pt-viet-tri", "centre.key");
        File.Move(key, key + ".away");
        Assert.Equal(["uplink.certificate-bad"], FaultsAfter(TimeSpan.Zero));
        Assert.Contains("centre.key", faults["uplink.certificate-bad"], StringComparison.Ordinal);
        File.Move(key + ".away", key);
        Assert.Empty(FaultsAfter(TimeSpan.FromMinutes(1)));
    }

    private Dictionary<string, string>.KeyCollection FaultsAfter(TimeSpan span)
    {
        time.Advance(span);
        Assert.Equal(TimeSpan.FromMinutes(1), watch.StepAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult());
        return faults.Keys;
    }
}
