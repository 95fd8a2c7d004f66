package bounds

// What many pointers lead to is not told apart from what is beside it, and nothing is said of it.
type link struct {
	next  *link
	count int
	name  string
}

// ok: another field, far away.
func far(first *link) string {
	go func() {
		first.next.next.next.next.next.next.next.count = 1
	}()
	return first.next.next.next.next.next.next.next.name
}

func near(first *link) int {
	go func() {
		first.next.next.count = 1 // want `first\.next\.next\.count is written here`
	}()
	return first.next.next.count
}
