package count

import "sync/atomic"

type Counter int64

func (c *Counter) Inc() { atomic.AddInt64((*int64)(c), 1) }

func (c *Counter) Value() int64 { return atomic.LoadInt64((*int64)(c)) }

type Plain int64

func (p *Plain) Inc() { *p++ }
