using System.Globalization;
using MotCua.Fleet.Centres;

namespace MotCua.Fleet;

/// <summary>The command line of the program.</summary>
internal sealed record FleetArguments(string Host, int Port, string Key, int Centres, int First, int Seed, double Speed, bool Troubles, string? Tls, bool List = false)
{
    public const string Usage = """
        MotCua.Fleet --broker HOST:PORT --key province.pub [--centres N]
          các trung tâm ảo, hàng chờ thật, MQTT thật; Ctrl-C để dừng · virtual centres, real queues, real MQTT; Ctrl-C ends them

          --centres N     số trung tâm, 1–3321 · how many
          --first N       trung tâm đầu tiên, mặc định 1 · number of the first one
          --seed N        cùng số thì cùng ngày · the same seed makes the same days
          --speed X       nhanh gấp X lần thời gian · times as fast as time
          --calm          không có sự cố · nothing breaks
          --tls DIR       chứng thư: DIR/ID/ca.pem, centre.pem, centre.key · certificates, a folder for each centre
          --list          chỉ in mã các trung tâm · prints the ids of the centres and ends
        """;

    /// <param name="anySeed">Taken unless the line names one.</param>
    /// <exception cref="FormatException">Not a line of this program; says why.</exception>
    public static FleetArguments Parse(IReadOnlyList<string> line, int anySeed)
    {
        var arguments = new FleetArguments("127.0.0.1", 1883, "", 1, 1, anySeed, 1, true, null);
        for (var i = 0; i < line.Count; i++)
        {
            if (line[i] is "--calm" or "--list")
            {
                arguments = line[i] == "--calm" ? arguments with { Troubles = false } : arguments with { List = true };
                continue;
            }

            var (name, value) = (line[i], i + 1 < line.Count ? line[++i] : throw new FormatException($"{line[i]}: thiếu giá trị · needs a value"));
            arguments = name switch
            {
                "--broker" when value.Split(':') is [{ Length: > 0 } host, var port] => arguments with { Host = host, Port = Number(name, port, 1, 65_535) },
                "--key" => arguments with { Key = value },
                "--centres" => arguments with { Centres = Number(name, value, 1, PlaceNames.Most) },
                "--first" => arguments with { First = Number(name, value, 1, PlaceNames.Most) },
                "--seed" => arguments with { Seed = Number(name, value, 0, int.MaxValue) },
                "--speed" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 10_000 => arguments with { Speed = speed },
                "--tls" => arguments with { Tls = value },
                _ => throw new FormatException($"Không có lựa chọn này · no such option: {name} {value}"),
            };
        }

        return arguments.Key.Length == 0 && !arguments.List ? throw new FormatException("--key: cần khóa công khai của tỉnh · needs the province's public key")
            : arguments.First + arguments.Centres - 1 > PlaceNames.Most ? throw new FormatException($"--centres: cả nước có {PlaceNames.Most} trung tâm · the country has {PlaceNames.Most} centres")
            : arguments;
    }

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new FormatException($"{name}: {least}–{most}, có · found {value}");
}
