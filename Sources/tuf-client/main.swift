import ArgumentParser

ConformanceClient.main()
