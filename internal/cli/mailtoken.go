package cli

import (
	"context"
	"path/filepath"

	"marsad/internal/bearer"
	"marsad/internal/smtp"
	"marsad/internal/sqlite"
	"marsad/internal/store"
	"marsad/internal/web"
	"marsad/wire"
)

// mailTokenCmd has the desk sign in to the mail server with a token (OAuth), which another program keeps fresh.
type mailTokenCmd struct {
	JSON bool   `help:"Print one JSON object."`
	File string `arg:"" optional:"" help:"The file that holds the access token, alone; it is read at each sign-in." type:"path"`
	Off  bool   `help:"Sign in with the password again."`
}

func (mailTokenCmd) Help() string {
	return `For providers that take no password of a program (OAUTHBEARER, XOAUTH2). The desk asks nobody for tokens: whatever you use for that writes
the access token into a file before it runs out, and the desk reads it whenever it opens a line. The user is the one on the settings
page. For the mailbox that failed mail comes back to, there is marsad mail bounces --token.

Examples:
  marsad mail token /run/marsad/smtp.token
  marsad mail token --off`
}

func (c mailTokenCmd) Run(rt *runtimeEnv) error {
	if (c.File == "") != c.Off {
		return usage("name the file that holds the token, or --off")
	}
	if err := usableToken(c.File); err != nil {
		return err
	}
	return rt.withStore(func(s *sqlite.Store) error {
		o := outOf(rt.ctx, s)
		o.Token = c.File
		if err := keepOut(rt.ctx, s, o); err != nil {
			return err
		}
		done := wire.Done{Did: "changed", What: "token", Name: c.File}
		if c.Off {
			return rt.done(c.JSON, done, "the desk signs in to its mail server with the password")
		}
		return rt.done(c.JSON, done, "the desk signs in to its mail server with the token in %s", c.File)
	})
}

// usableToken tells what is wrong with a file that a token is to be read from; none is no fault. The desk runs elsewhere than this command,
// so the path has to be whole.
func usableToken(file string) error {
	if file == "" {
		return nil
	}
	if !filepath.IsAbs(file) {
		return usage("%s is no whole path", file)
	}
	if _, err := bearer.Token(file); err != nil {
		return usage("%v", err)
	}
	return nil
}

// mailAccount gives the account that takes the desk's mail, with the token where one stands for its password.
func mailAccount(ctx context.Context, s store.Settings) (a smtp.Account) {
	setting(ctx, s, web.SettingMail, &a)
	a.TokenFile = outOf(ctx, s).Token
	return a
}
