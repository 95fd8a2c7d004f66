package globals

import (
	"sync"
	"sync/atomic"
)

var (
	encoding uint32
	level    uint32
	mu       sync.Mutex
	count    int64
	limit    uint32 = 3
	flags    uint32
)

func init() {
	// ok: nobody else runs yet.
	encoding = 1
	setUp()
	atomic.StoreUint32(&limit, 4)
}

// ok: only init calls it.
func setUp() { level = 2 }

// SetEncoding may be called while others write.
func SetEncoding(to uint32) { atomic.StoreUint32(&encoding, to) }

func SetLevel(to uint32) { atomic.StoreUint32(&level, to) }

func Write(text string) int {
	if encoding == 1 { // want `encoding is read here without atomic`
		return len(text)
	}
	return output(text)
}

func output(text string) int {
	switch level { // want `level is read here without atomic`
	case 0:
		return 0
	}
	return len(text)
}

// ok: atomic on both sides.
func Level() uint32 { return atomic.LoadUint32(&level) }

func Add() {
	mu.Lock()
	defer mu.Unlock()
	atomic.AddInt64(&count, 1)
}

// ok: both hold the lock.
func Count() int64 {
	mu.Lock()
	defer mu.Unlock()
	return count
}

// ok: only init stores it.
func Limit() uint32 { return limit }

func Set(bit uint32) { atomic.StoreUint32(&flags, bit) }

func Clear() {
	flags = 0 // want `flags is written here without atomic`
}
