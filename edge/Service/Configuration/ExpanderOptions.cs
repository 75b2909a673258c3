using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Configuration;

/// <summary>Sixteen more lines on an MCP23017.</summary>
/// <param name="Address">I2C address, 0x20 to 0x27.</param>
/// <param name="Interrupt">GPIO line of the box that its INTA or INTB is wired to.</param>
public sealed record ExpanderOptions(DeviceId Id, int Address, int Interrupt)
{
    public const string Chip = "mcp23017";

    internal static ExpanderOptions Read(YamlField field, DeviceId id, WiringBook wiring)
    {
        field.Required("chip", Chip)?.Value(text => text == Chip ? text : throw new FormatException(), Chip);
        var expander = new ExpanderOptions(id, wiring.I2c(field, 0x20, 0x27, 0x20), wiring.BoxLine(field, "interrupt"));
        field.NothingElse();
        if (id != default)
        {
            wiring.Expanders.Add(id);
        }

        return expander;
    }
}
