// Command marsad is a desk for watching the world's news. `marsad help` tells what it can do.
package main

import (
	"os"

	"marsad/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
