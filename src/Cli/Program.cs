using GrpcDcr.Cli;

return await CommandLine.RunAsync(args);
