using System.Text;
using MotCua.Edge.Assembly.Tests;
using MotCua.Edge.Devices.Speech;
using Xunit;

namespace MotCua.Edge.Announcing.Tests;

public sealed class GuidanceShelfTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("guidance-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Texts_and_recordings_are_read_and_others_are_not_seen()
    {
        Write("b.txt", "\uFEFFQuý vị chuẩn bị căn cước.\r\n\r\n  Vui lòng lấy số.\n"u8);
        Write("a.wav", (await new TinyVoice().SynthesizeAsync("", Queue.LanguageCode.Vietnamese, TestContext.Current.CancellationToken)).Bytes.Span);
        Write("notes.md", "x"u8);
        var shelf = Shelf(folder);

        Assert.Equal(["a.wav", "b.txt"], shelf.Names());
        Assert.Equal("Quý vị chuẩn bị căn cước. Vui lòng lấy số.", shelf.Load("b.txt", out _)!.Text);
        Assert.Equal(TimeSpan.FromSeconds(0.05), (await shelf.Load("a.wav", out _)!.Recording!(TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public void What_cannot_be_played_is_told_and_nothing_outside_of_the_folder_is_read()
    {
        Write("latin.txt", [0x51, 0xFF, 0xFE]);
        Write("empty.txt", []);
        Write("bell.txt", "chuông\a"u8);
        Write("long.txt", Encoding.UTF8.GetBytes(new string('a', GuidanceShelf.MaxTextLength + 1)));
        Write("huge.txt", new byte[(4 * GuidanceShelf.MaxTextLength) + 1]);
        Write("song.wav", "ID3 no wave"u8);
        Write("song.flac", "ID3 no flac"u8);
        Write("numbers.txt", Encoding.UTF8.GetBytes(new string('9', 1500)));
        Write("speech.wav", WavFile.FromSamples(8000, new byte[92 * 16_000]).Bytes.Span);
        var shelf = Shelf(folder);

        Assert.All(shelf.Names(), name =>
        {
            Assert.Null(shelf.Load(name, out var problem));
            Assert.NotNull(problem);
        });
        Assert.Equal(9, shelf.Names().Count);
        Assert.Null(shelf.Load("../secret.txt", out _));
        Assert.Null(shelf.Load("/etc/passwd", out _));
    }

    [Fact]
    public void A_folder_that_is_not_there_holds_no_guidance() => Assert.Empty(Shelf(Path.Combine(folder, "nothing")).Names());

    [Fact]
    public void Of_too_many_files_the_first_are_seen()
    {
        for (var i = 0; i < GuidanceShelf.MostFiles + 5; i++)
        {
            Write($"{i:D3}.txt", "một"u8);
        }

        Assert.Equal(GuidanceShelf.MostFiles, Shelf(folder).Names().Count);
    }

    private static GuidanceShelf Shelf(string folder) => new(folder, TimeProvider.System);

    private void Write(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path.Combine(folder, name), bytes);
}
