using System.Runtime.Versioning;

// The boxes are Linux; permissions of their files are asked for.
[assembly: SupportedOSPlatform("linux")]
