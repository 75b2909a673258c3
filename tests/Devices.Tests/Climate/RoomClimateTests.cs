using MotCua.Edge.Devices.Climate;
using MotCua.Edge.Devices.Health;
using MotCua.Testing;
using Xunit;

namespace MotCua.Devices.Tests.Climate;

public sealed class RoomClimateTests : IDisposable
{
    private readonly ManualTime time = new();
    private readonly RecordedReports reports = new();
    private readonly Scripted sensor = new();
    private readonly RoomClimate climate;

    public RoomClimateTests() => climate = new RoomClimate(new DeviceId("phong-cho"), sensor, time, reports);

    [Fact]
    public async Task It_measures_at_once_and_then_every_half_minute()
    {
        await Run(61);
        Assert.Equal(3, sensor.Measurements);
        Assert.Equal(new ClimateReading(28.5, 65), climate.Latest);
        Assert.Equal(["Ready"], reports.Of("phong-cho"));
    }

    [Fact]
    public async Task A_sensor_that_does_not_answer_is_told_once_its_reading_holds_two_minutes_and_it_comes_back()
    {
        await Run(1);
        sensor.Failure = new IOException("i2c-1, address 0x44: Remote I/O error.");
        await Run(119);
        Assert.NotNull(climate.Latest);
        await Run(3);
        Assert.Null(climate.Latest);
        Assert.Equal(["Ready", "Failed device.not-answering"], reports.Of("phong-cho"));
        Assert.Equal("i2c-1, address 0x44: Remote I/O error.", reports.All[^1].Detail);
        sensor.Failure = null;
        await Run(31);
        Assert.NotNull(climate.Latest);
        Assert.Equal("Ready", reports.Of("phong-cho")[^1]);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_is_a_fault_of_its_own()
    {
        sensor.Failure = new InvalidDataException("The checksum is wrong.");
        await Run(1);
        Assert.Equal(["Failed climate.bad-reading"], reports.Of("phong-cho"));
        sensor.Failure = new IOException(new string('x', 500));
        await Run(5);
        Assert.Equal("Failed device.not-answering", reports.Of("phong-cho")[^1]);
        Assert.Equal(200, reports.All[^1].Detail!.Length);
        Assert.Null(climate.Latest);
    }

    [Fact]
    public async Task A_sensor_that_is_away_is_asked_less_and_less_but_at_least_every_half_minute()
    {
        sensor.Failure = new IOException("gone");
        await Run(600);
        Assert.InRange(sensor.Measurements, 20, 26);
    }

    [Theory]
    [InlineData(-41, 50)]
    [InlineData(86, 50)]
    [InlineData(25, -1)]
    [InlineData(25, 101)]
    [InlineData(double.NaN, 50)]
    [InlineData(25, double.NaN)]
    public void No_room_is_like_that(double temperature, double humidity) => Assert.Throws<InvalidDataException>(() => new ClimateReading(temperature, humidity));

    public void Dispose() => climate.Dispose();

    private async Task Run(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await climate.StepAsync(TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class Scripted : IClimateSensor
    {
        public Exception? Failure { get; set; }

        public int Measurements { get; private set; }

        public ClimateReading Measure()
        {
            Measurements++;
            return Failure is null ? new ClimateReading(28.5, 65) : throw Failure;
        }

        public void Dispose()
        {
        }
    }
}
