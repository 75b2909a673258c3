using System.Text;
using System.Text.Json;
using MotCua.CloudBridge.Api;
using MotCua.CloudBridge.Configurations;
using MotCua.CloudBridge.Fleet;
using MotCua.Protocols;
using MotCua.Protocols.Configuration;

namespace MotCua.CloudBridge.Hosting;

/// <summary><c>cloud-bridge configure</c>: gives centres their files through the bridge that runs, shows what changes, and what became of those before.</summary>
public static class ConfigureCommand
{
    /// <summary>Exit code when some centre was not given its file; the lines say which and why.</summary>
    public const int NotAll = 3;

    // A province has some hundred centres.
    private const int MostFiles = 10_000;

    private const string Usage = """
        cloud-bridge configure --centre ID --file centre.yaml --reason "…" [--who NAME] [--url URL]
            gửi tệp cấu hình cho một trung tâm · gives a centre its file
        cloud-bridge configure --dir DIR --reason "…" [--who NAME] [--url URL]
            mỗi tệp MÃ-TRUNG-TÂM.yaml trong DIR cho trung tâm của nó · each file of DIR, named by its centre
        cloud-bridge configure --centre ID --withdraw --reason "…" [--who NAME] [--url URL]
            thu hồi bản trung tâm chưa nhận · takes back what the centre has not seen
        cloud-bridge configure --centre ID [--url URL]
            trung tâm đang dùng bản nào, các bản đã gửi ra sao · what it runs by, and what became of those given
          --url           where the bridge listens, default http://127.0.0.1:8090
          --only-compare  thay cho --reason: chỉ xem khác gì, không gửi · instead of --reason: only says what would change
        """;

    /// <returns>0, <see cref="NotAll"/>, 1 when the bridge does not answer, 2 for a wrong command line.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (Options.TryRead(args) is not { } options)
        {
            errors.WriteLine(Usage);
            return 2;
        }

