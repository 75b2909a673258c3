using System.Text.Json;
using MotCua.CloudBridge.Alerts;
using MotCua.Protocols.Faults;
using Xunit;

namespace MotCua.CloudBridge.Tests.Alerts;

public sealed class RuleTests
{
    [Fact]
    public void The_rules_that_come_with_the_program_are_right_and_survive_being_written()
    {
        Assert.Empty(RuleCheck.Problems(AlertRules.Default));
        Assert.Equal(AlertRules.Default.ToJson(), AlertRules.Parse(AlertRules.Default.ToJson()).ToJson());
    }

    [Fact]
    public void Every_declared_fault_has_a_title_and_says_what_to_do_and_whom_it_hurts() =>
        Assert.All(FaultCatalogue.All.Concat(ProvinceFaults.All), fault =>
        {
            var root = new RootKey(RootKind.Fault, "viet-tri", "x", fault.Code);
            Assert.All([AlertWords.Title(root), AlertWords.WhatToDo(root), AlertWords.Harm(root, null)], words => Assert.True(words.Length > 5, fault.Code));
        });

    [Fact]
    public void All_mistakes_are_said_at_once()
    {
        var wrong = AlertRules.Default with
        {
            Faults = [new("no.such", DependsOn: "neither.this"), new("tv.away", "loud"), new("tv.away", HoldSeconds: -1), new("neighbour.router-silent", DependsOn: "neighbour.portal-silent")],
            Hold = AlertRules.Default.Hold with { ClearSeconds = 0, FlapCount = 99 },
            Limits = AlertRules.Default.Limits with { HotC = double.NaN },
            Steps = [new EscalationStep(-1, "warning", false, []), new EscalationStep(0, "notice", false, ["a\nb"])],
            Calendar = AlertRules.Default.Calendar with { Weekly = [new(9, new(8, 0), new(7, 0)), new(1, new(8, 0), new(10, 0)), new(1, new(9, 0), new(11, 0))] },
        };
        string[] words = ["no.such", "neither.this", "mức là", "nhiều dòng", "holdSeconds", "vòng tròn", "clearSeconds", "flapCount", "hotC", "bước 1", "bước 2", "day từ 1", "phải trước", "chồng"];
        var said = string.Join('\n', RuleCheck.Problems(wrong));
        Assert.All(words, word => Assert.Contains(word, said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"faults":[null],"hold":null}""")]
    [InlineData("""{"more":1}""")]
    public void What_is_no_set_of_rules_is_refused(string json) => Assert.Throws<JsonException>(() => AlertRules.Parse(json));

    [Fact]
    public void A_list_that_holds_nothing_is_refused()
    {
        var json = AlertRules.Default.ToJson();
        Assert.Throws<JsonException>(() => AlertRules.Parse(json.Replace("\"faults\":[", "\"faults\":[null,", StringComparison.Ordinal)));
        Assert.Throws<JsonException>(() => AlertRules.Parse(json.Replace("\"channels\":[", "\"channels\":[null,", StringComparison.Ordinal)));
    }
}
