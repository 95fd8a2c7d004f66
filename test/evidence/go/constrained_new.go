//go:build go1.22

package main

const constrainedFile = "for go1.22 and newer"
