using MotCua.Edge.Devices.Speech.Languages;
using MotCua.Edge.Queue;

namespace MotCua.Edge.Configuration;

/// <summary>What a button asks for.</summary>
public enum PressAction
{
    /// <summary>Nothing: a button that has only the other of press and hold.</summary>
    None,

    Ticket,
    Next,
    Recall,
    Done,
    Serve,
    Missed,

    /// <summary>Of a self-service counter's own button.</summary>
    Free,

    Help,

    /// <summary>Opens the next day while the clock is not trusted, or a closed one again.</summary>
    OpenDay,

    /// <summary>Walks all devices.</summary>
    SelfTest,
}

/// <summary>A button's word in <c>centre.yaml</c>: <c>ticket chung-thuc</c>, <c>ticket chung-thuc nguoi-cao-tuoi</c>, <c>ticket chung-thuc mtq</c>, <c>next 3</c>, <c>help sanh</c>, <c>open-day</c>, <c>self-test</c>.</summary>
/// <param name="Service">For <see cref="PressAction.Ticket"/>.</param>
/// <param name="Priority">For a ticket button of a priority group; null for everyone else's.</param>
/// <param name="Language">For a ticket button of people who are called in a language of their own as well. A group with the same code as a language goes before it.</param>
/// <param name="Counter">For the keys of a counter.</param>
/// <param name="Place">For <see cref="PressAction.Help"/>.</param>
public readonly record struct PressSpec(PressAction Action, ServiceCode? Service = null, PriorityCode? Priority = null, CounterId? Counter = null, HelpPlace? Place = null, LanguageCode? Language = null)
{
    public const string Expected = "«ticket mã-lĩnh-vực», «ticket mã-lĩnh-vực mã-nhóm-ưu-tiên», «ticket mã-lĩnh-vực [mã-nhóm-ưu-tiên] mã-tiếng» (vi, en, mtq), «next|recall|done|serve|missed|free số-quầy», «help nơi», «open-day» hoặc «self-test»";

    /// <exception cref="FormatException">Not such a word, or a service, group or counter that the file does not have.</exception>
    public static PressSpec Parse(string text, IReadOnlySet<ServiceCode> services, IReadOnlySet<PriorityCode> groups, IReadOnlySet<CounterId> counters)
    {
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["ticket", var service] => new(PressAction.Ticket, Known(services, new ServiceCode(service))),
            ["ticket", var service, var word] when SpokenLanguages.Parse(word) is { } language && !groups.Contains(new PriorityCode(word)) =>
                new(PressAction.Ticket, Known(services, new ServiceCode(service)), Language: language),
            ["ticket", var service, var group, var word] when SpokenLanguages.Parse(word) is { } language =>
                new(PressAction.Ticket, Known(services, new ServiceCode(service)), Known(groups, new PriorityCode(group)), Language: language),
            ["ticket", var service, var group] => new(PressAction.Ticket, Known(services, new ServiceCode(service)), Known(groups, new PriorityCode(group))),
            ["next", var number] => Key(PressAction.Next, number),
            ["recall", var number] => Key(PressAction.Recall, number),
            ["done", var number] => Key(PressAction.Done, number),
            ["serve", var number] => Key(PressAction.Serve, number),
            ["missed", var number] => Key(PressAction.Missed, number),
            ["free", var number] => Key(PressAction.Free, number),
            ["help", var place] => new(PressAction.Help, Place: new HelpPlace(place)),
            ["open-day"] => new(PressAction.OpenDay),
            ["self-test"] => new(PressAction.SelfTest),
            _ => throw new FormatException(),
        };

        PressSpec Key(PressAction action, string number) => new(action, Counter: Known(counters, new CounterId(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))));

        static T Known<T>(IReadOnlySet<T> all, T one) => all.Contains(one) ? one : throw new FormatException();
    }
}
