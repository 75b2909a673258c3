using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.SelfTest;

/// <summary>The lamp of a button lights for a second.</summary>
internal sealed class LampStep(DeviceId button, string label, Action<DeviceId> light, Findings findings) : ISelfTestStep
{
    private static readonly TimeSpan Lit = TimeSpan.FromSeconds(1.2);

    public string Device => button.Value;

    public string Saying => $"Đèn của nút «{label}» đang sáng.";

    // Ten lamps in ten seconds: the voice would still speak of the first.
    public bool IsSpoken => false;

    public TimeSpan Limit => TimeSpan.FromSeconds(3);

    public SelfTestResult AtLimit => Findings.Ok("Đã bật đèn. Nếu không thấy sáng, kiểm tra dây đèn.");

    public void Begin() => light(button);

    public SelfTestResult? Look(TimeSpan tried) => findings.Fault(Device) ?? (tried < Lit ? null : AtLimit);

    public void End()
    {
        // It goes out by itself.
    }
}

/// <summary>Somebody is asked to press a button while its lamp is lit. A press at a counter is the test's own and calls nobody; one that may be a citizen's does what it always does.</summary>
internal sealed class ButtonStep(DeviceId button, string label, PressAction action, SelfTestPresses presses, Action<DeviceId> light, Findings findings) : ISelfTestStep
{
    private static readonly TimeSpan Relight = TimeSpan.FromSeconds(0.9);
    private TimeSpan litAt;

    public string Device => button.Value;

    public string Saying => $"Hãy nhấn nút «{label}»." + action switch
    {
        PressAction.Ticket => " Nút sẽ phát một số thật.",
        PressAction.Help => " Nút sẽ gọi người hỗ trợ thật.",
        _ => "",
    };

    public bool IsSpoken => true;

    public TimeSpan Limit => TimeSpan.FromSeconds(8);

    public SelfTestResult AtLimit => Findings.NotTried("Chưa thử: không ai nhấn nút trong 8 giây. Nếu đã nhấn, kiểm tra dây nút.");

    public void Begin()
    {
        litAt = TimeSpan.Zero;
        presses.WaitFor(button);
        light(button);
    }

    public SelfTestResult? Look(TimeSpan tried)
    {
        if (presses.IsPressed)
        {
            return Findings.Ok("Nhấn nút được nhận." + action switch
            {
                PressAction.Ticket => " Số đã phát là số thật: nếu do người thử lấy, gọi số đó rồi bấm Xong.",
                PressAction.Help => " Yêu cầu hỗ trợ là thật: nếu do người thử gọi, báo đội hỗ trợ bỏ qua.",
                _ => "",
            });
        }

        if (tried - litAt >= Relight)
        {
            litAt = tried;
            light(button);
        }

        return findings.Of(Device) is { State: DeviceState.Failed } ? findings.Fault(Device) : null;
    }

    public void End() => presses.WaitFor(null);
}
