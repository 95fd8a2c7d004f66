package main

import (
	"os"
	"path/filepath"
)

func init() {
	programs["version-strings"] = func() {
		for _, version := range []string{"go1.9.7", "go1.21.0", "go1.100", "devel go1.25-0123456"} {
			print(version+" >= go1.21", version >= "go1.21")
		}
	}

	programs["build-constraints"] = func() { print("file", constrainedFile) }

	programs["remove-all"] = func() {
		root, err := os.MkdirTemp("", "evidence")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(root)
		target := filepath.Join(root, "target")
		tree := filepath.Join(root, "tree")
		must(os.MkdirAll(filepath.Join(tree, "inner"), 0o755))
		must(os.MkdirAll(target, 0o755))
		must(os.WriteFile(filepath.Join(target, "kept"), nil, 0o644))
		must(os.Symlink(target, filepath.Join(tree, "link")))
		must(os.Symlink(tree, filepath.Join(tree, "inner", "cycle")))
		print("error", os.RemoveAll(tree))
		_, err = os.Stat(filepath.Join(target, "kept"))
		print("target kept", err == nil)
		print("missing path", os.RemoveAll(filepath.Join(root, "missing")))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
