using System.Collections.Immutable;
using MotCua.Edge.Devices.Cameras.Judging;
using MotCua.Edge.Devices.Health;

namespace MotCua.Edge.Devices.Cameras;

/// <summary>What is known of one role of a camera now.</summary>
/// <param name="Report">What is believed; null before anything is.</param>
/// <param name="Sight">Of its stream.</param>
public sealed record RoleStatus(StreamRoles Role, DeviceReport? Report, StreamSight Sight);

/// <summary>What is known of a camera now. Any thread may hold it.</summary>
/// <param name="Measures">Of the newest picture; null before the second one.</param>
/// <param name="KnowsScene">Enough was seen to tell a covered or turned camera.</param>
/// <param name="PictureAge">Null before the first picture.</param>
public sealed record CameraStatus(Camera Camera, ImmutableArray<RoleStatus> Roles, PictureMeasures? Measures, bool KnowsScene, Occupancy Occupancy, TimeSpan? PictureAge);
