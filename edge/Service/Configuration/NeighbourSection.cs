using System.Collections.Immutable;
using MotCua.Edge.Devices.Health;
using MotCua.Edge.Devices.Neighbours;

namespace MotCua.Edge.Configuration;

/// <summary>A neighbour and how it is watched.</summary>
public sealed record NeighbourEntry(Neighbour Neighbour, WatchSpec Watch);

/// <summary>Reads <c>neighbours</c>: the PCs, printers and lines of the centre.</summary>
internal static class NeighbourSection
{
    /// <summary>A large provincial centre has some thirty PCs and printers.</summary>
    private const int Most = 64;

    private const string Kinds = "pc, office-printer, router, internet, portal, camera-recorder hoặc other";

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    /// <param name="devices">Names that are taken.</param>
    public static ImmutableArray<NeighbourEntry> Read(YamlField root, Func<YamlField, DeviceId> idOf, IEnumerable<DeviceId> devices)
    {
        if (root.Optional("neighbours") is not { } section)
        {
            return [];
        }

        var taken = devices.ToHashSet();
        var read = new List<(YamlField Field, NeighbourEntry Entry)>();
        foreach (var item in section.Items("danh sách máy và đường truyền cần theo dõi", Most))
        {
            var entry = ReadOne(item, idOf);
            if (entry.Neighbour.Id != default && !taken.Add(entry.Neighbour.Id))
            {
                item.Note(entry.Neighbour.Id.Value, "tên thiết bị không trùng nhau");
            }

            read.Add((item, entry));
        }

        var linked = read.Select(one => one.Entry with { Neighbour = one.Entry.Neighbour with { DependsOn = RootOf(one.Field, one.Entry.Neighbour, read) } }).ToImmutableArray();
        CheckCircles(read, linked);
        return linked;
    }

    private static NeighbourEntry ReadOne(YamlField field, Func<YamlField, DeviceId> idOf)
    {
        var id = idOf(field);
        var kind = field.Required("kind", Kinds)?.Value(KindOf, Kinds) ?? default;
        var name = field.Required("name", "tên gọi, như Máy in phòng 2")?.Value(text => text is { Length: > 0 and <= 60 } ? text : throw new FormatException(), "1–60 ký tự") ?? "";
        var watch = field.Required("watch", WatchSpec.Expected)?.Value(WatchSpec.Parse, WatchSpec.Expected);
        var every = field.Optional("every")?.Duration(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)) ?? Usual;
        field.Optional("depends-on"); // Read when all names are known.
        field.NothingElse();
        return new NeighbourEntry(new Neighbour(id, kind, name, every), watch ?? default);
    }

    // The line hangs on the router and a site on the line, where there is one of it and the file says nothing else.
    private static DeviceId? RootOf(YamlField field, Neighbour one, List<(YamlField Field, NeighbourEntry Entry)> all)
    {
        if (field.Optional("depends-on") is { } named)
        {
            var others = all.Select(other => other.Entry.Neighbour.Id).Where(id => id != one.Id && id != default).ToList();
            return named.Value<DeviceId?>(
                text => others.Contains(new DeviceId(text)) ? new DeviceId(text) : throw new FormatException(), $"id của một mục khác trong neighbours: {string.Join(", ", others)}");
        }

        NeighbourKind[] usual = one.Kind switch
        {
            NeighbourKind.Internet => [NeighbourKind.Router],
            NeighbourKind.Portal => [NeighbourKind.Internet, NeighbourKind.Router],
            _ => [],
        };
        foreach (var kind in usual)
        {
            if (all.Where(other => other.Entry.Neighbour.Kind == kind).ToList() is [{ } only])
            {
                return only.Entry.Neighbour.Id;
            }
        }

        return null;
    }

    private static void CheckCircles(List<(YamlField Field, NeighbourEntry Entry)> read, ImmutableArray<NeighbourEntry> linked)
    {
        var roots = linked.Where(one => one.Neighbour.Id != default).DistinctBy(one => one.Neighbour.Id).ToDictionary(one => one.Neighbour.Id, one => one.Neighbour.DependsOn);
        foreach (var (field, entry) in read)
        {
            var at = entry.Neighbour.Id == default ? null : roots[entry.Neighbour.Id];
            for (var steps = 0; at is { } id && steps <= linked.Length; steps++)
            {
                if (id == entry.Neighbour.Id)
                {
                    field.Note(id.Value, "depends-on không đi vòng tròn");
                    break;
                }

                at = roots.GetValueOrDefault(id);
            }
        }
    }

    private static NeighbourKind KindOf(string text) => text switch
    {
        "pc" => NeighbourKind.Pc,
        "office-printer" => NeighbourKind.OfficePrinter,
        "router" => NeighbourKind.Router,
        "internet" => NeighbourKind.Internet,
        "portal" => NeighbourKind.Portal,
        "camera-recorder" => NeighbourKind.CameraRecorder,
        "other" => NeighbourKind.Other,
        _ => throw new FormatException(),
    };
}
