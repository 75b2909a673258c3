using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Devices.Speech.Engines;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Speech.Engines;

public sealed class SoundStoreTests : IDisposable
{
    private const int FileBytes = 32 + 44 + 16_000;

    private static readonly WavFile Sound = Sounds.Lasting(TimeSpan.FromSeconds(1));

    private readonly ManualTime time = new();
    private readonly string root = Directory.CreateTempSubdirectory("store-").FullName;

    private string Folder => Path.Combine(root, "sounds");

    private string[] Files => Directory.GetFiles(Folder);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_sound_is_written_the_second_time_and_outlives_a_restart()
    {
        var store = Store();
        store.Keep("một", Sound);
        Assert.Null(store.Find("một"));
        Assert.Empty(Files);

        store.Keep("một", Sound);

        Assert.Equal(Sound.Bytes.ToArray(), store.Find("một")!.Bytes.ToArray());
        Assert.Equal(Sound.Bytes.ToArray(), Store().Find("một")!.Bytes.ToArray());
        Assert.Equal((FileBytes, FileBytes), (store.Bytes, new FileInfo(Assert.Single(Files)).Length));
    }

    [Fact]
    public void The_budget_holds_and_the_longest_unused_goes_first()
    {
        var store = Store(budget: 2 * FileBytes);
        KeepTwice(store, "một");
        KeepTwice(store, "hai");
        Assert.NotNull(store.Find("một"));

        KeepTwice(store, "ba");

        Assert.Null(store.Find("hai"));
        Assert.NotNull(store.Find("một"));
        Assert.NotNull(store.Find("ba"));
        Assert.Equal(2, Files.Length);
    }

    [Fact]
    public void What_was_slow_to_make_is_written_at_once()
    {
        var store = Store();
        store.Keep("một", Sound, SoundStore.Slow - TimeSpan.FromMilliseconds(1));
        Assert.Null(store.Find("một"));
        store.Keep("hai", Sound, SoundStore.Slow);

        Assert.NotNull(Store().Find("hai"));
        Assert.Single(Files);
    }

    [Fact]
    public void What_was_used_on_a_later_day_stays_over_a_restart_and_the_card_is_told_once_a_day_at_most()
    {
        KeepTwice(Store(), "một");
        var first = Assert.Single(Files);
        KeepTwice(Store(), "hai");
        var written = time.GetUtcNow().UtcDateTime;
        Array.ForEach(Files, file => File.SetLastWriteTimeUtc(file, written));
        var store = Store();
        time.Advance(TimeSpan.FromHours(23));
        Assert.NotNull(store.Find("một"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(first));
        time.Advance(TimeSpan.FromHours(2));
        Assert.NotNull(store.Find("một"));
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(first));

        var after = Store(budget: FileBytes);
        Assert.NotNull(after.Find("một"));
        Assert.Null(after.Find("hai"));
    }

    [Fact]
    public void A_smaller_budget_after_a_restart_makes_room_at_once()
    {
        var store = Store();
        KeepTwice(store, "một");
        KeepTwice(store, "hai");

        Assert.Equal(FileBytes, Store(budget: FileBytes).Bytes);
        Assert.Single(Files);
    }

    [Fact]
    public void A_budget_of_nothing_keeps_nothing()
    {
        var store = Store(budget: 0);
        KeepTwice(store, "một");

        Assert.Null(store.Find("một"));
        Assert.Empty(Files);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(40)]
    [InlineData(FileBytes - 1)]
    public void A_byte_changed_anywhere_throws_the_file_away(int at)
    {
        KeepTwice(Store(), "một");
        var file = Assert.Single(Files);
        var bytes = File.ReadAllBytes(file);
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);

        Assert.Null(Store().Find("một"));
        Assert.Empty(Files);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(8000)]
    [InlineData(5_000_000)]
    public void A_file_of_another_length_is_thrown_away(int length)
    {
        KeepTwice(Store(), "một");
        using (var file = File.OpenWrite(Assert.Single(Files)))
        {
            file.SetLength(length);
        }

        Assert.Null(Store().Find("một"));
        Assert.Empty(Files);
    }

    [Fact]
    public void What_is_lost_is_written_again()
    {
        var store = Store();
        KeepTwice(store, "một");
        File.Delete(Assert.Single(Files));
        Assert.Null(store.Find("một"));

        KeepTwice(store, "một");

        Assert.NotNull(store.Find("một"));
    }

    [Fact]
    public void Half_a_file_of_a_power_cut_is_cleared_away_and_foreign_files_stay()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "abc.sound.new"), "RIFF");
        File.WriteAllText(Path.Combine(Folder, "ghi-chu.txt"), "của người lắp đặt");

        Assert.Equal(0, Store(budget: 1).Bytes);

        Assert.EndsWith("ghi-chu.txt", Assert.Single(Files), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_folder_it_only_forgets()
    {
        File.WriteAllText(Folder, "a file where the folder should be");
        var store = Store();

        KeepTwice(store, "một");

        Assert.Null(store.Find("một"));
        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public void A_full_card_only_means_that_nothing_is_kept()
    {
        // /dev/full answers every write with "no space left on device".
        var store = Store();
        KeepTwice(store, "một");
        var name = Path.GetFileName(Assert.Single(Files));
        File.Delete(Path.Combine(Folder, name));
        File.CreateSymbolicLink(Path.Combine(Folder, name + ".new"), "/dev/full");
        Assert.Null(store.Find("một"));

        KeepTwice(store, "một");

        Assert.Null(store.Find("một"));
        Assert.Empty(Files);
    }

    [Fact]
    public void What_is_asked_once_is_remembered_within_bounds()
    {
        var store = Store();
        for (var i = 0; i < 5000; i++)
        {
            store.Keep($"{i}", Sound);
        }

        store.Keep("0", Sound);
        Assert.Empty(Files); // Forgotten in between, so it counts as the first time.
        store.Keep("4999", Sound);
        Assert.Single(Files);
    }

    private static void KeepTwice(SoundStore store, string key)
    {
        store.Keep(key, Sound);
        store.Keep(key, Sound);
    }

    private SoundStore Store(long budget = 1 << 20) => new(Folder, budget, time);
}
