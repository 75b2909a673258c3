using System.Diagnostics;
using System.Text.Json;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;

namespace MotCua.Protocols.Tests.Documents;

/// <summary>Examples, schemas and AsyncAPI document, judged by tools that share no code with the contract (<c>checks/check.mjs</c>).</summary>
public sealed class DocumentTests
{
    [Fact]
    public void The_documents_hold_for_tools_that_share_no_code_with_us()
    {
        var seen = Check();
        Assert.Equal(EventTypes.All.Count + CommandKinds.All.Count + 10, seen.GetProperty("examples").GetInt32());
        Assert.True(seen.GetProperty("refused").GetInt32() > 100);
        Assert.Equal(EventTypes.All.Concat(CommandKinds.All.Select(kind => $"command.{kind}")).Order(StringComparer.Ordinal), Texts(seen, "schemas"));
    }

    [Fact]
    public void The_document_describes_every_topic_that_the_code_knows()
    {
        var centre = new CentreId("xx");
        string[] topics =
        [
            Topics.State(centre), Topics.Birth(centre), Topics.Device(centre, "{id}"), Topics.Health(centre), Topics.Events(centre), Topics.Ack(centre),
            Topics.Command(centre), Topics.Configuration(centre), Topics.Answer(centre, "{id}"), Topics.Snapshot(centre, "{id}"),
        ];
        Assert.Equal(
            topics.Select(t => t.Replace("/xx/", "/{centre}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Texts(Check(), "channels"));
    }

    private static string[] Texts(JsonElement seen, string name) => [.. seen.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];

    private static JsonElement Check()
    {
        var folder = Path.Combine(Golden.Root, "tests", "Protocols.Tests", "checks");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "Run first: npm ci --prefix tests/Protocols.Tests/checks");
        using var node = Process.Start(new ProcessStartInfo("node", ["check.mjs", Golden.Protocols])
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var complaints = node.StandardError.ReadToEndAsync();
        var seen = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, complaints.GetAwaiter().GetResult());
        return JsonDocument.Parse(seen).RootElement;
    }
}
