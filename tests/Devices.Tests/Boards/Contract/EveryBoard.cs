using MotCua.Edge.Devices.Boards.Hd44780;

namespace MotCua.Devices.Tests.Boards.Contract;

public sealed class FoldedLcdContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new LcdRig(LcdVietnamese.Folded, strict);
}

public sealed class GlyphLcdContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new LcdRig(LcdVietnamese.Glyphs, strict);
}

public sealed class Max7219SignContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new Max7219Rig(strict);
}

public sealed class WideMatrixContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new MatrixRig(8, 1, strict);
}

public sealed class HallMatrixContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new MatrixRig(8, 3, strict);
}

public sealed class Ht16k33EightContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new Ht16k33Rig(8, strict);
}

public sealed class Ht16k33FourContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new Ht16k33Rig(4, strict);
}

public sealed class Tm1637FourContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new Tm1637Rig(4, strict);
}

public sealed class Tm1637SixContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new Tm1637Rig(6, strict);
}

public sealed class OledContract : BoardContract
{
    private protected override BoardRig Rig(bool strict = true) => new OledRig(strict);
}
