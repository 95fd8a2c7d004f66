//go:build !go1.22

package main

const constrainedFile = "for older versions"
