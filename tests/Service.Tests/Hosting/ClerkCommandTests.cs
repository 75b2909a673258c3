using MotCua.Edge.Clerks;
using Xunit;

namespace MotCua.Edge.Hosting.Tests;

public sealed class ClerkCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("motcua-clerk-command-");

    [Fact]
    public async Task Somebody_is_added_listed_given_a_new_pin_and_removed()
    {
        Assert.Contains("Chưa ai có mã PIN", await SayAsync(0, ["list"]), StringComparison.Ordinal);
        Assert.Contains("trang quầy hỏi mã PIN", await SayAsync(0, ["add", "Quầy 1"], "739154", "739154"), StringComparison.Ordinal);
        Assert.Contains("giám đốc", await SayAsync(0, ["add", "Giám đốc", "--role", "director"], "482913", "482913"), StringComparison.Ordinal);
        Assert.Contains("Đã có", await SayAsync(1, ["add", "Quầy 1"], "739154", "739154"), StringComparison.Ordinal);
        var listed = await SayAsync(0, ["list"]);
        Assert.Contains("2 người", listed, StringComparison.Ordinal);
        Assert.Contains("Giám đốc (giám đốc)", listed, StringComparison.Ordinal);

        Assert.Contains("mã PIN mới", await SayAsync(0, ["reset", "Quầy 1"], "604827", "604827"), StringComparison.Ordinal);
        var clerks = new ClerkFile(folder.FullName).Current()!;
        Assert.True(Pin.Fits(clerks.Single(clerk => clerk.Name == "Quầy 1"), "604827"));
        Assert.Equal(ClerkRole.Director, clerks.Single(clerk => clerk.Name == "Giám đốc").Role);

        await SayAsync(0, ["remove", "Giám đốc"]);
        Assert.Contains("Không còn ai", await SayAsync(0, ["remove", "Quầy 1"]), StringComparison.Ordinal);
        Assert.Contains("Không có", await SayAsync(1, ["remove", "Quầy 1"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_changes_nothing()
    {
        Assert.Contains("dễ đoán", await SayAsync(1, ["add", "Quầy 1"], "1234"), StringComparison.Ordinal);
        Assert.Contains("không giống nhau", await SayAsync(1, ["add", "Quầy 1"], "739154", "739155"), StringComparison.Ordinal);
        Assert.Contains("Không có «Ai»", await SayAsync(1, ["reset", "Ai"]), StringComparison.Ordinal);
        Assert.Contains("edge clerk add", await SayAsync(EdgeArguments.UsageError, ["add", "Quầy 1", "--role", "king"]), StringComparison.Ordinal);
        Assert.Contains("edge clerk add", await SayAsync(EdgeArguments.UsageError, []), StringComparison.Ordinal);
        Assert.Empty(new ClerkFile(folder.FullName).Current()!);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "clerks.json"), "{", TestContext.Current.CancellationToken);
        Assert.Contains("bị hỏng", await SayAsync(1, ["list"]), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> SayAsync(int code, string[] args, params string[] pins)
    {
        using var output = new StringWriter();
        var typed = new Queue<string>(pins);
        Assert.Equal(code, await EdgeClerk.RunAsync([.. args, "--data", folder.FullName], _ => typed.Count > 0 ? typed.Dequeue() : null, output, iterations: 10));
        return output.ToString();
    }
}
