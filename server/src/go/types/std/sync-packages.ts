// What golang.org/x/sync declares, for modules whose copy of it cannot be read: not downloaded yet, or on the web. Its packages
// start tasks and wait for them, so much depends on knowing them. The declarations have not changed since errgroup got SetLimit.

/** Go source without function bodies, by import path. */
export const syncPackages: ReadonlyMap<string, string> = new Map([
  [
    'golang.org/x/sync/errgroup',
    `package errgroup
import "context"
type Group struct{ unread int }
func WithContext(ctx context.Context) (*Group, context.Context)
func (g *Group) Go(f func() error)
func (g *Group) SetLimit(n int)
func (g *Group) TryGo(f func() error) bool
func (g *Group) Wait() error
`,
  ],
  [
    'golang.org/x/sync/semaphore',
    `package semaphore
import "context"
type Weighted struct{ unread int }
func NewWeighted(n int64) *Weighted
func (s *Weighted) Acquire(ctx context.Context, n int64) error
func (s *Weighted) Release(n int64)
func (s *Weighted) TryAcquire(n int64) bool
`,
  ],
  [
    'golang.org/x/sync/singleflight',
    `package singleflight
type Group struct{ unread int }
type Result struct { Val any; Err error; Shared bool }
func (g *Group) Do(key string, fn func() (any, error)) (v any, err error, shared bool)
func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result
func (g *Group) Forget(key string)
`,
  ],
  [
    'golang.org/x/sync/syncmap',
    `package syncmap
import "sync"
type Map = sync.Map
`,
  ],
]);
