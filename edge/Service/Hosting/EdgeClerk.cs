using System.Text.Json;
using MotCua.Edge.Clerks;

namespace MotCua.Edge.Hosting;

/// <summary><c>clerk</c>: who may log in at the counters' pages, and with which PIN. The running service takes changes at once.</summary>
internal static class EdgeClerk
{
    private const string Usage = """
        edge clerk list                          ai có mã PIN · who has a PIN
        edge clerk add "TÊN" [--role VAI-TRÒ]    thêm người, hỏi mã PIN hai lần · adds somebody, asks for the PIN twice
        edge clerk reset "TÊN"                   đặt mã PIN mới, mở khóa, kết thúc phiên cũ · a new PIN; unlocks, ends old sessions
        edge clerk remove "TÊN"                  xóa; phiên đang mở kết thúc ngay · takes it away; open sessions end at once
          TÊN        như cán bộ sẽ chọn khi đăng nhập: "Quầy 1", "Cán bộ Hộ tịch" · as it is chosen at the log-in
          --role     clerk: cán bộ quầy (ngầm định) · director: giám đốc, xem thêm trang /today · team: đội hỗ trợ, trang /help
          --data     thư mục dữ liệu của dịch vụ, ngầm định /var/lib/motcua-edge · folder of the service
        Mã PIN gồm 4 đến 8 chữ số. Khi chưa ai có mã PIN, trang quầy không hỏi đăng nhập. · With no PIN at all, nobody has to log in.
        """;

    /// <param name="readPin">Asks for a PIN without showing it.</param>
    /// <param name="iterations">Cost of the hash.</param>
    public static async Task<int> RunAsync(string[] args, Func<string, string?> readPin, TextWriter output, int iterations = Pin.Iterations)
    {
        var (data, role) = (EdgeArguments.UsualData, ClerkRole.Clerk);
        var words = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--data" && i + 1 < args.Length)
            {
                data = args[++i];
            }
            else if (args[i] == "--role" && i + 1 < args.Length && Enum.TryParse(args[i + 1], ignoreCase: true, out role) && Enum.IsDefined(role))
            {
                i++;
            }
            else
            {
                words.Add(args[i]);
            }
        }

        var file = new ClerkFile(data);
        try
        {
            switch (words)
            {
                case ["list"]:
                    return List(file.Read(), output);
                case ["add", var name] when Clerk.IsName(name):
                    return await AddAsync(file, name, role, readPin, output, iterations);
                case ["reset", var name]:
                    return await ResetAsync(file, name, readPin, output, iterations);
                case ["remove", var name]:
                    return await RemoveAsync(file, name, output);
                default:
                    output.WriteLine(Usage);
                    return EdgeArguments.UsageError;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output.WriteLine($"{e.Message}\nHãy chạy bằng quyền quản trị: sudo edge clerk …");
            return 1;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            output.WriteLine($"Tệp mã PIN trong {data} bị hỏng (clerks.json). Xóa tệp đó rồi thêm lại từng người; trong lúc tệp hỏng không ai đăng nhập được.");
            return 1;
        }
    }

    /// <summary>Reads a line without showing it; from a pipe, as it comes.</summary>
    public static string? Ask(string question)
    {
        Console.Write(question);
        if (Console.IsInputRedirected)
        {
            return Console.ReadLine();
        }

        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (typed.Length < 64)
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return typed.ToString();
    }

    private static int List(IReadOnlyList<Clerk> clerks, TextWriter output)
    {
        output.WriteLine(clerks.Count == 0 ? "Chưa ai có mã PIN: ai mở trang quầy cũng gọi số được. Thêm người: sudo edge clerk add \"Quầy 1\"" : $"{clerks.Count} người có mã PIN:");
        foreach (var clerk in clerks)
        {
            output.WriteLine($"  {clerk.Name} ({Words(clerk.Role)})");
        }

        return 0;
    }

    private static async Task<int> AddAsync(ClerkFile file, string name, ClerkRole role, Func<string, string?> readPin, TextWriter output, int iterations)
    {
        var clerks = file.Read();
        if (clerks.Any(clerk => clerk.Name == name))
        {
            output.WriteLine($"Đã có «{name}». Đặt mã PIN mới: edge clerk reset \"{name}\"");
            return 1;
        }

        if (clerks.Count >= ClerkFile.Most)
        {
            output.WriteLine($"Đã đủ {ClerkFile.Most} người; hãy xóa bớt người không còn làm việc.");
            return 1;
        }

        if (NewPin(readPin, output) is not { } pin)
        {
            return 1;
        }

        await KeepAsync(file, [.. clerks, Pin.Give(name, role, pin, iterations)]);
        output.WriteLine($"Đã thêm «{name}» ({Words(role)}). Có hiệu lực ngay.");
        if (clerks.Count == 0)
        {
            output.WriteLine("Từ bây giờ trang quầy hỏi mã PIN; nút bấm ở quầy, ki-ốt và màn hình vẫn dùng như cũ.");
        }

        return 0;
    }

    private static async Task<int> ResetAsync(ClerkFile file, string name, Func<string, string?> readPin, TextWriter output, int iterations)
    {
        var clerks = file.Read();
        if (clerks.FirstOrDefault(clerk => clerk.Name == name) is not { } known)
        {
            return Nobody(name, output);
        }

        if (NewPin(readPin, output) is not { } pin)
        {
            return 1;
        }

        await KeepAsync(file, [.. clerks.Select(clerk => clerk == known ? Pin.Give(name, known.Role, pin, iterations) : clerk)]);
        output.WriteLine($"Đã đặt mã PIN mới cho «{name}»; khóa (nếu có) đã mở, phiên cũ đã kết thúc.");
        return 0;
    }

    private static async Task<int> RemoveAsync(ClerkFile file, string name, TextWriter output)
    {
        var clerks = file.Read();
        if (clerks.All(clerk => clerk.Name != name))
        {
            return Nobody(name, output);
        }

        await KeepAsync(file, [.. clerks.Where(clerk => clerk.Name != name)]);
        output.WriteLine($"Đã xóa «{name}».{(clerks.Count == 1 ? " Không còn ai có mã PIN: ai mở trang quầy cũng gọi số được." : "")}");
        return 0;
    }

    private static int Nobody(string name, TextWriter output)
    {
        output.WriteLine($"Không có «{name}». Xem danh sách: edge clerk list");
        return 1;
    }

    private static string? NewPin(Func<string, string?> readPin, TextWriter output)
    {
        var pin = readPin("Mã PIN mới (4–8 chữ số): ")?.Trim() ?? "";
        if (Pin.WhyNot(pin) is { } why)
        {
            output.WriteLine(why);
            return null;
        }

        if (readPin("Nhập lại mã PIN: ")?.Trim() == pin)
        {
            return pin;
        }

        output.WriteLine("Hai lần nhập không giống nhau; chưa đổi gì.");
        return null;
    }

    private static async Task KeepAsync(ClerkFile file, IReadOnlyList<Clerk> clerks)
    {
        file.Write(clerks);
        await file.GiveToServiceAsync();
    }

    private static string Words(ClerkRole role) => role switch
    {
        ClerkRole.Director => "giám đốc",
        ClerkRole.Team => "đội hỗ trợ",
        _ => "cán bộ quầy",
    };
}
