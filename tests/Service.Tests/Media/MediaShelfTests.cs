using Xunit;

namespace MotCua.Edge.Media.Tests;

public sealed class MediaShelfTests : IDisposable
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8];
    private static readonly byte[] Mp4 = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 0, 0];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("motcua-media-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Pictures_and_films_stand_in_the_order_of_their_names()
    {
        Write("2-huong-dan.mp4", Mp4);
        Write("1 Lịch tiếp công dân.PNG", Png);
        Write("3.jpeg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1]);
        Write("4.webm", [0x1A, 0x45, 0xDF, 0xA3, 1, 2, 3, 4, 5, 6, 7, 8]);
        Write("5.webp", [.. "RIFF"u8, 1, 0, 0, 0, .. "WEBP"u8]);
        var (files, trouble) = Shelf.Look();
        Assert.Null(trouble);
        Assert.Equal(["image/png", "video/mp4", "image/jpeg", "video/webm", "image/webp"], files.Select(file => file.Type));
        Assert.Equal("1 Lịch tiếp công dân.PNG", files[0].Name);
        Assert.Equal([false, true, false, true, false], files.Select(file => file.IsFilm));
    }

    [Theory]
    [InlineData("a.svg", "chỉ chiếu được tệp")]
    [InlineData("a.png.exe", "chỉ chiếu được tệp")]
    [InlineData("a\nb.png", "chỉ chiếu được tệp")]
    [InlineData("a.jpg", "không phải ảnh")]
    public void What_cannot_be_shown_is_told_with_its_reason_and_hides_nothing_else(string name, string reason)
    {
        Write(name, "<svg onload=alert(1)>"u8.ToArray());
        Write("b.png", Png);
        var (files, trouble) = Shelf.Look();
        Assert.Equal("b.png", Assert.Single(files).Name);
        Assert.StartsWith($"media/{name}: {reason}", trouble, StringComparison.Ordinal);
        Assert.Null(Shelf.Find(name));
    }

    [Fact]
    public void An_empty_file_and_one_that_is_too_large_are_told()
    {
        Write("empty.png", []);
        Assert.Contains("không phải ảnh", Shelf.Look().Trouble, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder.FullName, "empty.png"));
        using (var large = new FileStream(Path.Combine(folder.FullName, "large.png"), FileMode.Create))
        {
            large.Write(Png);
            large.SetLength(MediaShelf.LargestPicture + 1);
        }

        Assert.Equal("media/large.png: lớn hơn 5 MB", Shelf.Look().Trouble);
        Assert.Empty(Shelf.Look().Files);
    }

    [Fact]
    public void Hidden_files_folders_and_what_is_past_the_bound_are_not_seen()
    {
        Write(".DS_Store", [1]);
        Directory.CreateDirectory(Path.Combine(folder.FullName, "cu.png"));
        for (var i = 0; i < MediaShelf.MostFiles + 5; i++)
        {
            Write($"{i:D3}.png", Png);
        }

        var (files, trouble) = Shelf.Look();
        Assert.Null(trouble);
        Assert.Equal(MediaShelf.MostFiles, files.Length);
    }

    [Theory]
    [InlineData("../centre.yaml")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    public void A_name_that_leads_elsewhere_is_none(string name)
    {
        Write("b.png", Png);
        Assert.Null(Shelf.Find(name));
    }

    [Fact]
    public void Without_the_folder_there_is_nothing_and_no_fault()
    {
        var (files, trouble) = new MediaShelf(Path.Combine(folder.FullName, "none")).Look();
        Assert.Empty(files);
        Assert.Null(trouble);
    }

    private MediaShelf Shelf => new(folder.FullName);

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
}
