namespace MotCua.Devices.Tests.Speech.Languages;

/// <summary>Reads Vietnamese number words back: the formulation that is independent of how they are made.</summary>
internal static class NumberReader
{
    private static readonly Dictionary<string, int> Digits = new(StringComparer.Ordinal)
    {
        ["không"] = 0, ["một"] = 1, ["mốt"] = 1, ["hai"] = 2, ["ba"] = 3, ["bốn"] = 4, ["tư"] = 4,
        ["năm"] = 5, ["lăm"] = 5, ["sáu"] = 6, ["bảy"] = 7, ["tám"] = 8, ["chín"] = 9,
    };

    public static int Read(string words)
    {
        var (total, group, digit) = (0, 0, 0);
        foreach (var word in words.Split(' '))
        {
            switch (word)
            {
                case "triệu":
                    (total, group, digit) = (total + (group + digit) * 1_000_000, 0, 0);
                    break;
                case "nghìn" or "ngàn":
                    (total, group, digit) = (total + (group + digit) * 1000, 0, 0);
                    break;
                case "trăm":
                    (group, digit) = (group + digit * 100, 0);
                    break;
                case "mươi":
                    (group, digit) = (group + digit * 10, 0);
                    break;
                case "mười":
                    group += 10;
                    break;
                case "linh" or "lẻ":
                    break;
                default:
                    digit = Digits[word];
                    break;
            }
        }

        return total + group + digit;
    }
}
