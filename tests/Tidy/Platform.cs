using System.Runtime.Versioning;

// The scripts are bash, the boxes are Linux.
[assembly: SupportedOSPlatform("linux")]
