namespace MotCua.Edge.Devices.Speech;

/// <summary>The sentences that citizens hear.</summary>
/// <remarks>Tickets are given as printed ("A105"), see <see cref="TicketWords.Say"/> for their shape; counters are 1 to 99.</remarks>
public sealed class CallText(SpokenStyle style = default)
{
    public string Call(string ticket, int counter) => $"Mời {Invitation(ticket, counter)}";

    public string Repeat(string ticket, int counter) => $"Xin nhắc lại, mời {Invitation(ticket, counter)}";

    public string Missed(string ticket) =>
        $"Công dân có số thứ tự {TicketWords.Say(ticket, style)}, đã lỡ lượt, vui lòng đến bàn hướng dẫn.";

    /// <summary>Replaces the paper: the citizen keeps the number in mind.</summary>
    public string NoPaper(string ticket) =>
        $"Máy hết giấy. Số của quý vị là {TicketWords.Say(ticket, style)}. Vui lòng ghi nhớ.";

    private string Invitation(string ticket, int counter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(counter, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counter, 99);
        return $"công dân có số thứ tự {TicketWords.Say(ticket, style)}, đến quầy số {VietnameseNumbers.Say(counter, style.Dialect)}.";
    }
}
