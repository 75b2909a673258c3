using System.Globalization;
using System.Text;

namespace MotCua.Bench.Forecast;

/// <summary>The exam as a picture: what held per service, per hour, and at other promised shares.</summary>
internal static class ForecastPicture
{
    private const int Width = 960;
    private const int Height = 420;
    private const double Top = 96;
    private const double Bottom = 300;

    public static string Draw(ForecastScore score)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#222\">\n");
        svg.Append("<title>Wait forecast: how often the 80 % range held</title>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n");
        Text(svg, 24, 28, "start", $"Wait forecast: the 80 % range held for {score.Coverage(Asked.AtIssue):P1} of {score.Count(Asked.AtIssue):N0} tickets", 17);
        Text(svg, 24, 50, "start",
            $"2,000 simulated days it was not built on. Median width {score.WidthRatio(Asked.AtIssue):P0} of the median wait ({score.MedianWait / 60:F0} min); "
            + $"{score.WidthRatio(Asked.OfOracle):P0} with every parameter known. Silent: {score.SilentShare:P0}.", 12);
        Bars(svg, 60, 270, "by service", [.. score.PerService.Select(g => (g.Name, g.Held))], slanted: true);
        Bars(svg, 390, 270, "by hour of the ticket", [.. score.PerHour.Select(g => ($"{g.Name} h", g.Held))], slanted: false);
        CurveOf(svg, 730, 204, [.. score.Curve]);
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private static void Bars(StringBuilder svg, double left, double width, string title, (string Name, double Held)[] bars, bool slanted)
    {
        // Bars from 70 to 90 %: the band would be a hair on a full scale.
        double Y(double share) => Bottom - ((Math.Clamp(share, 0.7, 0.9) - 0.7) / 0.2 * (Bottom - Top));
        Text(svg, left, Top - 14, "start", title, 13);
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:F1}\" y=\"{Y(0.82):F1}\" width=\"{width:F1}\" height=\"{Y(0.78) - Y(0.82):F1}\" fill=\"#cfe8d4\"/>\n");
        foreach (var share in new[] { 0.7, 0.75, 0.8, 0.85, 0.9 })
        {
            Line(svg, left, Y(share), left + width, Y(share), share is 0.8 ? "#2c7a3f" : "#ddd");
            Text(svg, left - 6, Y(share) + 4, "end", $"{share:P0}", 11);
        }

        Text(svg, left + width, Y(0.82) - 4, "end", "78–82 %", 11);
        var step = width / bars.Length;
        for (var i = 0; i < bars.Length; i++)
        {
            var (x, y) = (left + (step * (i + 0.5)), Y(bars[i].Held));
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"5\" fill=\"#14507a\"><title>{bars[i].Name}: {bars[i].Held:P1}</title></circle>\n");
            if (slanted)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 4:F1}\" y=\"{Bottom + 16:F1}\" text-anchor=\"end\" font-size=\"11\" transform=\"rotate(-32 {x + 4:F1} {Bottom + 16:F1})\">{bars[i].Name}</text>\n");
            }
            else
            {
                Text(svg, x, Bottom + 18, "middle", bars[i].Name, 11);
            }
        }
    }

    private static void CurveOf(StringBuilder svg, double left, double size, (double Promised, double Held)[] points)
    {
        double At(double share) => (share - 0.4) / 0.6 * size;
        Text(svg, left, Top - 14, "start", "promised and held", 13);
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left:F1}\" y=\"{Top:F1}\" width=\"{size:F1}\" height=\"{Bottom - Top:F1}\" fill=\"none\" stroke=\"#ddd\"/>\n");
        Line(svg, left, Bottom, left + size, Bottom - size, "#2c7a3f");
        foreach (var share in new[] { 0.4, 0.6, 0.8, 1 })
        {
            Text(svg, left + At(share), Bottom + 18, "middle", $"{share:P0}", 11);
            Text(svg, left - 6, Bottom - At(share) + 4, "end", $"{share:P0}", 11);
        }

        Text(svg, left + (size / 2), Bottom + 38, "middle", "share of waits that the range promises to hold", 11);
        foreach (var (promised, held) in points)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<circle cx=\"{left + At(promised):F1}\" cy=\"{Bottom - At(held):F1}\" r=\"5\" fill=\"#14507a\"><title>promised {promised:P0}, held {held:P1}</title></circle>\n");
        }
    }

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string colour) =>
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" stroke=\"{colour}\"/>\n");

    private static void Text(StringBuilder svg, double x, double y, string anchor, string text, int size) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{text}</text>\n");
}
