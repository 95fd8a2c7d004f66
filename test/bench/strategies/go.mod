module example.com/strategies

go 1.23
