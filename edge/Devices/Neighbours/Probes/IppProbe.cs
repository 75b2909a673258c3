using MotCua.Edge.Devices.Neighbours.Wire;

namespace MotCua.Edge.Devices.Neighbours.Probes;

/// <summary>Asks a printer how it is, over IPP.</summary>
/// <param name="where"><c>ipp://host[:631]/path</c> or <c>ipps://…</c>.</param>
public sealed class IppProbe(Uri where) : IProbe
{
    public string Target { get; } = where.ToString();

    public async Task<Finding> LookAsync(CancellationToken stop)
    {
        var (status, body, _) = await HttpExchange.AskAsync(where, IppMessage.GetPrinterAttributes(where.ToString()), IppMessage.ContentType, IppMessage.MostBytes, stop);
        if (status != 200)
        {
            throw new InvalidDataException($"máy in trả lời HTTP {status}");
        }

        return PrinterTrouble.Of(IppMessage.Read(body));
    }
}
