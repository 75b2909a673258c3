using System.Text.Json.Serialization;
using MotCua.CloudBridge.Fleet;

namespace MotCua.CloudBridge.Tests;

[JsonSerializable(typeof(CentreDetail))]
internal sealed partial class TestJson : JsonSerializerContext;
