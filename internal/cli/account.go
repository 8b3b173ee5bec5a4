package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"marsad/internal/auth"
	"marsad/internal/fault"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/wire"
)

// accountCmd looks after accounts for whoever can read the data folder: also where nobody can sign in any more.
type accountCmd struct {
	List   accountListCmd   `cmd:"" default:"withargs" help:"List the accounts."`
	Add    accountAddCmd    `cmd:"" help:"Make an account; its password is the first line of standard input."`
	Reset  accountResetCmd  `cmd:"" help:"Print a link by which somebody sets another password, once."`
	Role   accountRoleCmd   `cmd:"" help:"Give an account another role."`
	Token  accountTokenCmd  `cmd:"" help:"Print a new token for programs."`
	Remove accountRemoveCmd `cmd:"" help:"Take an account away with all that it did as a reader."`
}

// withKeeper opens the store and what looks after its accounts.
func (rt *runtimeEnv) withKeeper(f func(s *sqlite.Store, k *auth.Keeper) error) error {
	return rt.withStore(func(s *sqlite.Store) error { return f(s, auth.New(auth.Options{Store: s})) })
}

// ofAccount does something about an account by its name.
func (rt *runtimeEnv) ofAccount(name string, f func(s *sqlite.Store, k *auth.Keeper, a store.Account) error) error {
	return rt.withKeeper(func(s *sqlite.Store, k *auth.Keeper) error {
		a, err := s.Account(rt.ctx, name)
		if fault.Is(err, fault.NotFound) {
			return usage("no account is called %q; marsad account list names those that there are", name)
		}
		if err != nil {
			return err
		}
		return f(s, k, a)
	})
}

type accountListCmd struct {
	JSON bool `help:"Print one JSON object a line."`
}

