using System.Net;
using System.Text.Json;
using MotCua.Edge.Pages;

namespace MotCua.Edge.Hosting;

/// <summary><c>self-test</c>: asks the running edge to try every device, and prints what it does and finds as it happens.</summary>
/// <remarks>Two programs cannot hold the same wires, so this one drives nothing itself: where no edge runs it says how to start it.</remarks>
internal static class EdgeSelfTest
{
    /// <summary>Something failed, or no test could be made.</summary>
    private const int NotWell = 1;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    public static async Task<int> RunAsync(EdgeArguments arguments, TextWriter output, TimeProvider time, CancellationToken stop)
    {
        var address = arguments.Urls.Split(';')[0].Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var edge))
        {
            output.WriteLine($"«{address}» không phải địa chỉ; ví dụ --urls http://127.0.0.1:8080");
            return EdgeArguments.UsageError;
        }

        using var http = new HttpClient { BaseAddress = edge, Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var started = await http.PostAsync("/api/self-test?by=command", null, stop);
            if (started.StatusCode == HttpStatusCode.Conflict)
            {
                output.WriteLine("Đang có một lượt kiểm tra khác; theo dõi lượt đó.");
            }
            else if (started.StatusCode != HttpStatusCode.Accepted)
            {
                output.WriteLine($"{edge} không nhận lệnh kiểm tra ({(int)started.StatusCode}).");
                return NotWell;
            }

            return await FollowAsync(http, output, time, stop);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            output.WriteLine($"Không có máy trung tâm nào trả lời ở {edge} ({e.Message}).");
            output.WriteLine("Khởi động dịch vụ: sudo systemctl start motcua-edge, rồi chạy lại lệnh này. Nếu trang mở ở địa chỉ khác, thêm --urls.");
            return NotWell;
        }
    }

    private static async Task<int> FollowAsync(HttpClient http, TextWriter output, TimeProvider time, CancellationToken stop)
    {
        var (told, saying, number) = (0, (string?)null, (long?)null);
        while (true)
        {
            var test = (await http.GetFromJsonAsync("/api/self-test", ApiJson.Default.SelfTestAnswer, stop))!;
            if ((number ??= test.Number) != test.Number)
            {
                output.WriteLine("Máy đã khởi động lại giữa lượt kiểm tra; chạy lại lệnh này.");
                return NotWell;
            }

            foreach (var row in test.Rows.Skip(told))
            {
                output.WriteLine($"  {Mark(row.Result)} {row.Device}: {row.Text}");
            }

            told = test.Rows.Count;
            if (test.Now is { } now && now != saying)
            {
                output.WriteLine($"[{told + 1}/{test.Steps}] {now}");
                saying = now;
            }

            if (!test.Running)
            {
                output.WriteLine(test.Summary);
                return test.Rows.Any(row => row.Result == "failed") ? NotWell : 0;
            }

            await Task.Delay(Pace, time, stop);
        }
    }

    private static char Mark(string result) => result switch { "ok" => '✓', "failed" => '✗', _ => '–' };
}
