using System.Text;
using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class PressFieldsTests
{
    [Theory]
    [InlineData("press: next 1", PressAction.Next, PressAction.None, null)]
    [InlineData("press: next 1, hold: help quay-1", PressAction.Next, PressAction.Help, 1200)]
    [InlineData("hold: open-day", PressAction.None, PressAction.OpenDay, 1200)]
    [InlineData("hold: ticket chung-thuc, hold-ms: 3000", PressAction.None, PressAction.Ticket, 3000)]
    public void A_button_has_a_press_a_hold_or_both(string fields, PressAction press, PressAction hold, int? afterMs)
    {
        var button = Parse(fields).Buttons[1];
        Assert.Equal((press, hold, afterMs), (button.Press.Action, button.Hold.Action, (int?)button.HoldAfter?.TotalMilliseconds));
    }

    [Theory]
    [InlineData("press: open-day", "devices.buttons[1].press", "hold: open-day")]
    [InlineData("lamp: 9", "devices.buttons[1].press", "ticket")]
    [InlineData("press: next 1, hold: next 7", "devices.buttons[1].hold", "quầy có trong tệp")]
    [InlineData("press: next 1, hold-ms: 900", "devices.buttons[1].hold-ms", "cùng với hold")]
    [InlineData("hold: open-day, hold-ms: 100", "devices.buttons[1].hold-ms", "500–10000")]
    public void What_is_wrong_is_told_where_it_stands_and_with_what_to_write(string fields, string path, string expected)
    {
        var error = Assert.Single(Assert.Throws<ConfigurationException>(() => Parse(fields)).Errors);
        Assert.Equal(path, error.Path);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("press: ticket chung-thuc, hold: ticket chung-thuc en", "gọi cả bằng tiếng Anh")]
    [InlineData("press: ticket chung-thuc, hold: ticket ho-tich en", "Hộ tịch (gọi cả bằng tiếng Anh)")]
    [InlineData("press: next 1, hold: self-test", "Tự kiểm tra thiết bị")]
    public void What_holding_a_button_does_is_told_without_saying_the_service_twice(string fields, string label)
    {
        var options = Parse(fields);
        Assert.Equal(label, PressLabel.OfHold(options, options.Buttons[1]));
    }

    [Fact]
    public void More_buttons_than_their_counts_fit_into_one_event_are_refused()
    {
        var more = string.Concat(Enumerable.Range(0, 96).Select(i => $"    - {{ id: them-{i}, line: {i % 54}, press: next 1 }}\n"));
        var yaml = TestCentre.Yaml.Replace("  buttons:\n", $"  buttons:\n{more}", StringComparison.Ordinal);
        var errors = Assert.Throws<ConfigurationException>(() => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(yaml))).Errors;
        Assert.Contains(errors, error => error is { Path: "devices.buttons", Expected: "nhiều nhất 96 mục" });
    }

    private static CentreOptions Parse(string fields) =>
        CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(TestCentre.Yaml.Replace("press: next 1", fields, StringComparison.Ordinal)));
}
