using System.Text.Json;
using MotCua.Protocols.Commands;
using MotCua.Protocols.Events;

namespace MotCua.Protocols.Tests.Documents;

public sealed class GoldenTests
{
    [Fact]
    public void Every_event_type_has_one_example_in_the_order_of_the_table() =>
        Assert.Equal(EventTypes.All, Samples.Events.Select(EventTypes.NameOf));

    [Fact]
    public void An_event_is_written_to_exactly_the_bytes_of_its_example()
    {
        for (var i = 0; i < EventTypes.All.Count; i++)
        {
            Golden.Holds($"examples/{EventTypes.All[i]}.json", Samples.EventBytes[i].Span);
        }
    }

    [Fact]
    public void A_batch_is_written_to_exactly_the_bytes_of_its_example() => Golden.Holds("examples/evt.json", Samples.Batch.ToBytes());

    [Fact]
    public void A_state_message_is_written_to_exactly_the_bytes_of_its_example()
    {
        foreach (var (name, bytes) in Samples.States)
        {
            Golden.Holds($"examples/{name}.json", bytes);
        }
    }

    [Fact]
    public void A_command_s_body_is_written_to_exactly_the_bytes_of_its_example()
    {
        foreach (var kind in CommandKinds.All)
        {
            Golden.Holds($"examples/command.{kind}.json", JsonSerializer.SerializeToUtf8Bytes(Samples.Bodies[kind], CommandKinds.InfoOf(kind)!));
        }
    }

    [Fact]
    public void The_schemas_are_what_the_records_say()
    {
        foreach (var (name, schema) in Schemas.All())
        {
            Golden.Holds($"schemas/{name}.json", Schemas.Print(schema));
        }
    }

    [Fact]
    public void No_example_or_schema_stands_without_the_other()
    {
        var names = Schemas.All().Select(s => s.Name).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(names, NamesIn("schemas"));
        Assert.Equal(names, NamesIn("examples"));
    }

    private static string[] NamesIn(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Golden.Protocols, folder), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];
}
