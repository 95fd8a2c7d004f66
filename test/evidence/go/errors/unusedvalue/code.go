package unusedvalue

func empty(data map[string]int) {
	for k, v := range data {
		delete(data, k)
	}
}