func (c accountListCmd) Run(rt *runtimeEnv) error {
	return rt.withStore(func(s *sqlite.Store) error {
		all, err := s.Accounts(rt.ctx)
		if err != nil {
			return err
		}
		if err := rt.none(len(all), c.JSON, "no accounts yet; make one with: marsad account add NAME --role admin <password.txt"); err != nil {
			return err
		}
		for _, a := range all {
			if err := rt.print(c.JSON, wire.AccountOf(a.ID, a.Name, a.Role, a.Created), func(w io.Writer) error {
				_, err := fmt.Fprintf(w, "%4d  %-7s %s\n", a.ID, a.Role, isolate(safe(a.Name)))
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

type accountAddCmd struct {
	JSON bool   `help:"Print one JSON object."`
	Name string `arg:"" help:"What it is called."`
	Role string `help:"reader, editor or admin." enum:"reader,editor,admin" default:"reader"`
	Lang string `help:"Language of its pages." default:"en"`
}

func (accountAddCmd) Help() string {
	return `The password has at least ten characters. Nothing of it stays in the shell's history when it comes from a file or a manager.

Examples:
  pass show marsad | marsad account add amal --role admin
  marsad account add badr --role editor <password.txt`
}

func (c accountAddCmd) Run(rt *runtimeEnv) error {
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	if terminal(rt.stderr) {
		fmt.Fprint(rt.stderr, "password, shown as you type: ")
	}
	line, err := bufio.NewReader(io.LimitReader(rt.stdin, 4<<10)).ReadString('\n')
	if err != nil && err != io.EOF {
		return err
	}
	password := strings.TrimRight(line, "\r\n")
	if password == "" {
		return usage("no password: give it as the first line of standard input")
	}
	return rt.withKeeper(func(s *sqlite.Store, k *auth.Keeper) error {
		id, err := k.Create(rt.ctx, c.Name, password, auth.ParseRole(c.Role), c.Lang)
		switch {
		case fault.Is(err, fault.Conflict):
			return usage("an account is called %q already", c.Name)
		case fault.Is(err, fault.Invalid):
			return usage("%v", err)
		case err != nil:
			return err
		}
		return rt.done(c.JSON, wire.Done{Did: "made", What: "account", ID: id, Name: c.Name}, "account %d %s (%s) in %s", id, isolate(safe(c.Name)), c.Role, file)
	})
}

type accountResetCmd struct {
	JSON bool   `help:"Print one JSON object."`
	Name string `arg:"" help:"The account's name."`
}

func (accountResetCmd) Help() string {
	return `The link lets whoever has it set the account's password once, within a day; then every session and token of the account ends.

Example:
  marsad account reset amal`
}

func (c accountResetCmd) Run(rt *runtimeEnv) error {
	settings, err := rt.configured()
	if err != nil {
		return err
	}
	base := cmp.Or(settings.Base, "http://"+settings.Listen)
	return rt.ofAccount(c.Name, func(_ *sqlite.Store, k *auth.Keeper, a store.Account) error {
		token, err := k.ResetLink(rt.ctx, a.ID)
		if err != nil {
			return err
		}
		link := base + "/forgotten/" + token
		return rt.print(c.JSON, wire.Secret{Account: a.Name, Link: link}, func(w io.Writer) error {
			_, err := fmt.Fprintln(w, link)
			return err
		})
	})
}

type accountRoleCmd struct {
	JSON bool   `help:"Print one JSON object."`
	Name string `arg:"" help:"The account's name."`
	Role string `arg:"" help:"reader, editor or admin." enum:"reader,editor,admin"`
}

func (c accountRoleCmd) Run(rt *runtimeEnv) error {
	return rt.ofAccount(c.Name, func(s *sqlite.Store, _ *auth.Keeper, a store.Account) error {
		if err := s.SetRole(rt.ctx, a.ID, c.Role); fault.Is(err, fault.Conflict) {
			return usage("%s is the last admin; make another one first", a.Name)
		} else if err != nil {
			return err
		}
		return rt.done(c.JSON, wire.Done{Did: "changed", What: "account", ID: a.ID, Name: a.Name}, "%s is %s now", isolate(safe(a.Name)), c.Role)
	})
}

type accountTokenCmd struct {
	JSON  bool   `help:"Print one JSON object."`
	Name  string `arg:"" help:"The account's name."`
	For   string `help:"What it is for, to know it by." default:"command line"`
	Scope string `help:"all: what the account may; read: changes nothing; mark: reads, and marks what was read." enum:"all,read,mark" default:"read"`
	Days  int    `help:"How long it holds." default:"365"`
}

func (accountTokenCmd) Help() string {
	return `The token is shown once and not kept.

Example:
  curl -H "Authorization: Bearer $(marsad account token amal --for prometheus)" http://127.0.0.1:8080/metrics`
}

func (c accountTokenCmd) Run(rt *runtimeEnv) error {
	if err := within("--days", c.Days, 1, 3650); err != nil {
		return err
	}
	scope := map[string]string{"all": "", "read": auth.Reads, "mark": auth.Marks}[c.Scope]
	return rt.ofAccount(c.Name, func(_ *sqlite.Store, k *auth.Keeper, a store.Account) error {
		token, err := k.ScopedToken(rt.ctx, a.ID, c.For, scope, time.Duration(c.Days)*24*time.Hour)
		if err != nil {
			return err
		}
		return rt.print(c.JSON, wire.Secret{Account: a.Name, Token: token}, func(w io.Writer) error {
			_, err := fmt.Fprintln(w, token)
			return err
		})
	})
}

type accountRemoveCmd struct {
	JSON bool   `help:"Print one JSON object."`
	Name string `arg:"" help:"The account's name."`
}

func (c accountRemoveCmd) Run(rt *runtimeEnv) error {
	return rt.ofAccount(c.Name, func(s *sqlite.Store, _ *auth.Keeper, a store.Account) error {
		if err := s.RemoveAccount(rt.ctx, a.ID); fault.Is(err, fault.Conflict) {
			return usage("%s is the last admin; make another one first", a.Name)
		} else if err != nil {
			return err
		}
		return rt.done(c.JSON, wire.Done{Did: "removed", What: "account", ID: a.ID, Name: a.Name}, "%s is gone", isolate(safe(a.Name)))
	})
}