        try
        {
            using var http = new HttpClient { BaseAddress = options.Url };
            if (options is { Centre: { } centre, File: null })
            {
                return options.Withdraw ? await WithdrawAsync(http, centre, options, output) : await ShowAsync(http, centre, output);
            }

            var files = options.File is { } one ? [(options.Centre!, one)] : FilesIn(options.Folder!);
            var all = true;
            foreach (var (to, file) in files)
            {
                all &= await GiveAsync(http, to, file, options, output);
            }

            return all ? 0 : NotAll;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or TaskCanceledException or JsonException)
        {
            errors.WriteLine($"{e.Message} Cầu nối có đang chạy tại {options.Url} không? Is the bridge running there?");
            return 1;
        }
    }

    private static async Task<bool> GiveAsync(HttpClient http, string centre, string file, Options options, TextWriter output)
    {
        string text;
        try
        {
            text = new FileInfo(file).Length <= DesiredConfiguration.MaxTextBytes
                ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await File.ReadAllBytesAsync(file))
                : throw new IOException($"nhiều nhất {DesiredConfiguration.MaxTextBytes} byte.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            output.WriteLine($"{centre}: {file}: {(e is DecoderFallbackException ? "không phải UTF-8." : e.Message)}");
            return false;
        }

        using var answer = await http.PostAsJsonAsync(
            $"/api/centres/{Uri.EscapeDataString(centre)}/configurations{(options.OnlyCompare ? "?onlyCompare=true" : "")}", new ConfigurationRequest(text, options.Who, options.Reason), ApiJson.Default.ConfigurationRequest);
        if (!answer.IsSuccessStatusCode)
        {
            output.WriteLine($"{centre}: {await ProblemOf(answer)}");
            return false;
        }

        var given = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.ConfigurationGiven))!;
        foreach (var line in given.Changes ?? [])
        {
            output.WriteLine($"  {line}");
        }

        var changes = given.Changes switch { null => "chưa biết trung tâm đang dùng nội dung nào", { Count: 0 } => "giống hệt bản đang chạy", var lines => $"{lines.Count} dòng khác bản đang chạy" };
        output.WriteLine(given.Configuration is { } configuration ? $"{centre}: đã nhận, bản {configuration.Revision}; {changes}." : $"{centre}: {changes}; chưa gửi gì.");
        return true;
    }

    private static async Task<int> WithdrawAsync(HttpClient http, string centre, Options options, TextWriter output)
    {
        using var answer = await http.PostAsJsonAsync(
            $"/api/centres/{Uri.EscapeDataString(centre)}/configurations/withdraw", new WithdrawRequest(options.Who, options.Reason), ApiJson.Default.WithdrawRequest);
        output.WriteLine(answer.IsSuccessStatusCode ? $"{centre}: đã thu hồi. Trung tâm đã dùng bản nào thì vẫn dùng bản đó." : $"{centre}: {await ProblemOf(answer)}");
        return answer.IsSuccessStatusCode ? 0 : NotAll;
    }

    private static async Task<int> ShowAsync(HttpClient http, string centre, TextWriter output)
    {
        using var answer = await http.GetAsync(new Uri($"/api/centres/{Uri.EscapeDataString(centre)}/configurations", UriKind.Relative));
        if (!answer.IsSuccessStatusCode)
        {
            output.WriteLine($"{centre}: {await ProblemOf(answer)}");
            return NotAll;
        }

        var list = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.ConfigurationList))!;
        output.WriteLine(list switch
        {
            { Running: null } => $"{centre}: chưa báo đang dùng cấu hình nào.",
            { RunningRevision: { } revision } => $"{centre}: đang dùng bản {revision} của tỉnh.",
            { EditedHere: true } => $"{centre}: đang dùng tệp sửa tại chỗ ({list.Running[..12]}).",
            _ => $"{centre}: đang dùng tệp tại chỗ ({list.Running[..12]}).",
        });
        foreach (var one in list.Configurations)
        {
            output.WriteLine($"  bản {one.Revision}  {one.At:yyyy-MM-dd HH:mm}  {WordOf(one.State)}  {one.Who}: {one.Reason}");
            foreach (var line in one.Note?.Split('\n') ?? [])
            {
                output.WriteLine($"    {line}");
            }
        }

        return 0;
    }

    private static List<(string Centre, string File)> FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.yaml").Select(file => (Centre: Path.GetFileNameWithoutExtension(file), File: file)).Take(MostFiles).OrderBy(one => one.Centre, StringComparer.Ordinal)];

    private static async Task<string> ProblemOf(HttpResponseMessage answer)
    {
        try
        {
            using var problem = await answer.Content.ReadFromJsonAsync<JsonDocument>();
            return problem!.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? "" : $"HTTP {(int)answer.StatusCode}";
        }
        catch (JsonException)
        {
            return $"HTTP {(int)answer.StatusCode}";
        }
    }

    private static string WordOf(string state) => state switch
    {
        Store.ConfigurationStages.Waiting => "chờ gửi",
        Store.ConfigurationStages.Sent => "đã gửi, trung tâm chưa trả lời",
        Store.ConfigurationStages.Superseded => "đã có bản mới hơn",
        Store.ConfigurationStages.Withdrawn => "đã thu hồi",
        _ => EventSentence.ConfigurationWord(state),
    };

    private sealed record Options(string? Centre, string? File, string? Folder, bool Withdraw, bool OnlyCompare, string? Who, string? Reason, Uri Url)
    {
        public static Options? TryRead(string[] args)
        {
            var options = new Options(null, null, null, false, false, Environment.UserName, null, new Uri("http://127.0.0.1:8090"));
            for (var i = 0; i < args.Length; i++)
            {
                var value = i + 1 < args.Length ? args[i + 1] : null;
                switch (args[i])
                {
                    case "--withdraw":
                        options = options with { Withdraw = true };
                        continue;
                    case "--only-compare":
                        options = options with { OnlyCompare = true };
                        continue;
                    case "--centre" when value is not null && CentreId.IsValid(value):
                        options = options with { Centre = value };
                        break;
                    case "--file" when value is not null:
                        options = options with { File = value };
                        break;
                    case "--dir" when value is not null:
                        options = options with { Folder = value };
                        break;
                    case "--who" when value is not null:
                        options = options with { Who = value };
                        break;
                    case "--reason" when value is not null:
                        options = options with { Reason = value };
                        break;
                    case "--url" when Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https":
                        options = options with { Url = url };
                        break;
                    default:
                        return null;
                }

                i++;
            }

            options = options is { OnlyCompare: true, Reason: null } ? options with { Reason = "Chỉ so sánh" } : options;
            return options switch
            {
                { Folder: not null, Centre: null, File: null, Withdraw: false, Reason: not null } => options,
                { Folder: null, Centre: not null, File: not null, Withdraw: false, Reason: not null } => options,
                { Folder: null, Centre: not null, File: null, OnlyCompare: false } when options.Withdraw == options.Reason is not null => options,
                _ => null,
            };
        }
    }
}
