using System.Collections.Immutable;
using MotCua.Edge.Assembly;
using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Neighbours;
using MotCua.Edge.Devices.Speech;
using MotCua.Edge.Health;
using MotCua.Edge.Loop;

namespace MotCua.Edge.SelfTest;

/// <summary>What a test walks, in this order: what a person hears and sees first, what needs hands last.</summary>
internal static class SelfTestSteps
{
    public static IReadOnlyList<ISelfTestStep> Of(
        EdgeCentre centre, HallDevices hall, BoardFeed boards, SelfTestPresses presses, HeardSpeaker speaker, Announcer announcer)
    {
        var (options, findings) = (centre.Options, new Findings(centre.Devices));
        return
        [
            new SpeakerStep(speaker, announcer, centre.Time, findings),
            .. options.Boards.Select((board, i) => new BoardStep(board, i + 1, boards, findings)),
            .. options.Tvs.Select(tv => new KnownStep(tv.Id.Value, "Đang xem màn hình TV.", findings, [])),
            .. centre.Printing is { } printing ? (ISelfTestStep[])[new PrinterStep(options.Printer!.Id, printing, findings)] : [],
            .. options.Neighbours.Select(one => new KnownStep(one.Neighbour.Id.Value, $"Đang xem {one.Neighbour.Name}.", findings, Between(options, one.Neighbour))),
            .. options.Cameras.SelectMany(one => one.Camera.Devices.Select(device => new KnownStep(device.Value, $"Đang xem {one.Camera.Name}.", findings, []))),
            .. options.Recorders.Select(one => new KnownStep(one.Recorder.Id.Value, $"Đang xem {one.Recorder.Name}.", findings, [])),
            .. options.Expanders.Select(expander => new KnownStep(expander.Id.Value, "Đang xem bộ mở rộng chân.", findings, [])),
            .. options.Climate is { } climate ? (ISelfTestStep[])[new KnownStep(climate.Id.Value, "Đang xem cảm biến nhiệt độ, độ ẩm.", findings, [])] : [],
            .. options.Clock == ClockSource.Ds3231 ? (ISelfTestStep[])[new KnownStep(ClockKeeper.Device, "Đang xem đồng hồ pin.", findings, [])] : [],
            new JournalStep(centre.Journal, findings),
            new UplinkStep(centre.Uplink, findings),
            .. options.Buttons.Where(button => button.Lamp is not null).Select(button => new LampStep(button.Id, PressLabel.Of(options, PressLabel.MainOf(button)), hall.Light, findings)),
            .. options.Buttons.Select(button => new ButtonStep(button.Id, PressLabel.Of(options, PressLabel.MainOf(button)), PressLabel.MainOf(button).Action, presses, hall.Light, findings)),
        ];
    }

    /// <summary>The whole result in one sentence, to be read and said.</summary>
    public static string Summary(ImmutableArray<SelfTestRow> rows)
    {
        var failed = rows.Count(row => row.Result.Verdict == SelfTestVerdict.Failed);
        var untried = rows.Count(row => row.Result.Verdict == SelfTestVerdict.NotTried);
        return $"Đã kiểm tra xong. {rows.Length - failed - untried} phép thử đạt"
            + (failed > 0 ? $", {failed} có lỗi" : "") + (untried > 0 ? $", {untried} chưa thử" : "") + (failed > 0 ? ". Xem việc cần làm trên trang." : ".");
    }

    private static List<Neighbour> Between(CentreOptions options, Neighbour neighbour)
    {
        var all = options.Neighbours.ToDictionary(one => one.Neighbour.Id, one => one.Neighbour);
        List<Neighbour> between = [];
        // The file allows no circle; the bound holds all the same.
        for (var at = neighbour; between.Count < all.Count && at.DependsOn is { } id && all.TryGetValue(id, out var root); at = root)
        {
            between.Add(root);
        }

        return between;
    }
}
