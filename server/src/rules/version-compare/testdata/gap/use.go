package fixture

func run() { reset(map[string]int{}) }
