using System.Text;
using MotCua.Edge.Assembly.Tests;
using Xunit;

namespace MotCua.Edge.Configuration.Tests;

public sealed class TvSectionTests
{
    [Fact]
    public void A_TV_has_a_name_and_a_code_and_everything_else_has_a_default()
    {
        var tvs = Parse("{ id: tv-sanh, code: a1b2c3 }", "{ id: tv-hai, code: \"123456\", sound: calls, camera-notice: no }").Tvs;
        Assert.Equal([new TvOptions(new("tv-sanh"), "a1b2c3"), new TvOptions(new("tv-hai"), "123456", TvSound.Calls, CameraNotice: false)], tvs);
        Assert.Equal((TvSound.Backup, true), (tvs[0].Sound, tvs[0].CameraNotice));
        Assert.Equal(TvSound.None, Assert.Single(Parse("{ id: tv-sanh, code: a1b2c3, sound: none }").Tvs).Sound);
    }

    [Theory]
    [InlineData("{ id: tv-sanh }", "code: có «(thiếu)»")]
    [InlineData("{ id: tv-sanh, code: a1b2c }", "mã ghép TV")]
    [InlineData("{ id: tv-sanh, code: a1b2c3d4e5f6g }", "mã ghép TV")]
    [InlineData("{ id: tv-sanh, code: A1B2C3 }", "mã ghép TV")]
    [InlineData("{ id: tv-sanh, code: \"../../..\" }", "mã ghép TV")]
    [InlineData("{ id: tv-sanh, code: a1b2c3, sound: loud }", "backup, calls hoặc none")]
    [InlineData("{ id: tv-sanh, code: a1b2c3, camera-notice: maybe }", "yes hoặc no")]
    [InlineData("{ id: tv-sanh, code: a1b2c3, size: 43 }", "có «size»")]
    [InlineData("{ id: hall-lcd, code: a1b2c3 }", "tên thiết bị không trùng nhau")]
    [InlineData("{ id: speaker, code: a1b2c3 }", "tên thiết bị")]
    public void What_is_wrong_is_told(string tv, string expected)
    {
        var error = Assert.Throws<ConfigurationException>(() => Parse(tv));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_TVs_with_one_code_could_answer_for_each_other()
    {
        var error = Assert.Throws<ConfigurationException>(() => Parse("{ id: tv-mot, code: a1b2c3 }", "{ id: tv-hai, code: a1b2c3 }"));
        Assert.Contains("mã TV không trùng nhau", Assert.Single(error.Errors).Expected, StringComparison.Ordinal);
    }

    private static CentreOptions Parse(params string[] tvs) => CentreFile.Parse("centre.yaml", Encoding.UTF8.GetBytes(TvBench.Yaml(tvs)));
}
