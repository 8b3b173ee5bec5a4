//go:build race

package desk_test

// The race detector slows the children down tenfold and sees nothing that passes between processes.
func init() { killsARound = 5 }
