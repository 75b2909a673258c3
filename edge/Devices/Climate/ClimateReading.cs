namespace MotCua.Edge.Devices.Climate;

/// <summary>The air of a room.</summary>
public readonly record struct ClimateReading
{
    /// <param name="temperatureC">Degrees Celsius, −40 to 85: outside of it no box and no person is.</param>
    /// <param name="humidityPercent">Relative humidity, 0 to 100.</param>
    /// <exception cref="InvalidDataException">No room is like that.</exception>
    public ClimateReading(double temperatureC, double humidityPercent)
    {
        // Written so that NaN is refused too.
        if (!(temperatureC is >= -40 and <= 85 && humidityPercent is >= 0 and <= 100))
        {
            throw new InvalidDataException($"No room has {temperatureC:0.0} °C and {humidityPercent:0.0} % of humidity.");
        }

        (TemperatureC, HumidityPercent) = (temperatureC, humidityPercent);
    }

    public double TemperatureC { get; }

    public double HumidityPercent { get; }
}
