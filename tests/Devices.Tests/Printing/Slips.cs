using MotCua.Edge.Devices.Printing;
using MotCua.Edge.Devices.Printing.Fonts;
using MotCua.Edge.Devices.Printing.Slip;
using MotCua.Edge.Devices.Virtual.Pictures;

namespace MotCua.Devices.Tests.Printing;

/// <summary>Tickets to print.</summary>
internal static class Slips
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 23, 8, 5, 0, TimeSpan.FromHours(7));

    /// <summary>Everything that a ticket can say.</summary>
    public static TicketSlip Full { get; } = new("Phường Việt Trì", "A105", "Chứng thực")
    {
        Ahead = 7,
        Wait = new SlipWait(10, 25),
        TakenAt = Morning,
        Priority = true,
        Follow = "https://motcua.phutho.gov.vn/theo-doi/h3Kf0PqLw9ZtX2mVbR7sYA",
        Checklist = ["Căn cước hoặc hộ chiếu còn hạn", "Bản chính giấy tờ cần chứng thực, kèm bản sao"],
        Footer = "Khu vực có camera ghi hình, ghi âm để bảo đảm an ninh, trật tự.",
    };

    /// <summary>The least that a ticket says: no clock, no forecast, no page.</summary>
    public static TicketSlip Bare { get; } = new("Xã Thượng Cốc", "S1005", "Hỗ trợ nộp hồ sơ trực tuyến") { Ahead = 0 };

    public static Raster Paint(TicketSlip slip, int width)
    {
        using var glyphs = new FreeTypeGlyphs();
        return new SlipPainter(glyphs, width).Paint(slip);
    }

    public static Picture PictureOf(Raster dots)
    {
        var picture = new Picture(dots.Width, dots.Height, new Rgb(255, 255, 255));
        for (var y = 0; y < dots.Height; y++)
        {
            for (var x = 0; x < dots.Width; x++)
            {
                if (dots[x, y])
                {
                    picture[x, y] = default;
                }
            }
        }

        return picture;
    }

    public static bool Same(Raster a, Raster b) =>
        a.Width == b.Width && a.Height == b.Height && Enumerable.Range(0, a.Height).All(y => a.Row(y).SequenceEqual(b.Row(y)));
}
