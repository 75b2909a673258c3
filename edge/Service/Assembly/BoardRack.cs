using MotCua.Edge.Configuration;
using MotCua.Edge.Devices.Boards;
using MotCua.Edge.Devices.Boards.Hd44780;
using MotCua.Edge.Devices.Boards.Ht16k33;
using MotCua.Edge.Devices.Boards.Max7219;
using MotCua.Edge.Devices.Boards.Ssd1306;
using MotCua.Edge.Devices.Boards.Tm1637;
using MotCua.Edge.Devices.Buses;
using MotCua.Edge.Loop;
using MotCua.Protocols.Events;

namespace MotCua.Edge.Assembly;

/// <summary>Makes the driver of each board that the file names; the same over real wires and simulated ones.</summary>
internal sealed class BoardRack(IHardware hardware, TimeProvider time, IClockTrust clock, BusTrouble trouble)
{
    public IBoard Make(BoardOptions board)
    {
        var light = board.Light with { IsTimeKnown = () => clock.Now() != ClockTrust.Unsynced };
        return board.Chip switch
        {
            BoardChip.Hd44780 => new Hd44780Board(board.Id, I2c(board), time, new Hd44780Options { Vietnamese = board.Letters, Blink = board.Blink }),
            BoardChip.Max7219 => new Max7219Board(board.Id, Spi(board), time, new Max7219Options { Light = light, Blink = board.Blink }),
            BoardChip.Max7219Matrix => new Max7219Matrix(
                board.Id, Spi(board), time, new MatrixOptions { Columns = board.Columns, Rows = board.Rows, Light = light, Blink = board.Blink }),
            BoardChip.Ht16k33 => new Ht16k33Board(board.Id, I2c(board), time, new Ht16k33Options { Digits = board.Digits, Light = light, Blink = board.Blink }),
            BoardChip.Tm1637 => new ToldTm1637(
                new Tm1637Board(
                    board.Id, hardware.Gpio, board.Address, board.DataLine, time,
                    new Tm1637Options { Digits = board.Digits, CrossWired = board.CrossWired, Light = light, Blink = board.Blink }),
                e => trouble.OfTwoWires(board, e)),
            BoardChip.Ssd1306 => new Ssd1306Board(board.Id, I2c(board), time, new Ssd1306Options { Turned = board.Turned, Light = light, Blink = board.Blink }),
            _ => throw new System.Diagnostics.UnreachableException(board.Chip.ToString()),
        };
    }

    private II2cDevice I2c(BoardOptions board) => hardware.I2c.Open(board.Address);

    private ISpiDevice Spi(BoardOptions board) => hardware.OpenSpi(board.Address);

    /// <summary>A TM1637 answers on lines, not on a bus, so that it does not answer is found by its driver and not by the hardware.</summary>
    private sealed class ToldTm1637(Tm1637Board board, Func<TwoWireException, IOException> explain) : IBoard, IDisposable
    {
        public Devices.Health.DeviceId Id => board.Id;

        public int CallRoom => board.CallRoom;

        public TimeSpan? Again => board.Again;

        public void Show(BoardView view, bool fromScratch)
        {
            try
            {
                board.Show(view, fromScratch);
            }
            catch (TwoWireException e)
            {
                throw explain(e);
            }
        }

        public void Dispose() => board.Dispose();
    }
}
