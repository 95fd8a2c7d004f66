package header

import "unsafe"

type shape struct{ buckets, oldbuckets unsafe.Pointer }

func reuse(h *shape) {
	h.neverShrink = true
	_ = (*hmap)(unsafe.Pointer(&h))
	_ = hmapFlagIndirectKey | hmapFlagIndirectValue
}
