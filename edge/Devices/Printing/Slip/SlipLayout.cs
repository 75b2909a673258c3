using System.Collections.Immutable;
using System.Globalization;
using MotCua.Edge.Devices.Printing.Fonts;

namespace MotCua.Edge.Devices.Printing.Slip;

/// <summary>What stands on a ticket, in which order and how large.</summary>
/// <example>
/// <code>
///   TRUNG TÂM PHỤC VỤ
///   HÀNH CHÍNH CÔNG
///   PHƯỜNG VIỆT TRÌ
///   SỐ THỨ TỰ
///   A105
///   Lĩnh vực               Chứng thực
///   Số người chờ trước              7
///   Dự kiến chờ          10–25 phút
///   Giờ lấy số       08:05 23/11/2026
///   Vui lòng chờ gọi số
/// </code>
/// </example>
internal static class SlipLayout
{
    /// <summary>From this width on the paper is the broad one (80 mm).</summary>
    private const int Broad = 500;

    /// <param name="width">Of the paper, in dots.</param>
    /// <param name="logo">Null for none.</param>
    public static ImmutableArray<SlipPart> Parts(TicketSlip slip, int width, Raster? logo)
    {
        var body = width >= Broad ? 28 : 24;
        var parts = ImmutableArray.CreateBuilder<SlipPart>();
        if (logo is not null)
        {
            parts.Add(new SlipPicture(logo));
        }

        parts.Add(new SlipText("TRUNG TÂM PHỤC VỤ", FontFace.Bold, body) { Above = 8 });
        parts.Add(new SlipText("HÀNH CHÍNH CÔNG", FontFace.Bold, body));
        parts.Add(new SlipText(slip.Place.ToUpperInvariant(), FontFace.Bold, body));
        parts.Add(new SlipRule { Above = 10 });
        parts.Add(new SlipText("SỐ THỨ TỰ", FontFace.Plain, body) { Above = 12 });
        parts.Add(new SlipText(slip.Number, FontFace.Bold, width >= Broad ? 170 : 130) { Wraps = false });
        if (slip.Priority)
        {
            parts.Add(new SlipText("★ ƯU TIÊN ★", FontFace.Bold, body));
        }

        if (slip.Copy > 1)
        {
            parts.Add(new SlipText(string.Create(CultureInfo.InvariantCulture, $"(Bản in lại, lần {slip.Copy - 1})"), FontFace.Plain, body));
        }

        AddFacts(parts, slip, body);
        parts.Add(new SlipText("Vui lòng chờ gọi số", FontFace.Bold, body) { Above = 14 });
        if (slip.Follow is { } address)
        {
            parts.Add(new SlipCode(address) { Above = 12 });
            parts.Add(new SlipText("Quét mã để theo dõi số của quý vị", FontFace.Plain, body - 4) { Above = 2 });
        }

        AddChecklist(parts, slip, body);
        if (slip.Footer is { } footer)
        {
            parts.Add(new SlipText(footer, FontFace.Plain, body - 6) { Above = 10 });
        }

        return parts.ToImmutable();
    }

    /// <returns>Such as "10–25 phút".</returns>
    public static string Say(SlipWait wait) => wait switch
    {
        { To: 0 } => "được gọi ngay",
        { From: 0 } => string.Create(CultureInfo.InvariantCulture, $"dưới {wait.To} phút"),
        _ when wait.From == wait.To => string.Create(CultureInfo.InvariantCulture, $"khoảng {wait.To} phút"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{wait.From}–{wait.To} phút"),
    };

    private static void AddFacts(ImmutableArray<SlipPart>.Builder parts, TicketSlip slip, int body)
    {
        parts.Add(new SlipRule { Above = 6 });
        parts.Add(new SlipPair("Lĩnh vực", slip.Service, body) { Above = 8 });
        if (slip.Ahead is { } ahead)
        {
            parts.Add(new SlipPair("Số người chờ trước", ahead.ToString(CultureInfo.InvariantCulture), body));
        }

        if (slip.Wait is { } wait)
        {
            parts.Add(new SlipPair("Dự kiến chờ", Say(wait), body));
        }

        if (slip.TakenAt is { } at)
        {
            parts.Add(new SlipPair("Giờ lấy số", at.ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture), body));
        }
    }

    private static void AddChecklist(ImmutableArray<SlipPart>.Builder parts, TicketSlip slip, int body)
    {
        if (slip.Checklist.IsEmpty)
        {
            return;
        }

        parts.Add(new SlipRule { Above = 8 });
        if (slip.Procedure is { } procedure)
        {
            parts.Add(new SlipText(procedure, FontFace.Bold, body - 4, Centred: false) { Above = 6 });
        }

        parts.Add(new SlipText("Giấy tờ cần có:", FontFace.Bold, body - 4, Centred: false) { Above = 6 });
        foreach (var line in slip.Checklist)
        {
            parts.Add(new SlipText("□ " + line, FontFace.Plain, body - 4, Centred: false));
        }
    }
}
