// Package report sums deliveries for the daily mail.
package report

// Totals adds up deliveries per customer.
func Totals(deliveries []Delivery, totals map[string]int) {
	if len(deliveries) == 0 {
		totals = make(map[string]int)
		return
	}
	for _, d := range deliveries {
		totals[d.Customer] += d.Pieces
	}
}

// Delivery is one parcel.
type Delivery struct {
	Customer string
	Pieces   int
}

// Expand adds an entry for the parent of every customer.
func Expand(totals map[string]int, parent func(string) string) {
	for customer, pieces := range totals {
		totals[parent(customer)] += pieces
	}
}

// Merge moves all entries of from into a new map.
func Merge(from map[string]int) map[string]int {
	merged := make(map[string]int)
	for k := range from {
		delete(merged, k)
	}
	return merged
}

// Replay fills the same index once for every day.
func Replay(days int, articles []string) int {
	index := make(map[string]int, 50_000)
	distinct := 0
	for day := 0; day < days; day++ {
		index = make(map[string]int)
		for i, a := range articles {
			index[a] = i
		}
		distinct += len(index)
	}
	return distinct
}
