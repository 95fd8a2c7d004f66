package joins

import "sync"

// ok: each receive is followed by a Done, so the wait ends when all have sent, and when the last was stored.
func collected(urls []string, fetch func(string) string) map[string]int {
	results := make(chan string)
	var pending sync.WaitGroup
	for _, url := range urls {
		pending.Add(1)
		go func() {
			text := fetch(url)
			results <- text
		}()
	}
	seen := map[string]int{}
	finished := make(chan struct{})
	go func() {
		pending.Wait()
		close(results)
		println(len(seen))
		close(finished)
	}()
	go func() {
		for text := range results {
			for i := range len(text) {
				seen[text[i:]]++
			}
			pending.Done()
		}
	}()
	<-finished
	return seen
}

// One way leads around the Done: what was stored on it nobody waits for.
func collectedInPart(urls []string, fetch func(string) string) int {
	results := make(chan string)
	var pending sync.WaitGroup
	for _, url := range urls {
		pending.Add(1)
		go func() {
			results <- fetch(url)
			results <- ""
		}()
	}
	seen := map[string]int{}
	go func() {
		for text := range results {
			seen[text]++ // want `seen\[text\] is written here while`
			if text == "" {
				continue
			}
			pending.Done()
		}
	}()
	pending.Wait()
	return len(seen)
}

// The Done comes first: the last text is stored when nobody waits any more.
func doneBeforeStored(urls []string, fetch func(string) string) int {
	results := make(chan string)
	var pending sync.WaitGroup
	for _, url := range urls {
		pending.Add(1)
		go func() {
			results <- fetch(url)
		}()
	}
	seen := map[string]int{}
	go func() {
		for text := range results {
			pending.Done()
			seen[text]++ // want `seen\[text\] is written here while`
		}
	}()
	pending.Wait()
	return len(seen)
}

// What is sent last has no Done: a goroutine may send it when the channel is closed.
func closedTooEarly(urls []string, fetch func(string) string) {
	results := make(chan string, len(urls))
	quick := make(chan string, len(urls))
	var pending sync.WaitGroup
	for _, url := range urls {
		pending.Add(1)
		go func() {
			quick <- url
			results <- fetch(url)
		}()
	}
	go func() {
		pending.Wait()
		close(results) // want `close\(results\) is written here while`
	}()
	go func() {
		for url := range quick {
			println(url)
			pending.Done()
		}
	}()
	for text := range results {
		println(text)
	}
}

// ok: all is counted at once, and each round ends with the start of a goroutine that comes to a Done.
func startedEach(n int, send func(string)) []string {
	var pending sync.WaitGroup
	pending.Add(n)
	var sent []string
	go func() {
		for range n {
			text := "text"
			sent = append(sent, text)
			go func() {
				send(text)
				pending.Done()
			}()
		}
	}()
	pending.Wait()
	return sent
}

// What is noted behind the start of the last goroutine nobody waits for.
func startedBeforeNoted(n int, send func(string)) []string {
	var pending sync.WaitGroup
	pending.Add(n)
	var sent []string
	go func() {
		for range n {
			text := "text"
			go func() {
				send(text)
				pending.Done()
			}()
			sent = append(sent, text) // want `sent is written here while`
		}
	}()
	pending.Wait()
	return sent
}

// The goroutine may end without a Done.
func startedWithoutDone(n int, send func(string) error) []string {
	var pending sync.WaitGroup
	pending.Add(n)
	var sent []string
	go func() {
		for range 2 * n {
			text := "text"
			sent = append(sent, text) // want `sent is written here while`
			go func() {
				if send(text) != nil {
					return
				}
				pending.Done()
			}()
		}
	}()
	pending.Wait()
	return sent
}

// ok: each call has a counter of its own, and its wait ends before the next call adds.
func startedInCalls(rounds, n int, send func(string)) {
	for range rounds {
		startedOnce(n, send)
	}
}

func startedOnce(n int, send func(string)) {
	pending := sync.WaitGroup{}
	pending.Add(n)
	var sent []string
	go func() {
		for range n {
			sent = append(sent, "text")
			go func() {
				send("text")
				pending.Done()
			}()
		}
	}()
	pending.Wait()
	println(len(sent))
}
