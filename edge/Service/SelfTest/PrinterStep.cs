using MotCua.Edge.Devices.Health;
using MotCua.Edge.Printing;

namespace MotCua.Edge.SelfTest;

/// <summary>A paper is printed and cut that says what it is.</summary>
internal sealed class PrinterStep(DeviceId device, TicketPrinting printing, Findings findings) : ISelfTestStep
{
    // Every Begin waits for its own paper: an answer to an earlier one says nothing about now.
    private Answer? asked;

    public string Device => device.Value;

    public string Saying => "Máy in đang in một phiếu thử.";

    public bool IsSpoken => true;

    public TimeSpan Limit => TimeSpan.FromSeconds(15);

    public SelfTestResult AtLimit => findings.Fault(Device) ?? Findings.Failed("device.not-answering");

    public void Begin()
    {
        var answer = asked = new Answer();
        printing.Try(Limit, why => answer.Is(why));
    }

    public SelfTestResult? Look(TimeSpan tried) => asked switch
    {
        { Came: false } or null => null,
        { Why: { } why } => findings.Fault(Device) ?? Findings.Failed(why.Value),
        _ => Findings.Ok("Đã in một phiếu thử. Nếu chữ mờ hoặc giấy chưa cắt, xem mục máy in trong hướng dẫn."),
    };

    public void End()
    {
        // A paper that comes later is a trial still.
    }

    private sealed class Answer
    {
        private volatile bool came;

        public bool Came => came;

        public FaultCode? Why { get; private set; }

        public void Is(FaultCode? why)
        {
            Why = why;
            came = true;
        }
    }
}
