// Package cli is marsad's command line. It is the only place that joins the adapters: which store, which carriers, which pages.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"

	"marsad/entity"
	"marsad/wire"

	"github.com/alecthomas/kong"
)

// Version of the program.
const Version = "0.1.0"

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// commands is the whole command line.
type commands struct {
	Data       string        `help:"The desk's data folder." env:"MARSAD_DATA_DIR" type:"path" placeholder:"DIR"`
	Serve      serveCmd      `cmd:"" default:"withargs" help:"Run the desk and its pages; the demo where there is no desk yet."`
	Read       readCmd       `cmd:"" help:"Take pages apart: text, what was removed, names, dates, quotes, claims."`
	Stories    storiesCmd    `cmd:"" help:"Find the stories in pages or texts: who was first, who copied, who translated."`
	Add        addCmd        `cmd:"" help:"Add sources."`
	Sources    sourcesCmd    `cmd:"" help:"List the sources and how they fare."`
	Search     searchCmd     `cmd:"" help:"Search the archive."`
	Watch      watchCmd      `cmd:"" help:"Make, list and try watches."`
	Names      namesCmd      `cmd:"" help:"Find names among a list of names, across scripts."`
	Export     exportCmd     `cmd:"" help:"Print the archive, one record a line."`
	Backup     backupCmd     `cmd:"" help:"Copy the desk to a new file while it runs."`
	Reprocess  reprocessCmd  `cmd:"" help:"Read the archive again with the present rules."`
	Restore    restoreCmd    `cmd:"" help:"Put a backup in the desk's place."`
	Lists      listsCmd      `cmd:"" help:"Look after public lists."`
	Mail       mailCmd       `cmd:"" help:"Sign mail, read what comes back, keep the pace."`
	Account    accountCmd    `cmd:"" help:"Look after accounts, also where nobody can sign in any more."`
	Doctor     doctorCmd     `cmd:"" help:"Look at the desk and say what is wrong."`
	MCP        mcpCmd        `cmd:"" name:"mcp" help:"Answer a language model over standard input and output."`
	Completion completionCmd `cmd:"" help:"Print a completion script for the shell."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

const about = `A self-hosted desk for watching the world's news.

Without a command it runs the desk, or the demo where there is none yet. Commands may be used beside a desk that runs, unless their help
says otherwise. --json gives one object a line, as the API does. The exit code is 0 when done, 1 when something failed, 2 when called wrongly.`

// asked reads what people type everywhere for help and for the version.
func asked(args []string) []string {
	if len(args) == 0 {
		return args
	}
	switch args[0] {
	case "help":
		return append(slices.Clone(args[1:]), "--help")
	case "--version", "-v":
		return append([]string{"version"}, args[1:]...)
	}
	return args
}

// errSilent ends a command whose output already says what went wrong.
var errSilent = errors.New("")

// usageError is a mistake in how the command was called.
type usageError struct{ error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// runtimeEnv is what commands work with.
type runtimeEnv struct {
	ctx    context.Context
	data   string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	color  bool
	known  func() (*entity.Names, error)
	dns    *net.Resolver // nil: the system's
}

// Main runs the command line and gives the exit code: 0 done, 1 failed, 2 called wrongly.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var c commands
	code := -1
	parser, err := kong.New(&c, kong.Name("marsad"), kong.Description(about),
		kong.Writers(stdout, stderr), kong.Exit(func(n int) { code = n }), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		panic(err) // the struct above is wrong
	}
	k, err := parser.Parse(asked(args))
	if code >= 0 { // help was asked for
		return code
	}
	if err != nil {
		fmt.Fprintf(stderr, "marsad: %v%s\n", err, seeHelp(err))
		return exitUsage
	}
	rt := &runtimeEnv{ctx: context.Background(), data: c.Data, stdin: stdin, stdout: stdout, stderr: stderr, color: colored(stdout)}
	rt.once()
	return rt.report(k.Run(rt, parser))
}

// seeHelp says where a mistake in the command line is explained.
func seeHelp(err error) string {
	var at *kong.ParseError
	if errors.As(err, &at) && at.Context != nil {
		if node := at.Context.Selected(); node != nil && node.Name != "serve" { // serve is what no command at all means
			return "; see marsad " + node.FullPath()[len("marsad "):] + " --help"
		}
	}
	return "; see marsad --help"
}

func (rt *runtimeEnv) report(err error) int {
	var u usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errSilent):
		return exitFailed
	case errors.As(err, &u):
		fmt.Fprintf(rt.stderr, "marsad: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(rt.stderr, "marsad: %v%s\n", err, hint(err))
	return exitFailed
}

// colored tells whether a person looks on who has not asked for plain output (no-color.org).
func colored(w io.Writer) bool {
	return terminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

type versionCmd struct {
	JSON bool `help:"Print one JSON object."`
}

func (c versionCmd) Run(rt *runtimeEnv) error {
	return rt.print(c.JSON, wire.Program{Version: Version, Record: wire.Version}, func(w io.Writer) error {
		_, err := fmt.Fprintln(w, "marsad", Version)
		return err
	})
}
