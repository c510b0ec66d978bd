// Command alloysyntax reads Grafana Alloy configurations and says where they are not well formed.
// It knows the language, not Alloy's components: names of blocks and attributes are not checked.
package main

import (
	"fmt"
	"os"

	"github.com/grafana/alloy/syntax/parser"
)

func main() {
	failed := false
	for _, name := range os.Args[1:] {
		text, err := os.ReadFile(name)
		if err == nil {
			_, err = parser.ParseFile(name, text)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}
