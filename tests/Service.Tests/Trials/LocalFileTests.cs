using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Hosting;
using MotCua.Edge.Journal;
using MotCua.Protocols.Configuration;
using Xunit;

namespace MotCua.Edge.Trials.Tests;

/// <summary>The installer's file beside the province's.</summary>
public sealed class LocalFileTests : IDisposable
{
    private static readonly string Better = TrialBench.Named("Phường Việt Trì mới");

    private readonly TrialBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_later_edit_at_the_centre_wins_until_the_province_says_something_newer()
    {
        await KeepAsync(7);
        await File.WriteAllTextAsync(bench.LocalFile, TrialBench.Named("Sửa tại chỗ"), TestContext.Current.CancellationToken);
        bench.Restart();
        await bench.RunAsync(5);
        Assert.Equal((null, "Sửa tại chỗ"), (bench.Starting.Pushed, bench.Box.Centre.Options.Name));
        Assert.Equal((ConfigurationOutcome.SetAside, 7L), (bench.Held.Last().Outcome, bench.Held.Last().Revision));
        Assert.NotEqual(DesiredConfiguration.HashOf(Better), bench.Birth!.Configuration);

        bench.Restart();
        await bench.RunAsync(5);
        Assert.Equal(3, bench.Told.Count());
        bench.Give(Better, 8);
        await bench.RunAsync(25);
        Assert.Equal((8L, ConfigurationOutcome.Kept), (bench.Starting.Pushed, bench.Held.Last().Outcome));
        bench.Restart();
        Assert.Equal(8, bench.Starting.Pushed); // The edit of before is older than the province's word.
    }

    [Fact]
    public async Task An_edit_during_a_trial_ends_it()
    {
        await bench.RunAsync(2);
        bench.Province.Bridge.Silent = true;
        bench.Give(Better, 7);
        await bench.RunAsync(5);
        Assert.True(bench.Starting.IsTrial);
        await File.WriteAllTextAsync(bench.LocalFile, TrialBench.Named("Sửa tại chỗ"), TestContext.Current.CancellationToken);
        bench.Restart();
        Assert.Equal((null, "Sửa tại chỗ"), (bench.Starting.Pushed, bench.Starting.Options.Name));
        bench.Province.Bridge.Silent = false;
        await bench.RunAsync(5);
        Assert.Equal(ConfigurationOutcome.SetAside, bench.Held.Last().Outcome);
    }

    [Fact]
    public async Task Half_an_edit_takes_nothing_away()
    {
        await KeepAsync(7);
        await File.WriteAllTextAsync(bench.LocalFile, TrialBench.With("number: 1", "number: x"), TestContext.Current.CancellationToken);
        bench.Restart();
        Assert.Equal(7, bench.Starting.Pushed);
        Assert.NotNull(bench.Starting.Bad);
        File.Delete(bench.LocalFile);
        bench.Restart();
        Assert.Equal((7L, null), (bench.Starting.Pushed, bench.Starting.Bad));
    }

    [Fact]
    public void An_installer_sees_which_configuration_runs_what_became_of_others_and_goes_back_to_his_own()
    {
        var folder = Directory.CreateTempSubdirectory("edge-config-");
        try
        {
            var file = Path.Combine(folder.FullName, "centre.yaml");
            File.WriteAllText(file, TestCentre.Yaml);
            string[] where = ["--config", file, "--data", folder.FullName];
            Assert.Equal((0, $"Máy dùng tệp tại chỗ: {file}\nTỉnh chưa gửi cấu hình nào.\n"), Run(where));
            Assert.Empty(folder.GetDirectories());

            var book = new TrialBook(new DiskFolder(Path.Combine(folder.FullName, EdgeConfig.Folder)));
            var at = new DateTimeOffset(2026, 11, 23, 1, 30, 0, TimeSpan.Zero);
            var (bad, good) = (new PushedRevision(7, new string('a', 64)), new PushedRevision(8, new string('b', 64)));
            var state = TrialState.Empty.Refuse(bad, null, ["dòng 7, counters[0].number: có «x», cần số quầy 1–99"], at);
            state = state.Try(good, StartingConfiguration.HashOf(file), new BoxTrust("province.pub", null), at.AddMinutes(1)).Keep(good, null, at.AddMinutes(2));
            book.Write(state);
            var (code, said) = Run(where);
            Assert.Equal(0, code);
            Assert.Contains("cấu hình của tỉnh, bản 8, đã giữ từ 08:32 23/11/2026", said, StringComparison.Ordinal);
            Assert.Contains("08:30 23/11/2026  bản 7: có lỗi, không dùng\n    dòng 7, counters[0].number", said, StringComparison.Ordinal);

            (code, said) = Run([.. where, "--local"]);
            Assert.Equal(0, code);
            Assert.Contains("sudo systemctl restart motcua-edge", said, StringComparison.Ordinal);
            Assert.Null(book.Read().InUse);
            Assert.Contains("thôi dùng, trở về tệp tại chỗ", Run(where).Said, StringComparison.Ordinal);
            Assert.Equal(EdgeArguments.UsageError, Run(["--what"]).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_the_card_garbled_counts_as_nothing()
    {
        bench.Box.Dispose();
        bench.Disk.Replace("configuration.json", "{\"seen\":"u8);
        bench.Start();
        Assert.Null(bench.Starting.Pushed);
        Assert.Equal(TrialState.Empty, new TrialBook(bench.Disk).Read());
    }

    private async Task KeepAsync(long revision)
    {
        await bench.RunAsync(2);
        bench.Give(Better, revision);
        await bench.RunAsync(25);
        Assert.Equal(ConfigurationOutcome.Kept, bench.Outcomes.Last());
    }

    private static (int Code, string Said) Run(string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        return (EdgeConfig.Run(args, TimeProvider.System, output), output.ToString());
    }
}
