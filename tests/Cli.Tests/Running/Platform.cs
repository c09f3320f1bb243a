using System.Runtime.Versioning;

// The tests look at the modes of files.
[assembly: UnsupportedOSPlatform("windows")]
